import { globProblem, unquoted, variablesIn, withoutVariables } from "../../rules/index.ts";
import {
  childOfKind,
  isNode,
  textOf,
  tokensWithRole,
  tokenWithRole,
  type SyntaxNode,
  type SyntaxTree,
} from "../../syntax/index.ts";
import { checkFlags, type ReportHead } from "./profile-flags.ts";
import type { SymbolTable } from "./variables.ts";

/** The name of a profile, taken apart. */
export interface ProfileName {
  /** Between the colons, null where no namespace is written. */
  readonly namespace: string | null;
  readonly name: string;
}

/** Takes `:ns:name`, `:ns://name` or a plain name apart; what is wrong in words. */
export function splitName(label: string): ProfileName | { readonly problem: string } {
  if (label.startsWith("&")) return { problem: `\`${label}\` is no name: \`&\` stacks profiles, it names none` };
  if (!label.startsWith(":")) {
    return label === "" ? { problem: "a profile needs a name" } : { namespace: null, name: label };
  }
  const close = label.indexOf(":", 1);
  if (close === -1) return { problem: `the namespace of \`${label}\` needs a \`:\` at its end` };
  if (close === 1) return { problem: `the namespace of \`${label}\` is empty` };
  const name = label.slice(close + 1).replace(/^\/\//u, "");
  if (name === "") return { problem: `\`${label}\` names a namespace but no profile` };
  return { namespace: label.slice(1, close), name };
}

/** The part of a name after its last `//`: a name that stands for a path is matched by this. */
function localName(name: string): string {
  const at = name.lastIndexOf("//");
  return at === -1 ? name : name.slice(at + 2);
}

/** Reports what the parser refuses in the head of a profile or hat while it reads. `top` is outside of any other. */
export function checkHead(tree: SyntaxTree, node: SyntaxNode, top: boolean, report: ReportHead): ProfileName | null {
  checkFlags(tree, node, report);
  checkIdentities(tree, node, report);
  const nameToken = tokenWithRole(node, "name");
  const attachment = tokenWithRole(node, "attachment");
  if (attachment !== undefined) {
    const text = unquoted(textOf(tree, attachment));
    if (!text.startsWith("/") && !text.startsWith("@{")) {
      report(
        "profile/relative-attachment",
        `an attachment begins with \`/\` or a variable, found \`${text}\``,
        attachment,
      );
    }
  }
  const xattrs = childOfKind(node, "xattrs");
  if (xattrs !== undefined && node.kind === "hat" && !top && xattrs.children.some(isNode)) {
    report("profile/hat-xattrs", "a hat takes no `xattrs=(…)`", xattrs);
  }
  if (nameToken === undefined) return null;
  const split = splitName(unquoted(textOf(tree, nameToken)));
  if ("problem" in split) {
    report("profile/bad-name", split.problem, nameToken);
    return null;
  }
  const keyword = tokenWithRole(node, "keyword") !== undefined;
  if (top && !keyword && split.namespace === null && !split.name.startsWith("/")) {
    const message = `a profile whose name is not a path begins with \`profile\`: \`profile ${split.name}\``;
    report("profile/missing-keyword", message, nameToken);
  }
  return split;
}

function checkIdentities(tree: SyntaxTree, node: SyntaxNode, report: ReportHead): void {
  for (const child of node.children) {
    if (!isNode(child) || child.kind !== "condition") continue;
    for (const token of tokensWithRole(child, "value")) {
      const text = unquoted(textOf(tree, token));
      if (text.startsWith("/") || !text.includes(" ")) continue;
      report("profile/bad-identity", `an identity holds no blank: \`${text}\``, token);
    }
  }
}

/** Reports undefined variables and broken globs in a head: what the parser finds when it compiles. */
export function checkHeadPatterns(
  tree: SyntaxTree,
  node: SyntaxNode,
  split: ProfileName,
  symbols: SymbolTable,
  report: ReportHead,
): void {
  const nameToken = tokenWithRole(node, "name");
  const attachment = tokenWithRole(node, "attachment");
  const matched = attachment === undefined ? localName(split.name) : unquoted(textOf(tree, attachment));
  const place = attachment ?? nameToken ?? node;
  const problem = patternProblem(matched, symbols);
  if (problem !== null) report("profile/bad-pattern", problem, place);
  if (attachment !== undefined && nameToken !== undefined) {
    for (const { name } of variablesIn(split.name)) {
      const expansion = symbols.expand(name);
      if ("problem" in expansion) report("profile/bad-pattern", expansion.problem, nameToken);
    }
  }
  const xattrs = childOfKind(node, "xattrs");
  for (const condition of xattrs?.children.filter(isNode) ?? []) {
    for (const token of tokensWithRole(condition, "value")) {
      const broken = globProblem(withoutVariables(unquoted(textOf(tree, token))));
      if (broken !== null) report("profile/bad-pattern", `\`${textOf(tree, token)}\` is no glob: ${broken}`, token);
    }
  }
  const flags = childOfKind(node, "flags");
  for (const token of flags === undefined ? [] : tokensWithRole(flags, "flag")) {
    const value = /^attach_disconnected\.(?:path|ipc)=(.*)$/su.exec(unquoted(textOf(tree, token)))?.[1];
    if (value === undefined) continue;
    const unknown = symbols.patternProblem(value, false);
    if (unknown !== null) report("profile/bad-pattern", unknown, token);
    else if (!/^(?:\{?\/|$)/u.test(symbols.expandedText(value))) {
      report("profile/bad-flag", `\`${value}\` comes to a path that does not begin with \`/\``, token);
    }
  }
}

function patternProblem(pattern: string, symbols: SymbolTable): string | null {
  const broken = globProblem(withoutVariables(pattern));
  return broken === null ? symbols.patternProblem(pattern, true) : `\`${pattern}\` is no glob: ${broken}`;
}

/** The path that a profile is attached to, as written; null where it is found by name alone. */
export function attachedPath(tree: SyntaxTree, node: SyntaxNode, split: ProfileName): string | null {
  const attachment = tokenWithRole(node, "attachment");
  if (attachment !== undefined) return unquoted(textOf(tree, attachment));
  const local = localName(split.name);
  return local.startsWith("/") ? local : null;
}
