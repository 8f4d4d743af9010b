import type { ProfileView } from "../design/index.ts";
import {
  childOfKind,
  isNode,
  textOf,
  tokenWithRole,
  type SyntaxNode,
  type SyntaxTree,
  type Token,
} from "../syntax/index.ts";
import type { TextEdit } from "../text/index.ts";
import { answerOf, parserName, reads, type FileScene, type LostPlace } from "./scene.ts";
import { branchHolds } from "./symbols.ts";
import { commentLines, lineEndOf, oneLine } from "./place-text.ts";

/** What a conditional comes to on a target. */
export type ConditionalJudgement =
  | { readonly kind: "kept" }
  | {
      readonly kind: "decided";
      /** The branch whose items stay; null where none is taken. */
      readonly taken: SyntaxNode | null;
      readonly why: string;
    }
  | { readonly kind: "lost"; readonly lost: LostPlace };

/** Kinds of rules that 3.0.8 reads in a conditional and forgets: measured. */
const forgotten: ReadonlySet<SyntaxNode["kind"]> = new Set([
  "network-rule",
  "unix-rule",
  "dbus-rule",
  "signal-rule",
  "ptrace-rule",
  "mount-rule",
  "remount-rule",
  "umount-rule",
  "pivot_root-rule",
  "rlimit-rule",
]);

/** Whether the target's parser takes the conditional for what it is; where not, the branch that holds there takes its place. */
export function judgeConditional(
  scene: FileScene,
  profile: ProfileView | null,
  node: SyntaxNode,
): ConditionalJudgement {
  const reason = whyDecided(scene, profile, node);
  if (reason === null) return { kind: "kept" };
  for (const branch of node.children.filter(isNode)) {
    const holds = branchHolds(scene.view.tree, branch, scene.symbols);
    if (holds === null) return reason.must ? lostConditional(reason.why) : { kind: "kept" };
    if (holds) return { kind: "decided", taken: branch, why: reason.why };
  }
  return { kind: "decided", taken: null, why: reason.why };
}

function lostConditional(why: string): ConditionalJudgement {
  const open =
    "None of its rules is there: what they allow is refused, what they deny stays open wherever another rule opens it.";
  return {
    kind: "lost",
    lost: {
      kind: "conditional",
      cause: "unreadable",
      why: `${why} What it depends on is not known here, so it can't be decided beforehand.`,
      answers: [answerOf("omit", "No rule of it", null, open)],
    },
  };
}

/** Why a conditional can't stand; `must` where it would mean something else, not only may crash the parser. */
function whyDecided(
  scene: FileScene,
  profile: ProfileView | null,
  node: SyntaxNode,
): { readonly must: boolean; readonly why: string } | null {
  const branches = node.children.filter(isNode);
  if (!reads(scene, "conditional-expression") && branches.some((branch) => isNewExpression(scene.view.tree, branch))) {
    return { must: true, why: `${parserName(scene)} can't read this \`if\`.` };
  }
  if (reads(scene, "conditional-rule")) return null;
  if (branches.some(holdsForgotten)) {
    return { must: true, why: `${parserName(scene)} forgets rules of these kinds in an \`if\`.` };
  }
  const network =
    profile !== null &&
    (profile.includes.length > 0 || profile.rules.some(({ rule }) => rule.value.kind === "network"));
  return network ? { must: false, why: `${parserName(scene)} crashes on an \`if\` below a network rule.` } : null;
}

/** True beyond `$x`, `not $x` and `defined @{X}`, which every measured parser reads alike. */
function isNewExpression(tree: SyntaxTree, branch: SyntaxNode): boolean {
  const parts = branch.children.filter(
    (child): child is Token => !isNode(child) && child.role !== undefined && child.role !== "keyword",
  );
  const operators = parts.filter(({ role }) => role === "operator").map((token) => textOf(tree, token));
  if (parts.some(({ role }) => role === "open" || role === "value")) return true;
  return operators.length > 1 || operators.some((operator) => operator !== "not" && operator !== "defined");
}

function holdsForgotten(node: SyntaxNode): boolean {
  return node.children.some(
    (child) =>
      isNode(child) &&
      (forgotten.has(child.kind) || (child.kind !== "profile" && child.kind !== "hat" && holdsForgotten(child))),
  );
}

/**
 * The edits that leave of a block only what stands between the braces of a body in it; the text between them stays as it is. A comment
 * says what stood there.
 */
export function unwrapEdits(tree: SyntaxTree, node: SyntaxNode, body: SyntaxNode, comment: string): TextEdit[] | null {
  const open = tokenWithRole(body, "open");
  const close = tokenWithRole(body, "close");
  if (open === undefined || close === undefined) return null;
  const { text } = tree;
  const eol = lineEndOf(text);
  const start = text.lastIndexOf("\n", node.start - 1) + 1;
  const indent = /^[ \t]*/u.exec(text.slice(start, node.start))?.[0] ?? "";
  const lead = text.slice(start, node.start).trim() === "" ? "" : eol + indent;
  const rest = /^[^\r\n]*/u.exec(text.slice(open.end))?.[0].trim() ?? "";
  const tail = rest === "" || rest.startsWith("#") ? "" : eol + indent;
  const inner = text.slice(open.end, close.start);
  // Of a brace on a line of its own the line goes, where nothing follows it.
  const blank = close.start - (inner.length - inner.trimEnd().length);
  const after = /^[^\r\n]*/u.exec(text.slice(node.end))?.[0].trim() ?? "";
  const from =
    inner.slice(inner.trimEnd().length).includes("\n") && after === "" && inner.trim() !== "" ? blank : close.start;
  return [
    { range: { start: node.start, end: open.end }, newText: lead + commentLines(comment).join(eol + indent) + tail },
    { range: { start: from, end: node.end }, newText: "" },
  ];
}

/** The head of a conditional in one line: `if $a and $b`. */
export function headOf(tree: SyntaxTree, node: SyntaxNode): string {
  const [branch] = node.children.filter(isNode);
  const body = branch === undefined ? undefined : childOfKind(branch, "body");
  return oneLine(tree.text.slice(node.start, body?.start ?? node.end));
}
