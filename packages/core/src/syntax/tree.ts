/**
 * The lossless tree. Every UTF-16 code unit of the text lies in exactly one token; a node's range is that of its
 * significant part (a rule runs from its first qualifier or keyword to its comma). White space and comments between
 * rules are tokens of the enclosing node, inside a rule they are tokens of the rule.
 */

/** What a token is, for colouring and for telling trivia apart. */
export type TokenType =
  | "whitespace" // blanks and line ends, also an escaped line end
  | "comment" // from # to before the line end
  | "keyword" // a word of the language in its place: profile, capability, deny, file, peer, …
  | "punctuation" // { } ( ) , = -> += := …
  | "path" // a path, glob or profile attachment, quoted or not
  | "variable" // @{NAME} or $NAME where it stands alone (in assignments and conditions)
  | "permissions" // r w a k l m and exec modes
  | "name" // a capability, signal, domain, profile or other name
  | "value" // what stands right of = in a condition, a rlimit value, a number
  | "error"; // text that fits nowhere

/** Which part of its node a token is; typed views and edits find parts by this. */
export type TokenRole =
  | "keyword"
  | "qualifier" // audit deny allow owner other quiet prompt priority=N (whole)
  | "name"
  | "path"
  | "attachment"
  | "flag"
  | "permissions"
  | "exec-target"
  | "target"
  | "source"
  | "key" // left of = in a condition
  | "value"
  | "operator"
  | "open"
  | "close"
  | "end"; // the comma that ends a rule

/** A piece of text that is not divided further. */
export interface Token {
  readonly type: TokenType;
  readonly role?: TokenRole;
  readonly start: number;
  readonly end: number;
}

/** The rule kinds of apparmor.d(5), as of 5.0. `include` stands where a rule may stand but is an item of its own. */
export type RuleKindName =
  | "all"
  | "capability"
  | "change_profile"
  | "dbus"
  | "file"
  | "io_uring"
  | "link"
  | "mount"
  | "remount"
  | "umount"
  | "mqueue"
  | "network"
  | "pivot_root"
  | "ptrace"
  | "rlimit"
  | "signal"
  | "unix"
  | "userns";

/** What a node is. A rule of kind K is the node `K-rule`. */
export type NodeKind =
  | "file" // the root
  | "abi"
  | "include"
  | "variable-assignment"
  | "boolean-assignment"
  | "alias"
  | "profile" // also a child profile
  | "hat"
  | "flags" // flags=(…)
  | "xattrs" // xattrs=(…)
  | "body" // { … } of a profile, hat, block or conditional, braces included
  | "conditional" // if … { } else …
  | "conditional-branch" // one `if COND {…}`, `else if COND {…}` or `else {…}`
  | "qualified-block" // audit { … }, owner { … }
  | "qualifiers"
  | "condition" // key=value or key=(…) or key in (…) inside a rule
  | "peer" // peer=( … )
  | `${RuleKindName}-rule`
  | "error";

/** A node: its kind, the range from its first to its last significant token, its children in the order of the text. */
export interface SyntaxNode {
  readonly kind: NodeKind;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxElement[];
}

/** A child of a node. A node has `children`, a token does not. */
export type SyntaxElement = SyntaxNode | Token;

/** An error of the syntax: where, what was found, and what would have been right there. */
export interface SyntaxError {
  /** Stable, for example `syntax/expected-comma`. */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What parsing a text gives: always a whole tree, and the errors found. */
export interface SyntaxTree {
  readonly text: string;
  readonly root: SyntaxNode;
  readonly errors: readonly SyntaxError[];
}

/** Tells a node from a token. */
export function isNode(element: SyntaxElement): element is SyntaxNode {
  return "children" in element;
}

/** The first token of a node (not of its child nodes) that has the role. */
export function tokenWithRole(node: SyntaxNode, role: TokenRole): Token | undefined {
  for (const child of node.children) if (!isNode(child) && child.role === role) return child;
  return undefined;
}

/** All tokens of a node (not of its child nodes) that have the role. */
export function tokensWithRole(node: SyntaxNode, role: TokenRole): Token[] {
  return node.children.filter((child): child is Token => !isNode(child) && child.role === role);
}

/** The first child node of the kind. */
export function childOfKind(node: SyntaxNode, kind: NodeKind): SyntaxNode | undefined {
  return node.children.find((child): child is SyntaxNode => isNode(child) && child.kind === kind);
}

/** The text of a node or token. */
export function textOf(tree: SyntaxTree, element: SyntaxElement): string {
  return tree.text.slice(element.start, element.end);
}

/** The position of the first of a node's children that ends behind an offset; their number where none does. */
export function firstEndingBehind(children: readonly SyntaxElement[], offset: number): number {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
