import { writeFileSync } from "node:fs";
import { viewFile } from "@hauberk/core/design";
import { formatFile } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";
import type { Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import { listPaths } from "../input/list-paths.ts";
import { readText } from "../input/read-text.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { bad, good, harmless, remark, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, withFiles, type TakeStatus } from "./command-host.ts";

/** One file: its formatted text, whether it was in the style already, or why it can't be formatted. */
interface FormatRow {
  readonly path: string;
  /** Null where the file could not be read or is not well formed. */
  readonly formatted: boolean | null;
  readonly text: string | null;
  readonly why: string | null;
}

interface FormatOptions {
  readonly check?: boolean;
  readonly write?: boolean;
  readonly filesFrom?: string;
  readonly json?: boolean;
}

/** `hauberk fmt`: the same policy in one style; only white space changes. */
export function addFmtCommand(program: Command, take: TakeStatus): void {
  withFiles(program.command("fmt"))
    .description("print a file in one style of indentation and spacing, or check that files are in it")
    .option("--check", "print which files are not in the style, and change nothing")
    .option("--write", "write the files in the style in place of printing")
    .addHelpText(
      "after",
      `
Examples:
  hauberk fmt apparmor.d/usr.bin.rustnet
  hauberk fmt --write apparmor.d/usr.bin.*
  hauberk fmt --check --files-from changed-files

Only white space changes: words, their order and comments stay, and what the policy permits stays too.

Exit status: 0 all are in the style (or could be brought into it), 1 one is not (--check), 2 one could not be read.`,
    )
    .action((named: string[], options: FormatOptions) => {
      const paths = listPaths(named, options.filesFrom);
      const printsText = options.check !== true && options.write !== true && options.json !== true;
      if (options.check === true && options.write === true)
        throw new CallError("--check and --write exclude each other");
      if (printsText && paths.length > 1)
        throw new CallError("one file is printed at a time; use --write or --check for many");
      if (options.write === true && paths.includes("-")) throw new CallError("--write needs files, not standard input");
      const rows = paths.map(formatRow);
      const unwritten = options.write === true ? writeAll(rows) : [];
      answer(formatAnswer(rows, options, unwritten), options, take);
    });
}

function formatRow(path: string): FormatRow {
  const reading = readText(path);
  if (!reading.ok) return { path, formatted: null, text: null, why: `cannot read ${path}: ${reading.why}` };
  const outcome = formatFile(viewFile(path, reading.text));
  if (!outcome.ok) return { path, formatted: null, text: null, why: `${path}: ${outcome.reason}` };
  const text = applyEdits(reading.text, outcome.edits[0]?.edits ?? []);
  return { path, formatted: text === reading.text, text, why: null };
}

/** Writes what differs; the rows that could not be written. */
function writeAll(rows: readonly FormatRow[]): FormatRow[] {
  return rows.flatMap((row) => {
    if (row.text === null || row.formatted === true) return [];
    try {
      writeFileSync(fromStandingPlace(row.path), row.text);
      return [];
    } catch (error) {
      return [{ ...row, why: `cannot write ${row.path}: ${systemReason(error)}` }];
    }
  });
}

function formatAnswer(
  rows: readonly FormatRow[],
  { check = false, write = false }: FormatOptions,
  unwritten: readonly FormatRow[],
): Answer<FormatRow> {
  const standingOf = (row: FormatRow): Standing => {
    if (row.formatted === null || unwritten.some(({ path }) => path === row.path)) return "unusable";
    return check && !row.formatted ? "no" : "yes";
  };
  return {
    rows,
    standings: rows.map(standingOf),
    print() {
      for (const { why } of [...rows, ...unwritten]) if (why !== null) remark(why);
      if (!check && !write) {
        const [row] = rows;
        if (row?.text !== null && row !== undefined) process.stdout.write(row.text);
        return;
      }
      for (const { path, formatted } of rows) {
        if (formatted === false) say(`${harmless(path)}: ${check ? bad("not in the style") : good("formatted")}`);
      }
      const done = rows.filter(({ formatted }) => formatted === true).length;
      if (check && done === rows.length) say(good(done === 1 ? "in the style" : `all ${done} in the style`));
    },
  };
}
