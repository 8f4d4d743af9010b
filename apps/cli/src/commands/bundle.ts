import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  archiveBundle,
  archiveFormats,
  makeBundle,
  type ArchiveFormat,
  type BundleOutcome,
  type BundleRequest,
} from "@hauberk/core/bundle";
import type { Lowering } from "@hauberk/core/lowering";
import { InvalidArgumentError, type Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { askGate, type BundleGate, type GatePassage } from "../input/bundle-gate.ts";
import { chooseTargets } from "../input/get-verdicts.ts";
import { judgeShipments } from "../input/judge-shipments.ts";
import { openDesign } from "../input/open-design.ts";
import { savedPlace, type SavedPlaceOptions } from "../input/saved-design.ts";
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

interface BundleOptions extends SavedPlaceOptions {
  readonly format: ArchiveFormat[];
  readonly target: string[];
  readonly out: string;
  readonly by?: string;
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
    .option("--design <ADDRESS|ID>", "the saved design whose gate is to be asked and who approved it named")
    .option("--token-file <FILE>", "a file with the key or link that opens it (- for standard input)")
    .option("--token-env <NAME>", "the environment variable with the key, in place of a file")
    .option("--passphrase-env <NAME>", "the environment variable with the link's passphrase, where it asks for one")
    .option("--by <NAME>", "who makes the bundle, for the record of the saved design")
    .addHelpText(
      "after",
      `
Examples:
  hauberk bundle . --target debian-12 --out dist
  hauberk bundle rustnet --format tar.gz,zip --json
  hauberk bundle . --design https://hauberk.example/review/b0vKc1sTn8Qe5yHdXw2ZzA --token-file link.txt

What a target can't have is replaced there (see hauberk lower), and the verdict is on that text. A target that does not accept it is left out, and so is an imagined one of hauberk.json: --target names it. The same design, verdicts and standings give the same bytes.

Nothing in a folder says that it is a saved design: --design does. Then the service must say that its gate is open for these very bytes; it records the bundle, and the manifest names who approved. Any link to the design will do; its address goes into the file as it is. An id alone means the service of this machine at its usual port.

Exit status: 0 written for every target, 1 a target rejects what would ship or the gate is closed, 2 a target is undecided and none rejects, or the gate could not be asked.`,
    )
    .action(async (named: string, options: BundleOptions) => {
      const place = savedPlace(options);
      const open = openDesign(named);
      for (const note of open.notes) remark(note);
      const gate = place === null ? null : await askGate(place, open);
      if (gate?.closed != null) {
        answer(closedAnswer(gate.closed), options, take);
        return;
      }
      if (gate?.note != null) remark(gate.note);
      const targets = chooseTargets(options.target, open);
      const judged = await judgeShipments(open, targets);
      const { verdicts } = judged;
      const standings = targets.map((target): Standing => {
        const verdict = verdicts.find((each) => each.target === target)?.verdict ?? "undecided";
        return { accepted: "yes" as const, rejected: "no" as const, undecided: "undecided" as const }[verdict];
      });
      const request = { design: open.design, targets, ...judged, evenImagined: options.target.length > 0 };
      const outcome = makeBundle(request);
      tellOutcome(outcome, standings, judged.lowerings);
      if (!outcome.ok) {
        answer(bundleAnswer([], standings), options, take);
        return;
      }
      const passage = await passGate(gate, outcome.bundle.targets, options);
      if (!passage.ok) {
        answer(closedAnswer(passage.why), options, take);
        return;
      }
      answer(bundleAnswer(await writeArchives(request, passage.approvals, options), standings), options, take);
    });
}

/** Says on standard error what the bundle does not hold, and why. Throws where no bundle can be made of what is accepted. */
function tellOutcome(outcome: BundleOutcome, standings: readonly Standing[], lowerings: readonly Lowering[]): void {
  if (!outcome.ok) {
    if (standings.includes("yes")) throw new CallError(outcome.problems.join("\n"));
    remark(`no bundle was written, because no target accepts the design\n${outcome.problems.join("\n")}`);
    return;
  }
  const { targets, notes, leftOut } = outcome.bundle;
  for (const lowering of lowerings) {
    if (targets.includes(lowering.target) && lowering.lost.length > 0) remark(lossRemark(lowering));
  }
  for (const note of notes) remark(note);
  for (const { target, why } of leftOut) remark(`${target} is left out: ${why}`);
}

/** Where no saved design is named, there is no gate. */
async function passGate(
  gate: BundleGate | null,
  targets: readonly string[],
  { format, by }: BundleOptions,
): Promise<GatePassage> {
  const formatSet = new Set(format);
  if (gate !== null) return await gate.pass(formatSet, targets, by);
  return { ok: true, approvals: new Map([...formatSet].map((each) => [each, null])) };
}

function closedAnswer(why: string): Answer<BundleRow> {
  remark(`no bundle was written, because the gate is closed: ${why}`);
  return bundleAnswer([], ["no"]);
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

async function writeArchives(
  request: BundleRequest,
  approvalsOf: Extract<GatePassage, { ok: true }>["approvals"],
  { out }: BundleOptions,
): Promise<BundleRow[]> {
  const rows: BundleRow[] = [];
  for (const [format, approvals] of approvalsOf) {
    const outcome = makeBundle(approvals === null ? request : { ...request, approvals });
    if (!outcome.ok) throw new CallError(outcome.problems.join("\n"));
    const { fileName, bytes, sha256 } = await archiveBundle(outcome.bundle, format);
    const path = join(out, fileName);
    writeWhole(path, bytes);
    const { targets, leftOut } = outcome.bundle;
    rows.push({ path, size: bytes.length, sha256, targets, leftOut });
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
