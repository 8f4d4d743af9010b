/** Quotes, lists and emphasis in one another; what nests deeper is hardly meant, and drawing it would exhaust the stack. */
const deepest = 50;

/** Reading takes longer by the square of the asterisks and underscores; so many take a small part of a second. */
const mostEmphasis = 2_000;

/** The marks of quotes and of items of lists with which a line begins. */
const leadingMarks = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)))+/gmu;

/** True where it would take long to read a text as Markdown; asked before it is read. */
export function takesLong(text: string): boolean {
  return (
    (text.match(/[*_]/gu)?.length ?? 0) > mostEmphasis ||
    (text.match(leadingMarks) ?? []).some((marks) => (marks.match(/>|[-+*]|\d+/gu)?.length ?? 0) > deepest)
  );
}

/** What is known here of a part of a text that was read as Markdown. */
export interface MarkdownNode {
  readonly type: string;
  readonly children?: readonly MarkdownNode[];
}

/** A step between reading and drawing: a text that nests too deep is drawn as the text that it is. */
export function plainWhereDeep(): (tree: MarkdownNode, file: { readonly value: unknown }) => MarkdownNode {
  return (tree, file) => {
    let level: readonly MarkdownNode[] = [tree];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > deepest) return plainTree(String(file.value));
      level = level.flatMap(({ children = [] }) => children);
    }
    return tree;
  };
}

function plainTree(value: string): MarkdownNode {
  const text = { type: "code", value };
  return { type: "root", children: [text] };
}
