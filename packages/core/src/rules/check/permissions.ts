import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import { piecesWithRole, type Report } from "./problem.ts";

/** Words and letters of reading and writing, the letters in either case, are permissions of every such kind. */
const readOrWrite = /^(?:[rwRW]+|read|write)$/u;

/** Reports words in the permission list that the kind does not know. */
export function checkPermissions(
  tree: SyntaxTree,
  node: SyntaxNode,
  words: readonly { readonly name: string }[],
  rule: string,
  report: Report,
): void {
  for (const piece of piecesWithRole(tree, node, "permissions")) {
    if (readOrWrite.test(piece.text) || words.some((word) => word.name === piece.text)) continue;
    const list = words.map((word) => `\`${word.name}\``).join(", ");
    report("rule/unknown-permission", `${rule} rules know no permission \`${piece.text}\`, only ${list}`, piece);
  }
}

const ofOneSide: ReadonlySet<string> = new Set([
  "create",
  "shutdown",
  "setattr",
  "getattr",
  "bind",
  "listen",
  "setopt",
  "getopt",
]);

/** Reports permissions that concern one socket alone, in a rule that names a peer. */
export function checkPeerPermissions(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  for (const piece of piecesWithRole(tree, node, "permissions")) {
    if (!ofOneSide.has(piece.text)) continue;
    const message = `\`${piece.text}\` concerns one socket alone and cannot stand beside \`peer=(…)\`: split the rule`;
    report("rule/peer-permission", message, piece);
  }
}
