import type { TextEdit } from "../../text/index.ts";
import type { RuleToken } from "./rule-tokens.ts";

/** Some tokens of a text, and the tokens on both sides of them. */
export interface Piece {
  readonly text: string;
  readonly tokens: readonly RuleToken[];
  readonly before: RuleToken | undefined;
  readonly behind: RuleToken | undefined;
}

/** The edits that put the tokens of `wanted` in the place of those of `written`; comments between them stay. */
export function gapEdits(written: Piece, wanted: Piece): TextEdit[] {
  if (written.tokens.length === 0) return insertion(written, wanted);
  if (wanted.tokens.length === 0) return deletion(written, wanted);
  if (written.tokens.length === wanted.tokens.length) {
    return written.tokens.flatMap((token, index) => {
      const other = wanted.tokens[index];
      return other === undefined || other.word === token.word ? [] : [replace(token, textOf(wanted, other, other))];
    });
  }
  return replacement(written, wanted);
}

function replacement(written: Piece, wanted: Piece): TextEdit[] {
  const [first, last] = ends(written);
  const [newFirst, newLast] = ends(wanted);
  const newText = textOf(wanted, newFirst, newLast);
  if (!hasComment(written.text.slice(first.start, last.end))) {
    return [{ range: { start: first.start, end: last.end }, newText }];
  }
  return [replace(first, newText), ...written.tokens.slice(1).map((token) => withBlanks(written.text, token))];
}

/**
 * Blanks go with the new words on the side where the canonical text has them: ` net_admin` behind `net_raw`, but `send, `
 * before `receive` in a list. Without a neighbour before, always on the far side: `owner ` before a path.
 */
function insertion(written: Piece, wanted: Piece): TextEdit[] {
  const [first, last] = ends(wanted);
  const { before, behind } = wanted;
  const gap = gapText(written);
  const fitsBehind = behind === undefined || isEmpty(gap) === isEmpty(wanted.text.slice(last.end, behind.start));
  const fitsBefore = before === undefined || isEmpty(gap) === isEmpty(wanted.text.slice(before.end, first.start));
  if (
    written.before !== undefined &&
    before !== undefined &&
    (fitsBehind || !fitsBefore || written.behind === undefined)
  ) {
    return [insert(written.before.end, wanted.text.slice(before.end, last.end))];
  }
  if (written.behind === undefined || behind === undefined) return [];
  return [insert(written.behind.start, wanted.text.slice(first.start, behind.start))];
}

/** The counterpart of `insertion`: the same blanks go. */
function deletion(written: Piece, wanted: Piece): TextEdit[] {
  const [first, last] = ends(written);
  const { before, behind, text } = written;
  const start = before === undefined ? first.start : before.end;
  const end = behind === undefined ? last.end : behind.start;
  if (hasComment(text.slice(start, last.end)) || (before === undefined && hasComment(text.slice(start, end)))) {
    return written.tokens.map((token) => withBlanks(text, token));
  }
  const gap = gapText(wanted);
  const fitsBehind = isEmpty(text.slice(last.end, end)) === isEmpty(gap);
  const fitsBefore = isEmpty(text.slice(start, first.start)) === isEmpty(gap);
  if (before !== undefined && (fitsBehind || !fitsBefore || hasComment(text.slice(last.end, end)))) {
    return [replace({ start, end: last.end }, "")];
  }
  return [replace({ start: first.start, end }, "")];
}

/** A token alone, with the blanks behind it where it begins a line or the rule, else with those before it. */
function withBlanks(text: string, token: RuleToken): TextEdit {
  let { start, end } = token;
  while (isBlankAt(text, start - 1)) start -= 1;
  if (start < token.start && start > 0 && text[start - 1] !== "\n") return replace({ start, end }, "");
  while (isBlankAt(text, end)) end += 1;
  return replace({ start: token.start, end }, "");
}

function isBlankAt(text: string, offset: number): boolean {
  return text[offset] === " " || text[offset] === "\t";
}

/** What stands between the neighbours of an empty piece. */
function gapText({ text, before, behind }: Piece): string {
  return before === undefined || behind === undefined ? "" : text.slice(before.end, behind.start);
}

function isEmpty(text: string): boolean {
  return text === "";
}

function ends({ tokens }: Piece): [RuleToken, RuleToken] {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("a piece without tokens has no ends");
  return [first, last];
}

function hasComment(text: string): boolean {
  return /(?:^|\s)#/u.test(text);
}

function textOf({ text }: Piece, first: RuleToken, last: RuleToken): string {
  return text.slice(first.start, last.end);
}

function replace({ start, end }: { start: number; end: number }, newText: string): TextEdit {
  return { range: { start, end }, newText };
}

function insert(at: number, newText: string): TextEdit {
  return replace({ start: at, end: at }, newText);
}
