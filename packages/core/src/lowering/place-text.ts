import type { TextEdit, TextRange } from "../text/index.ts";

/** How wide a line of a comment is at most, as far as words allow. */
const width = 110;

/** A sentence or text as lines of a comment, the first behind `# `. Whatever the text holds, each line is a comment and nothing else. */
export function commentLines(text: string): string[] {
  const lines: string[] = [];
  let line = "#";
  for (const word of oneLine(text).split(" ")) {
    if (line.length > 1 && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "#  ";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** Text in one line, without control characters. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

/** How lines end in a text. */
export function lineEndOf(text: string): "\n" | "\r\n" {
  const at = text.indexOf("\n");
  return at > 0 && text[at - 1] === "\r" ? "\r\n" : "\n";
}

/**
 * The edit that puts comments and lines in the place of an item, indented as its line is. What stands before and behind it on its line stays;
 * a comment behind it stays behind what took its place.
 */
export function replaceItem(
  text: string,
  range: TextRange,
  comments: readonly string[],
  lines: readonly string[],
): TextEdit {
  const eol = lineEndOf(text);
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  const before = text.slice(start, range.start);
  const indent = /^[ \t]*/u.exec(before)?.[0] ?? "";
  const end = text.indexOf("\n", range.end);
  const behind = text.slice(range.end, end === -1 ? text.length : end).trim();
  const all = [...comments, ...lines];
  const joined = all.join(eol + indent);
  const lead = before.trim() === "" || comments.length === 0 ? "" : eol + indent;
  const tail = lines.length === 0 && behind !== "" && !behind.startsWith("#") ? eol + indent : "";
  return { range, newText: lead + joined + tail };
}

/** The edit that puts comment lines above the line of an offset. */
export function insertAbove(text: string, offset: number, comments: readonly string[]): TextEdit {
  const eol = lineEndOf(text);
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const indent = /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? "";
  const at = text.slice(start, offset).trim() === "" ? start : offset;
  const lead = at === start ? "" : eol;
  const newText = lead + comments.map((line) => indent + line + eol).join("");
  return { range: { start: at, end: at }, newText };
}
