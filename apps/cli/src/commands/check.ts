import type { ParserDiagnostic, Verdict } from "@hauberk/contract";
import type { Command } from "commander";
import { chooseTargets, getVerdicts } from "../input/get-verdicts.ts";
import { verdictsAsLowered } from "../input/judge-shipments.ts";
import { listPaths } from "../input/list-paths.ts";
import { openDesigns } from "../input/open-designs.ts";
import type { OpenDesign } from "../input/open-design.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { findingLine } from "../output/place.ts";
import { bad, doubtful, faint, good, harmless, remark, say } from "../output/terminal.ts";
import { answer, targetIds, withFiles, type TakeStatus } from "./command-host.ts";

/** A verdict on what was named as `path`; its diagnostics name files as they lie here. */
interface CheckRow extends Verdict {
  readonly path: string;
  /** What the parser says of the lowered text, where it rejects the source and something else would ship; else null. */
  readonly lowered: "accepted" | "rejected" | null;
}

interface CheckOptions {
  readonly target: string[];
  readonly filesFrom?: string;
  readonly json?: boolean;
}

/** `hauberk check`: the verdict of each target's own parser. */
export function addCheckCommand(program: Command, take: TakeStatus): void {
  withFiles(program.command("check"))
    .description("ask the parser of each target whether it accepts the policy")
    .option("--target <ID[,ID...]>", "targets to ask; without it, those of hauberk.json", targetIds, [])
    .addHelpText(
      "after",
      `
Examples:
  hauberk check .
  hauberk check --target debian-12 apparmor.d/usr.bin.rustnet
  hauberk check --target debian-12,host --json - <profile

A file below a hauberk.json is checked together with its design, any other file alone. The verdict is on the text as it
is written; where a parser rejects that and accepts what hauberk bundle would ship there, a line says so.

Exit status: 0 accepted by all, 1 rejected by one, 2 undecided by one and rejected by none.`,
    )
    .action(async (named: string[], options: CheckOptions) => {
      const rows: CheckRow[] = [];
      for (const { open } of openDesigns(listPaths(named, options.filesFrom))) {
        for (const note of open.notes) remark(note);
        const verdicts = await getVerdicts(open, chooseTargets(options.target, open));
        const rejected = verdicts.filter(({ verdict }) => verdict === "rejected").map(({ target }) => target);
        const lowered = rejected.length === 0 ? null : await verdictsAsLowered(open, rejected);
        rows.push(...verdicts.map((verdict) => checkRow(open, verdict, lowered?.get(verdict.target) ?? "undecided")));
      }
      answer(checkAnswer(rows), options, take);
    });
}

function checkRow(open: OpenDesign, verdict: Verdict, lowered: Verdict["verdict"]): CheckRow {
  const diagnostics = verdict.diagnostics.map((each): ParserDiagnostic => ({
    ...each,
    file: each.file === null ? null : open.show(each.file),
  }));
  return { path: open.named, ...verdict, diagnostics, lowered: lowered === "undecided" ? null : lowered };
}

const standings: Record<Verdict["verdict"], Standing> = { accepted: "yes", rejected: "no", undecided: "undecided" };

function checkAnswer(rows: readonly CheckRow[]): Answer<CheckRow> {
  return {
    rows,
    standings: rows.map((row) => standings[row.verdict]),
    print() {
      for (const row of rows) printVerdict(row);
    },
  };
}

function printVerdict({
  path,
  target,
  verdict,
  reason,
  summary,
  parser,
  kernel,
  diagnostics,
  compiled,
  notes = [],
  lowered,
}: CheckRow): void {
  for (const diagnostic of diagnostics) {
    say(findingLine(diagnostic));
    if (diagnostic.explanation !== undefined) say(faint(`    ${harmless(diagnostic.explanation)}`));
  }
  const word = { accepted: good, rejected: bad, undecided: doubtful }[verdict](verdict);
  const judge = [parser && `apparmor_parser ${parser}`, kernel && `kernel ${kernel}`].filter(Boolean).join(", ");
  say(`${harmless(path)}: ${word}${reason === null ? "" : ` (${reason})`} on ${target} ${faint(judge)}`);
  if (verdict === "undecided") say(`    ${harmless(summary)}`);
  if (lowered === "accepted") say("    accepted as lowered: hauberk lower says what ships there, and what is lost");
  for (const note of notes) say(faint(`    ${harmless(note)}`));
  if (compiled !== null) say(faint(`    compiled policy: ${compiled.size} bytes, sha256 ${compiled.sha256}`));
}
