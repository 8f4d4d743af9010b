import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { archiveBundle, archiveFormats, makeBundle, type ArchiveFormat, type Bundle } from "@hauberk/core/bundle";
import type { Lowering } from "@hauberk/core/lowering";
import { InvalidArgumentError, type Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { chooseTargets } from "../input/get-verdicts.ts";
import { judgeShipments } from "../input/judge-shipments.ts";
import { openDesign } from "../input/open-design.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { faint, harmless, remark, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, targetIds, withJson, type TakeStatus } from "./command-host.ts";

/** A written archive, and which targets it installs on. */
interface BundleRow {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly targets: readonly string[];
  readonly leftOut: readonly { readonly target: string; readonly why: string }[];
}

interface BundleOptions {
  readonly format: ArchiveFormat[];
  readonly target: string[];
  readonly out: string;
  readonly json?: boolean;
}

/** `hauberk bundle`: an archive that installs, of the targets whose parsers accept the design. */
export function addBundleCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("bundle"))
    .description("write an archive that checks, installs, loads and removes the policy, lowered for each target")
    .argument("<DIR>", "the design's directory, or a lone file")
    .option("--format <F[,F...]>", `${archiveFormats.join(" or ")}, or both`, formats, ["tar.gz"])
    .option("--target <ID[,ID...]>", "targets to bundle for; without it, those of hauberk.json", targetIds, [])
    .option("--out <DIR>", "directory to write into; made where it is missing", ".")
    .addHelpText(
      "after",
      `
Examples:
  hauberk bundle . --target debian-12 --out dist
  hauberk bundle rustnet --format tar.gz,zip --json

What a target can't have is replaced there (see hauberk lower), and the verdict is on that text. A target that does not accept it is left out, and so is an imagined one of hauberk.json: --target names it. The same design, verdicts and standings give the same bytes.

Exit status: 0 written for every target, 1 a target rejects what would ship, 2 a target is undecided and none rejects.`,
    )
    .action(async (named: string, options: BundleOptions) => {
      const open = openDesign(named);
      for (const note of open.notes) remark(note);
      const targets = chooseTargets(options.target, open);
      const judged = await judgeShipments(open, targets);
      const { verdicts } = judged;
      const standings = targets.map((target): Standing => {
        const verdict = verdicts.find((each) => each.target === target)?.verdict ?? "undecided";
        return { accepted: "yes" as const, rejected: "no" as const, undecided: "undecided" as const }[verdict];
      });
      const outcome = makeBundle({
        design: open.design,
        targets,
        ...judged,
        evenImagined: options.target.length > 0,
      });
      if (!outcome.ok) {
        if (standings.includes("yes")) throw new CallError(outcome.problems.join("\n"));
        remark(`no bundle was written, because no target accepts the design\n${outcome.problems.join("\n")}`);
      } else {
        for (const lowering of judged.lowerings) {
          if (outcome.bundle.targets.includes(lowering.target) && lowering.lost.length > 0)
            remark(lossRemark(lowering));
        }
        for (const note of outcome.bundle.notes) remark(note);
        for (const { target, why } of outcome.bundle.leftOut) remark(`${target} is left out: ${why}`);
      }
      const rows = outcome.ok ? await writeArchives(outcome.bundle, options) : [];
      answer(bundleAnswer(rows, standings), options, take);
    });
}

function lossRemark({ target, lost }: Lowering): string {
  const count = lost.length === 1 ? "one rule or part is lost" : `${lost.length} rules or parts are lost`;
  return `${target} ships lowered: ${count}; lowering.md in the bundle says what, and why`;
}

function formats(list: string): ArchiveFormat[] {
  const named = list.split(",").map((name) => name.trim());
  return named.map((name) => {
    const format = archiveFormats.find((each) => each === name);
    if (format === undefined) throw new InvalidArgumentError(`there are ${archiveFormats.join(" and ")}.`);
    return format;
  });
}

async function writeArchives(bundle: Bundle, { format, out }: BundleOptions): Promise<BundleRow[]> {
  const rows: BundleRow[] = [];
  for (const each of new Set(format)) {
    const { fileName, bytes, sha256 } = await archiveBundle(bundle, each);
    const path = join(out, fileName);
    writeWhole(path, bytes);
    rows.push({ path, size: bytes.length, sha256, targets: bundle.targets, leftOut: bundle.leftOut });
  }
  return rows;
}

/** Writes beside and renames, so that nobody finds half an archive under the name. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const place = fromStandingPlace(path);
  const half = `${place}.${process.pid}.part`;
  try {
    mkdirSync(dirname(place), { recursive: true });
    try {
      writeFileSync(half, bytes);
      renameSync(half, place);
    } catch (error) {
      rmSync(half, { force: true });
      throw error;
    }
  } catch (error) {
    throw new CallError(`cannot write ${path}: ${systemReason(error)}`);
  }
}

function bundleAnswer(rows: readonly BundleRow[], standings: readonly Standing[]): Answer<BundleRow> {
  return {
    rows,
    standings,
    print() {
      for (const { path, size, sha256, targets } of rows) {
        say(harmless(path));
        say(faint(`    ${size} bytes, sha256 ${sha256}, for ${targets.join(", ")}`));
      }
    },
  };
}
