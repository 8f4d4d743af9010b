import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import { isNode, textOf } from "../../syntax/index.ts";
import type { FileRuleValue } from "../rule-values.ts";
import { hasKeyword } from "../read/parts.ts";
import { pieceWithRole, type Piece, type Report } from "./problem.ts";

/** Reports what contradicts itself in the letters of a file rule, in the order in which the parser reads them. */
function checkLetters(piece: Piece, report: Report): void {
  const text = piece.text;
  let writes = false;
  let appends = false;
  let exec: string | null = null;
  for (let at = 0; at < text.length;) {
    const letter = text.slice(at, at + 1);
    const lower = letter.toLowerCase();
    if (lower === "w") writes = true;
    if (lower === "a") appends = true;
    if (lower !== "p" && lower !== "c" && lower !== "i" && lower !== "u") {
      at++;
      continue;
    }
    const end = text.toLowerCase().indexOf("x", at) + 1;
    const written = text.slice(at, end);
    const mode =
      lower === "i" || (lower !== "u" && end - at === 3)
        ? letter + written.slice(1).toLowerCase()
        : written.slice(0, -1) + "x";
    if (exec !== null && exec !== mode) {
      report("rule/exec-conflict", `\`${written}\` contradicts \`${exec}\`: a rule has one exec mode`, piece);
    }
    exec = mode;
    at = end;
  }
  if (writes && appends) {
    report("rule/append-and-write", "`a` and `w` exclude each other: `w` holds appending too", piece);
  }
}

/** Reports an exec mode that the access of the rule forbids, or the lack of one. */
function checkExec(value: FileRuleValue, piece: Piece, report: Report): void {
  if (value.exec === null) {
    if (value.safety !== null) {
      report("rule/safety-without-exec", `\`${value.safety}\` needs an exec mode in the permissions`, piece);
    }
  } else if (value.qualifiers.access === "deny") {
    if (value.exec !== "x") {
      const message = `\`${value.exec}\` cannot be denied: a deny rule takes a plain \`x\``;
      report("rule/deny-exec-mode", message, piece);
    }
  } else if (value.exec === "x") {
    report(
      "rule/exec-without-mode",
      "`x` needs a mode before it, such as `ix` or `Px`; alone it stands in deny rules",
      piece,
    );
  }
}

/** Reports what the parser refuses in a file rule. */
export function checkFileRule(tree: SyntaxTree, node: SyntaxNode, value: FileRuleValue, report: Report): void {
  const piece = pieceWithRole(tree, node, "permissions");
  if (piece === undefined) {
    if (value.path === null && value.qualifiers.access === "deny") {
      report("rule/deny-exec-mode", "`deny file,` is refused: `file` holds `ix`, which a deny rule cannot", node);
    }
    return;
  }
  checkLetters(piece, report);
  checkExec(value, piece, report);
  if (!value.permissionsFirst) return;
  const links = value.permissions.includes("l");
  if (hasKeyword(tree, node, "subset") && (value.exec !== null || value.permissions.some((letter) => letter !== "l"))) {
    report("rule/subset-without-link", "`subset` can stand only after `l` alone", piece);
  }
  if (value.execTarget === null || !links) return;
  if (value.exec !== null) {
    report("rule/link-and-exec", "`->` is unclear beside both `l` and an exec mode: split the rule", piece);
  } else if (namesNamespace(value.execTarget)) {
    const target = node.children.find((child) => !isNode(child) && child.role === "exec-target") ?? node;
    report("rule/link-to-namespace", `\`${textOf(tree, target)}\` is a profile, a link's target is a path`, target);
  }
}

function namesNamespace(label: string): boolean {
  return /^&?:[^:]+:(?:\/\/)?./u.test(label);
}
