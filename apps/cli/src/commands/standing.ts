import type { StandingRow, StandingWord } from "@hauberk/contract";
import { Option, type Command } from "commander";
import { chooseTargets } from "../input/get-verdicts.ts";
import { getStandings } from "../input/get-standings.ts";
import { listPaths } from "../input/list-paths.ts";
import { openDesigns, type NamedDesign } from "../input/open-designs.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { printStandings } from "../output/standing-table.ts";
import { remark } from "../output/terminal.ts";
import { answer, targetIds, withFiles, type TakeStatus } from "./command-host.ts";

interface StandingOptions {
  readonly target: string[];
  readonly features: "text" | "kernel";
  readonly filesFrom?: string;
  readonly json?: boolean;
}

/** `hauberk standing`: what each rule comes to on each target. */
export function addStandingCommand(program: Command, take: TakeStatus): void {
  withFiles(program.command("standing"))
    .description("tell what each rule comes to on each target: enforced, widened, dropped or rejected")
    .option("--target <ID[,ID...]>", "targets to ask; without it, those of hauberk.json", targetIds, [])
    .addOption(
      new Option("--features <OF>", "`text`: as the abi lines ask; `kernel`: as if they asked for all it can")
        .choices(["text", "kernel"])
        .default("text"),
    )
    .addHelpText(
      "after",
      `
Examples:
  hauberk standing --target debian-12,debian-13,debian-sid apparmor.d/usr.bin.rustnet
  hauberk standing --json .

Found by compiling each rule with the target's own parser, without it and in wider forms, and comparing.
A file below a hauberk.json stands among its design's files.

Exit status: 0 all enforced, 1 one widened, dropped or rejected, 2 one undecided and none of these.`,
    )
    .action(async (named: string[], options: StandingOptions) => {
      const rows: StandingRow[] = [];
      for (const design of openDesigns(listPaths(named, options.filesFrom))) {
        for (const note of design.open.notes) remark(note);
        const targets = chooseTargets(options.target, design.open);
        rows.push(...shownRows(design, await getStandings(design.open, targets, options.features)));
      }
      answer(standingAnswer(rows), options, take);
    });
}

/** The rows of what was named, with files as they lie here. */
function shownRows({ open, files }: NamedDesign, rows: readonly StandingRow[]): StandingRow[] {
  return rows
    .filter(({ file }) => files === null || files.has(file))
    .map((row) => ({ ...row, file: open.show(row.file) }));
}

const standings: Record<StandingWord, Standing> = {
  enforced: "yes",
  widened: "no",
  dropped: "no",
  rejected: "no",
  undecided: "undecided",
};

function standingAnswer(rows: readonly StandingRow[]): Answer<StandingRow> {
  return {
    rows,
    standings: rows.map((row) => standings[row.standing]),
    print() {
      printStandings(rows);
    },
  };
}
