import type { Command } from "commander";
import { CallError } from "../call-error.ts";
import { PolicyChecker, type PolicyError } from "../input/check-policy.ts";
import { listPaths } from "../input/list-paths.ts";
import { openDesign } from "../input/open-design.ts";
import { readText } from "../input/read-text.ts";
import { isFolder } from "../input/is-folder.ts";
import { targetPolicyFolder } from "../input/target-policy.ts";
import type { Answer, Standing } from "../output/answer.ts";
import { findingLine } from "../output/place.ts";
import { bad, doubtful, good, harmless, say } from "../output/terminal.ts";
import { answer, withFiles, type TakeStatus } from "./command-host.ts";

/** What core says of one file; `ok` is null where the file could not be read. */
interface ParseRow {
  readonly path: string;
  readonly ok: boolean | null;
  readonly errors: readonly PolicyError[];
  /** What was taken as given. */
  readonly notes: readonly PolicyError[];
}

interface ParseOptions {
  readonly base?: string;
  readonly target?: string;
  readonly filesFrom?: string;
  readonly json?: boolean;
}

/** `hauberk parse`: core's own verdict on each file, without any parser of a target. */
export function addParseCommand(program: Command, take: TakeStatus): void {
  withFiles(program.command("parse"))
    .description("say whether Hauberk's own parser accepts each file, and where it does not")
    .option("--base <DIR>", "look up includes below DIR, as below /etc/apparmor.d")
    .option("--target <ID>", "look up includes in the policy that this target brings")
    .addHelpText(
      "after",
      `
Examples:
  hauberk parse apparmor.d/usr.bin.rustnet
  hauberk parse --base /etc/apparmor.d /etc/apparmor.d/usr.bin.man
  find . -name '*.sd' | hauberk parse --json --files-from -

Includes are looked up in the file's own design first. Without --base or --target, those that are not found there
are passed over, and what depends on them is not judged.

Exit status: 0 all accepted, 1 one is refused, 2 one could not be read.
Only the parser of a target decides what can be shipped: see hauberk check.`,
    )
    .action(async (named: string[], { base, target, ...options }: ParseOptions) => {
      const policy = target === undefined ? undefined : await targetPolicyFolder(target);
      const roots = [base, policy].filter((root) => root !== undefined);
      if (base !== undefined && !isFolder(base)) throw new CallError(`--base: there is no directory ${base}`);
      const checker = new PolicyChecker(roots, target === "host" ? undefined : policy);
      const rows = listPaths(named, options.filesFrom).flatMap((path) => parseRows(path, checker));
      answer(parseAnswer(rows), options, take);
    });
}

/** One row for a file, one for each policy file of a directory's design. */
function parseRows(path: string, checker: PolicyChecker): ParseRow[] {
  if (path !== "-" && isFolder(path)) return folderRows(path, checker);
  const reading = readText(path);
  return [reading.ok ? parseRow(path, reading.text, checker) : unreadRow(path, `cannot read ${path}: ${reading.why}`)];
}

function folderRows(path: string, checker: PolicyChecker): ParseRow[] {
  try {
    const open = openDesign(path);
    return open.design.files
      .filter((file) => file.path.startsWith("apparmor.d/"))
      .map((file) => parseRow(open.show(file.path), file.text, checker));
  } catch (error) {
    if (error instanceof CallError) return [unreadRow(path, error.message)];
    throw error;
  }
}

function unreadRow(path: string, message: string): ParseRow {
  return { path, ok: null, errors: [{ file: null, line: null, column: null, message }], notes: [] };
}

function parseRow(path: string, text: string, checker: PolicyChecker): ParseRow {
  const { errors, notes } = checker.check(path, text);
  return { path, ok: errors.length === 0, errors, notes };
}

const standingOf = ({ ok }: ParseRow): Standing => (ok === null ? "unusable" : ok ? "yes" : "no");

function parseAnswer(rows: readonly ParseRow[]): Answer<ParseRow> {
  return {
    rows,
    standings: rows.map(standingOf),
    print() {
      for (const row of rows) {
        for (const note of row.notes) say(findingLine({ ...note, severity: "warning" }));
        for (const error of row.errors) say(findingLine({ ...error, severity: "error" }));
      }
      const count = (standing: Standing) => rows.filter((row) => standingOf(row) === standing).length;
      const [single] = rows;
      if (rows.length === 1 && single?.ok) say(`${harmless(single.path)}: ${good("ok")}`);
      if (rows.length === 1) return;
      const unread = count("unusable") === 0 ? "" : `, ${doubtful(`${count("unusable")} not read`)}`;
      const refused = count("no") === 0 ? "none refused" : bad(`${count("no")} refused`);
      say(`${rows.length} files: ${good(`${count("yes")} ok`)}, ${refused}${unread}`);
    },
  };
}
