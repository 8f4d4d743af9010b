import type { policyFiles, valuesIn } from "@hauberk/core/analysis";
import type { FileView, ProfileView } from "@hauberk/core/design";
import type { Danger } from "@hauberk/core/vocabulary";
import type { ProfileWords, sayFileLines, sayLooseRules, sayProfile, VariableValues } from "@hauberk/core/words";
import type { Command } from "commander";
import { viewFile } from "@hauberk/core/design";
import { LineIndex } from "@hauberk/core/text";
import { listPaths } from "../input/list-paths.ts";
import { openDesigns, type NamedDesign } from "../input/open-designs.ts";
import type { Answer } from "../output/answer.ts";
import { bad, doubtful, faint, harmless, remark, say } from "../output/terminal.ts";
import { answer, withFiles, type TakeStatus } from "./command-host.ts";

/** One rule, include, head of a profile … in words. */
interface ExplainRow {
  readonly file: string;
  readonly line: number;
  /** As written, its white space made single. */
  readonly rule: string;
  readonly kind: string;
  readonly sentence: string;
  readonly danger: Danger | null;
}

interface ExplainOptions {
  readonly filesFrom?: string;
  readonly json?: boolean;
}

/** What core says whole bodies of rules by; loaded when the command runs. */
interface Sayers {
  readonly sayProfile: typeof sayProfile;
  readonly sayLooseRules: typeof sayLooseRules;
}

/** What core finds the values of variables by; loaded when the command runs. */
interface Weighers {
  readonly policyFiles: typeof policyFiles;
  readonly valuesIn: typeof valuesIn;
}

/** A file to explain, under the name that the person gave it. */
interface NamedView {
  readonly name: string;
  readonly view: FileView;
  readonly index: LineIndex;
  /** What variables stand for in it, as far as the design sets them. */
  readonly values: VariableValues;
}

/** `hauberk explain`: each rule, and each profile as a whole, in plain sentences. */
export function addExplainCommand(program: Command, take: TakeStatus): void {
  withFiles(program.command("explain"))
    .description("say in plain sentences what each rule and each profile permits")
    .addHelpText(
      "after",
      `
Examples:
  hauberk explain apparmor.d/usr.bin.rustnet
  hauberk explain --json . | jq -r '.results[] | select(.danger == "total") | .sentence'

For people: each profile by subject, the dangerous first. With --json: one row for each line that says something.
What includes bring is told by explaining those files.

Exit status: 0 all said, 2 a part of a file could not be read.`,
    )
    .action(async (named: string[], options: ExplainOptions) => {
      const [words, analysis] = await Promise.all([import("@hauberk/core/words"), import("@hauberk/core/analysis")]);
      const files = openDesigns(listPaths(named, options.filesFrom)).flatMap((design) => filesOf(design, analysis));
      const rows = files.flatMap((file) => rowsOf(file, words.sayFileLines));
      const unread = files.filter(({ view }) => view.tree.errors.length > 0);
      for (const { name } of unread)
        remark(`${name}: parts that cannot be read are left out; hauberk parse names them`);
      const report = () => {
        for (const file of files) printFile(file, words);
      };
      answer(explainAnswer(rows, unread.length === 0, report), options, take);
    });
}

function filesOf({ open, files }: NamedDesign, { policyFiles, valuesIn }: Weighers): NamedView[] {
  const views = open.design.files
    .filter(({ path }) => path.startsWith("apparmor.d/"))
    .map(({ path, text }) => viewFile(path, text));
  const policy = policyFiles(views, null);
  return views
    .filter(({ path }) => files === null || files.has(path))
    .map((view) => ({
      name: open.show(view.path),
      view,
      index: new LineIndex(view.tree.text),
      values: valuesIn(view, policy),
    }));
}

function rowsOf({ name, view, index, values }: NamedView, lines: typeof sayFileLines): ExplainRow[] {
  return lines(view, values).map(({ kind, range, sentence, danger }) => ({
    file: name,
    line: index.positionAt(range.start).line,
    rule: view.tree.text.slice(range.start, range.end).replaceAll(/\s+/gu, " ").trim(),
    kind,
    sentence,
    danger,
  }));
}

function explainAnswer(rows: readonly ExplainRow[], whole: boolean, print: () => void): Answer<ExplainRow> {
  return { rows, standings: [whole ? "yes" : "unusable"], print };
}

function printFile(file: NamedView, words: Sayers): void {
  const { view, name, values } = file;
  say(harmless(name));
  if (view.looseRules.length > 0) printWords(words.sayLooseRules(view, values), file);
  for (const profile of withChildren(view.profiles)) printWords(words.sayProfile(view, profile, values), file);
}

function withChildren(profiles: readonly ProfileView[]): readonly ProfileView[] {
  return profiles.flatMap((profile) => [profile, ...withChildren(profile.children)]);
}

const marks: Readonly<Record<Danger, string>> = { low: "", medium: "medium", high: "high", total: "total" };

function printWords({ lead, gravest, sections }: ProfileWords, { index }: NamedView): void {
  say();
  say(harmless(lead));
  if (gravest !== null) say(bad(harmless(gravest)));
  for (const { title, notes, sayings } of sections) {
    say();
    say(`  ${title}`);
    for (const note of notes) say(faint(`    ${harmless(note)}`));
    for (const { sentence, danger, from } of sayings) {
      const mark = danger === null ? "" : marks[danger];
      const shown = mark === "" ? "" : `${danger === "medium" ? doubtful(mark) : bad(mark)}: `;
      say(
        `    - ${shown}${harmless(sentence)} ${faint(lineWords(from.map(({ start }) => index.positionAt(start).line)))}`.trimEnd(),
      );
    }
  }
  say();
}

function lineWords(lines: readonly number[]): string {
  if (lines.length === 0) return "";
  const shown = lines.slice(0, 4).join(", ");
  const more = lines.length > 4 ? `, and ${lines.length - 4} more` : "";
  return `(${lines.length === 1 ? "line" : "lines"} ${shown}${more})`;
}
