import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { RuleValue } from "../rule-values.ts";
import { conditionPieces, peerPieces, piecesWithRole, type ConditionPiece, type Piece } from "./problem.ts";

/** A text of a rule in which the parser puts the values of variables. */
export interface Pattern extends Piece {
  /** It is read as a glob afterwards. */
  readonly glob: boolean;
}

const glob = (piece: Piece): Pattern => ({ ...piece, glob: true });

function values(conditions: readonly ConditionPiece[], ...keys: readonly string[]): Pattern[] {
  return conditions.filter((each) => keys.includes(each.key)).flatMap((each) => each.values.map(glob));
}

/** An address without its leading `@`, which is no part of the glob; `@{X}` is a variable and stays. */
function addresses(conditions: readonly ConditionPiece[]): Pattern[] {
  return values(conditions, "addr").map((pattern) => {
    if (!pattern.text.startsWith("@") || /^@\{\w+\}/u.test(pattern.text)) return pattern;
    return { ...pattern, text: pattern.text.slice(1) };
  });
}

/** All texts of a rule that may name variables, with their places. */
export function patternsOf(tree: SyntaxTree, node: SyntaxNode, kind: RuleValue["kind"]): readonly Pattern[] {
  const local = conditionPieces(tree, node);
  const peer = peerPieces(tree, node) ?? [];
  switch (kind) {
    case "file":
      return [...piecesWithRole(tree, node, "path").map(glob), ...linkTarget(tree, node)];
    case "link":
    case "change_profile":
      return [...piecesWithRole(tree, node, "path"), ...piecesWithRole(tree, node, "target")].map(glob);
    case "signal":
    case "ptrace":
      return values(local, "peer");
    case "unix":
      return [...addresses(local), ...addresses(peer), ...values(peer, "label")];
    case "dbus":
      return values([...local, ...peer], "bus", "name", "label", "path", "interface", "member");
    case "mqueue":
      return [...piecesWithRole(tree, node, "name").map(glob), ...values(local, "label")];
    case "io_uring":
      return values(local, "label");
    case "network":
      return values([...local, ...peer], "label");
    case "mount":
    case "remount":
    case "umount":
      return [
        ...[...piecesWithRole(tree, node, "source"), ...piecesWithRole(tree, node, "target")].map(glob),
        ...values(local, "fstype", "vfstype"),
      ];
    case "pivot_root":
      return [
        ...piecesWithRole(tree, node, "target").map(glob),
        ...values(local, "oldroot"),
        ...piecesWithRole(tree, node, "exec-target").map((piece) => ({ ...piece, glob: false })),
      ];
    case "all":
    case "capability":
    case "rlimit":
    case "userns":
      return [];
  }
}

/** `l /a -> /b,`: the target of a link in a file rule is a glob, that of an exec transition is not. */
function linkTarget(tree: SyntaxTree, node: SyntaxNode): Pattern[] {
  const permissions = piecesWithRole(tree, node, "permissions")[0];
  const path = piecesWithRole(tree, node, "path")[0];
  if (permissions === undefined || path === undefined || permissions.start > path.start) return [];
  return /l/iu.test(permissions.text) ? piecesWithRole(tree, node, "exec-target").map(glob) : [];
}
