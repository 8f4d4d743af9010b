import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lowerDesign, reportLines, type Loss, type Lowering, type Rewriting } from "@hauberk/core/lowering";
import type { Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { chooseTargets } from "../input/get-verdicts.ts";
import { loweringTargets } from "../input/lowering-targets.ts";
import { openDesign, type OpenDesign } from "../input/open-design.ts";
import type { Standing } from "../output/answer.ts";
import { give } from "../output/answer.ts";
import { remark, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { targetIds, withJson, type TakeStatus } from "./command-host.ts";

/** One policy file as it is shipped to one target; text and lists are empty where that can't be told. */
interface LowerRow {
  readonly path: string;
  readonly target: string;
  readonly text: string | null;
  readonly lost: readonly Loss[];
  readonly rewritten: readonly Rewriting[];
  readonly notes: readonly string[];
  /** Why nothing can be told; null where it can. */
  readonly why: string | null;
}

interface LowerOptions {
  readonly target: string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** `hauberk lower`: the text that is shipped to a target, and what is lost in it. */
export function addLowerCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("lower"))
    .description("write the policy as a target can have it, and say what is lost")
    .argument("<FILE>", "a policy file, the directory of a design, or - for standard input")
    .option("--target <ID[,ID...]>", "targets to lower for; without it, those of hauberk.json", targetIds, [])
    .option("--out <DIR>", "write the files below DIR/TARGET instead of printing them")
    .addHelpText(
      "after",
      `
Examples:
  hauberk lower my.profile --target debian-12 >lowered
  hauberk lower my-design --target debian-12,debian-13 --out lowered
  hauberk lower my-design --target debian-sid --json

The text goes to standard output, the report to standard error. What hauberk.json has chosen holds; where nothing was
chosen, the coarser rule with its risk beside it, and for a deny none.

Exit status: 0 nothing is lost, 1 something is, 2 a target is not here and nothing is lost elsewhere.`,
    )
    .action(async (named: string, options: LowerOptions) => {
      const open = openDesign(named);
      for (const note of open.notes) remark(note);
      const rows: LowerRow[] = [];
      const standings: Standing[] = [];
      for (const found of await loweringTargets(chooseTargets(options.target, open))) {
        if (!found.ok) {
          if (options.json !== true) remark(`${found.id}: undecided: ${found.why}`);
          rows.push({ ...noLoss, path: open.named, target: found.id, text: null, why: found.why });
          standings.push("undecided");
          continue;
        }
        const lowering = lowerDesign(open.design, found.target);
        const made = rowsOf(open, lowering);
        rows.push(...made);
        standings.push(...made.map(({ lost }) => (lost.length > 0 ? ("no" as const) : ("yes" as const))));
        if (options.json !== true) for (const line of reportLines(lowering)) remark(line);
      }
      if (options.out !== undefined) writeRows(rows, options.out);
      const print = (): void => printRows(rows, options.out !== undefined);
      take(give({ rows, standings, print }, options.json ?? false));
    });
}

const noLoss = { lost: [], rewritten: [], notes: [] };

function rowsOf(open: OpenDesign, { target, files, lost, rewritten, notes }: Lowering): LowerRow[] {
  return files
    .filter(({ path }) => path.startsWith("apparmor.d/") && (open.file === null || path === open.file))
    .map(({ path, text }) => ({
      path,
      target,
      text,
      lost: lost.filter(({ file }) => file === path),
      rewritten: rewritten.filter(({ file }) => file === path),
      notes: notes.filter((note) => note.includes(`\`${path}\``)),
      why: null,
    }));
}

/** Several texts are told apart by a comment line; one stands alone, to be put into a file. */
function printRows(rows: readonly LowerRow[], written: boolean): void {
  const texts = rows.flatMap(({ path, target, text }) => (text === null ? [] : [{ path, target, text }]));
  for (const { path, target, text } of texts) {
    if (written) say(join(target, path));
    else if (texts.length === 1) process.stdout.write(text);
    else process.stdout.write(`# ${target}: ${path}\n${text.replace(/\n?$/u, "\n")}`);
  }
}

function writeRows(rows: readonly LowerRow[], out: string): void {
  for (const { path, target, text } of rows) {
    if (text === null) continue;
    const shown = join(out, target, path);
    const place = fromStandingPlace(shown);
    try {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    } catch (error) {
      throw new CallError(`cannot write ${shown}: ${systemReason(error)}`);
    }
  }
}
