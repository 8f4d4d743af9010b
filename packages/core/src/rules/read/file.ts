import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import { isNode, textOf } from "../../syntax/index.ts";
import type { ExecMode, FilePermission, FileRuleValue } from "../rule-values.ts";
import { readQualifiers, unquoted } from "./parts.ts";

const execModes: ReadonlyMap<string, ExecMode> = new Map(
  (
    ["x", "ix", "ux", "Ux", "px", "Px", "cx", "Cx", "pix", "Pix", "cix", "Cix", "pux", "PUx", "cux", "CUx"] as const
  ).map((mode) => [mode, mode]),
);

const scrubbing: ReadonlyMap<string, ExecMode> = new Map([
  ["ix", "ix"],
  ["ux", "Ux"],
  ["px", "Px"],
  ["cx", "Cx"],
  ["pix", "Pix"],
  ["cix", "Cix"],
  ["pux", "PUx"],
  ["cux", "CUx"],
  ["x", "x"],
]);

/** The mode that letters in any case come to: the first letter alone tells whether the environment is scrubbed. */
function canonicalExecMode(written: string): ExecMode | null {
  const lower = written.toLowerCase();
  const scrubs = written.slice(0, 1) !== lower.slice(0, 1);
  return (scrubs ? scrubbing.get(lower) : execModes.get(lower)) ?? null;
}

/** What a string of file permissions says: single letters in their order, and the exec mode. */
export function readFilePermissions(text: string): { permissions: FilePermission[]; exec: ExecMode | null } {
  const permissions: FilePermission[] = [];
  let exec: ExecMode | null = null;
  let at = 0;
  while (at < text.length) {
    const letter = text.slice(at, at + 1).toLowerCase();
    if (letter === "r" || letter === "w" || letter === "a" || letter === "k" || letter === "l" || letter === "m") {
      if (!permissions.includes(letter)) permissions.push(letter);
      at++;
      continue;
    }
    let end = at;
    while (end < text.length && text.slice(end, end + 1).toLowerCase() !== "x") end++;
    exec = canonicalExecMode(text.slice(at, end + 1)) ?? exec;
    at = end + 1;
  }
  return { permissions, exec };
}

/** The typed view of a file rule. */
export function readFileRule(tree: SyntaxTree, node: SyntaxNode): FileRuleValue {
  let keyword = false;
  let safety: FileRuleValue["safety"] = null;
  let path: string | null = null;
  let written: string | null = null;
  let execTarget: string | null = null;
  let permissionsFirst = false;
  for (const child of node.children) {
    if (isNode(child) || child.role === undefined) continue;
    const text = textOf(tree, child);
    if (child.role === "keyword") {
      if (text === "file") keyword = true;
      else if (text === "safe" || text === "unsafe") safety = text;
    } else if (child.role === "path") {
      path = unquoted(text);
    } else if (child.role === "permissions") {
      written = text;
      permissionsFirst = path === null;
    } else if (child.role === "exec-target") {
      execTarget = unquoted(text);
    }
  }
  const { permissions, exec } = readFilePermissions(written ?? "");
  const qualifiers = readQualifiers(tree, node);
  return { kind: "file", qualifiers, keyword, path, permissions, exec, execTarget, permissionsFirst, safety };
}
