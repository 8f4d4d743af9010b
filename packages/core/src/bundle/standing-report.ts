import { inlineCode, withCode } from "./markdown.ts";

/** What a rule comes to on a target. */
export type BundleStandingWord = "enforced" | "widened" | "dropped" | "rejected" | "undecided";

/** What one rule of the text that ships comes to; the service's row of a standing has this shape. */
export interface BundleStandingRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly subject: string;
  readonly profile: string | null;
  readonly rule: string;
  readonly standing: BundleStandingWord;
  /** A sentence or two for a person. */
  readonly detail: string;
  /** Where widened: what it also opens, or for a deny also closes. */
  readonly also: readonly string[];
  readonly becomes: string | null;
  /** Set where undecided. */
  readonly reason: string | null;
}

/** What every rule that ships to a target comes to there. */
export interface BundleStanding {
  readonly target: string;
  readonly rows: readonly BundleStandingRow[];
}

/** The standing of a target of the bundle; `rows` is null where nobody was asked. */
export interface KnownStanding {
  readonly target: string;
  readonly rows: readonly BundleStandingRow[] | null;
}

const words: readonly BundleStandingWord[] = ["enforced", "widened", "dropped", "rejected", "undecided"];

/**
 * The text of `standing.json`: of each target how many rules come to what, and each that is not enforced. Key by key, so that no duration or
 * host gets in. Lines are those of the file below `targets/`.
 */
export function standingJson(standings: readonly KnownStanding[]): string {
  const targets = standings.map(({ target, rows }) =>
    rows === null
      ? { target, asked: false }
      : { target, asked: true, counts: countsOf(rows), rows: inOrder(rows).filter(isOpen).map(rowOf) },
  );
  return `${JSON.stringify({ format: 1, targets }, null, 2)}\n`;
}

function rowOf({
  file,
  line,
  column,
  subject,
  profile,
  rule,
  standing,
  detail,
  also,
  becomes,
  reason,
}: BundleStandingRow): BundleStandingRow {
  return { file, line, column, subject, profile, rule, standing, detail, also: [...also], becomes, reason };
}

/** The text of `standing.md`: the same for a person. */
export function standingText(standings: readonly KnownStanding[]): string {
  const head = [
    "# What the rules come to",
    "An accepted rule need not be an enforced one. Each rule of the text that ships was compiled by the target's own parser for that\n" +
      "target's kernel features, with it, without it and in wider forms, and the compiled policies were compared. A line number is that\n" +
      "of the file below `targets/`.",
  ];
  return `${[...head, ...standings.map(targetText)].join("\n\n")}\n`;
}

function targetText({ target, rows }: KnownStanding): string {
  const title = `## ${inlineCode(target)}`;
  if (rows === null) return `${title}\n\n${notAsked}`;
  const open = inOrder(rows).filter(isOpen).map(openRow);
  return [title, `${countWords(rows)}.`, ...(open.length === 0 ? [] : [open.join("\n")])].join("\n\n");
}

const notAsked = "**Not asked**: nobody has told what the rules come to there.";

function openRow({ file, line, profile, rule, standing, detail, also }: BundleStandingRow): string {
  const more = also.length === 0 ? "" : ` Also: ${also.map(withCode).join("; ")}.`;
  const where = `${inlineCode(`${file}:${line}`)}${profile === null ? "" : ` in ${inlineCode(profile)}`}`;
  return `- **${standing}** ${inlineCode(rule)}, ${where}: ${withCode(detail)}${more}`;
}

/** What the rules of a target come to, in a line for the README. */
export function standingRow({ target, rows }: KnownStanding): string {
  return `- ${inlineCode(target)}: ${rows === null ? notAsked : `${countWords(rows)}.`}`;
}

function isOpen({ standing }: BundleStandingRow): boolean {
  return standing !== "enforced";
}

function countsOf(rows: readonly BundleStandingRow[]): Record<BundleStandingWord, number> {
  const count = (word: BundleStandingWord): number => rows.filter(({ standing }) => standing === word).length;
  return {
    enforced: count("enforced"),
    widened: count("widened"),
    dropped: count("dropped"),
    rejected: count("rejected"),
    undecided: count("undecided"),
  };
}

function countWords(rows: readonly BundleStandingRow[]): string {
  if (rows.length === 0) return "There is no rule to tell of";
  const counts = countsOf(rows);
  if (counts.enforced === rows.length)
    return rows.length === 1 ? "The one rule is enforced" : `All ${rows.length} rules are enforced`;
  return `Of ${rows.length} rules ${words.flatMap((word) => (counts[word] === 0 ? [] : [`${counts[word]} ${word}`])).join(", ")}`;
}

/** By file and place, whatever the order in which they came. */
function inOrder(rows: readonly BundleStandingRow[]): BundleStandingRow[] {
  return rows.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
}
