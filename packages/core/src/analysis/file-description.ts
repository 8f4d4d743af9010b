import type { FileView } from "../design/index.ts";
import { isNode, type SyntaxTree } from "../syntax/index.ts";

/** Lines that tell nothing of what a file is for: licences, names of authors, hints for editors, lines drawn. */
const aside =
  /copyright|©|\(c\)\s*\d{4}|free software|redistribute|gnu general public|license|licence|published by|^\s*vim:|emacs|^\s*[-=#*_]{3,}\s*$|^\s*$|^\s*(?:author|maintainer|last modified|profile version)s?\s*:|http:\/\/www\.gnu/iu;

/** Longer ones are cut at a word: a list shows many. */
const longest = 400;

/** Of every file that is offered while somebody types: said once for each view. */
const descriptions = new WeakMap<FileView, string | null>();

/**
 * What a file says of itself: the first comment before its first rule, profile or variable, without licence and lines for
 * editors. Null where it says nothing. A line break in the comment becomes a blank.
 */
export function fileDescription(view: FileView): string | null {
  const known = descriptions.get(view);
  if (known !== undefined) return known;
  const description = describe(view);
  descriptions.set(view, description);
  return description;
}

function describe({ tree }: FileView): string | null {
  for (const paragraph of paragraphs(tree)) {
    const lines = paragraph.filter((line) => !aside.test(line));
    // A paragraph that is mostly licence has nothing else to say.
    if (lines.length === 0 || paragraph.length - lines.length > lines.length) continue;
    const text = lines
      .map((line) => line.trim())
      .join(" ")
      .replaceAll(/\s+/gu, " ")
      .trim();
    // What stands in parentheses is a remark for who edits the file.
    if (text !== "" && !text.startsWith("("))
      return text.length <= longest ? text : `${text.slice(0, text.lastIndexOf(" ", longest))} …`;
  }
  return null;
}

/** The comments before the first thing that counts, those that follow one another without an empty line together. */
function paragraphs({ text, root }: SyntaxTree): string[][] {
  const first = root.children.find((child) => isNode(child) && child.kind !== "abi" && child.kind !== "include");
  // A comment that clings to the first rule is about that rule, or about all: it counts.
  const head = text.slice(0, first?.start ?? text.length);
  const found: string[][] = [[]];
  for (const line of head.split(/\r?\n/u)) {
    const comment = /^\s*#(?!include\b)(.*)$/u.exec(line)?.[1];
    if (comment === undefined || comment.trim() === "") found.push([]);
    else found.at(-1)?.push(comment);
  }
  return found.filter((paragraph) => paragraph.length > 0);
}
