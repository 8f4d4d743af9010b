import { isSignalName, profileFlags, profileModes } from "../../vocabulary/index.ts";
import { childOfKind, textOf, tokensWithRole, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";
import { unquoted } from "../../rules/index.ts";
import { isErrorName } from "./error-names.ts";

/** Takes a problem of a profile's head at its place. */
export type ReportHead = (code: string, message: string, at: { readonly start: number; readonly end: number }) => void;

/** Flags of which one profile can have only one. */
const exclusions: readonly (readonly [string, string])[] = [
  ["chroot_relative", "namespace_relative"],
  ["mediate_deleted", "delegate_deleted"],
  ["attach_disconnected", "no_attach_disconnected"],
  ["attach_disconnected.ipc", "no_attach_disconnected"],
  ["chroot_attach", "chroot_no_attach"],
];

/** Whether a flag takes a value: an equals sign and something after it. */
const valued: ReadonlySet<string> = new Set([
  "attach_disconnected.path",
  "attach_disconnected.ipc",
  "kill.signal",
  "error",
]);

/** Reports unknown flags, wrong values and flags that exclude each other. Gives back the values of paths. */
export function checkFlags(tree: SyntaxTree, head: SyntaxNode, report: ReportHead): void {
  const node = childOfKind(head, "flags");
  if (node === undefined) return;
  let mode: string | null = null;
  const set = new Set<string>();
  const values = new Map<string, string>();
  for (const token of tokensWithRole(node, "flag")) {
    const text = unquoted(textOf(tree, token));
    const equals = text.indexOf("=");
    const name = equals === -1 ? text : text.slice(0, equals);
    const value = equals === -1 ? null : text.slice(equals + 1);
    if (value === null && profileModes.some((each) => each.name === name)) {
      if (mode !== null && mode !== name) {
        report("profile/mode-conflict", `\`${name}\` contradicts \`${mode}\`: a profile has one mode`, token);
      }
      mode = name;
      continue;
    }
    const problem = flagProblem(name, value, values);
    if (problem !== null) report("profile/bad-flag", problem, token);
    if (value !== null) values.set(name, value);
    set.add(name === "attach_disconnected.path" ? "attach_disconnected" : name);
    for (const [one, other] of exclusions) {
      const excluded = set.has(one) && set.has(other) && set.size > 0 && (name.startsWith(one) || name === other);
      if (excluded) report("profile/flag-conflict", `\`${one}\` and \`${other}\` exclude each other`, token);
    }
  }
}

/** What is wrong with one flag, in words; null where it is right. */
function flagProblem(name: string, value: string | null, before: ReadonlyMap<string, string>): string | null {
  const known = profileFlags.some((each) => each.name === name);
  const needsValue = valued.has(name) && name !== "attach_disconnected.ipc";
  if (!known || (value !== null && !valued.has(name)) || (value === null && needsValue)) {
    const written = value === null ? name : `${name}=${value}`;
    return known
      ? `\`${written}\` is no flag: \`${name}\` ${needsValue ? "needs" : "takes no"} value`
      : `\`${written}\` is no flag`;
  }
  if (value === null) return null;
  const earlier = before.get(name);
  if (name === "kill.signal") {
    if (!isSignalName(value)) return `\`${value}\` is no signal`;
  } else if (name === "error") {
    if (!isErrorName(value)) return `\`${value}\` is no error: names are such as \`EPERM\``;
    return earlier !== undefined && earlier.toUpperCase() !== value.toUpperCase() ? twice(name, earlier) : null;
  } else if (!value.startsWith("/") && !value.startsWith("@{")) {
    return `\`${name}=\` takes a path that begins with \`/\``;
  }
  return earlier !== undefined && earlier !== value ? twice(name, earlier) : null;
}

function twice(name: string, earlier: string): string {
  return `\`${name}\` is set to \`${earlier}\` already`;
}
