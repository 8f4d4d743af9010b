import { viewFile } from "../design/index.ts";
import {
  checkRule as problemsOf,
  limitProblem,
  readRuleText,
  writeRule,
  type CapabilityRuleValue,
  type FileRuleValue,
  type NetworkRuleValue,
  type RuleValue,
} from "../rules/index.ts";
import { checkKeyword, checkName, checkPath, checkText, shown } from "./check-words.ts";

/**
 * Why a rule can't be written, in words for the person; null where it can. After the checks for known mistakes comes the
 * one that holds for all: the text, read again, must be this one rule and no other. Last its globs and addresses, of which
 * the parser's complaint names no line.
 */
export function checkRule(value: RuleValue): string | null {
  return checkKnown(value) ?? checkReadBack(value) ?? checkPatterns(value);
}

/** Why a rule can't become another one; null where it can. A rule that loses its last name would suddenly mean all of them. */
export function checkChange(from: RuleValue, to: RuleValue): string | null {
  const named = from.kind === "capability" && from.names.length > 0;
  if (named && to.kind === "capability" && to.names.length === 0)
    return "a capability rule without a name would mean all capabilities";
  return checkRule(to);
}

function checkKnown(value: RuleValue): string | null {
  if (value.kind === "file") return checkFileRule(value);
  if (value.kind === "capability") return checkCapabilityRule(value);
  if (value.kind === "network") return checkNetworkRule(value);
  if (value.kind === "link") return checkPath(value.path) ?? checkPath(value.target);
  if (value.kind === "rlimit") return checkStrings(value) ?? limitProblem(value.resource, value.value);
  return checkStrings(value);
}

function checkFileRule(value: FileRuleValue): string | null {
  if (value.path === null) return null;
  const { permissions, exec, execTarget } = value;
  const deny = value.qualifiers.access === "deny";
  if (permissions.length === 0 && exec === null) {
    return "a file rule needs at least one permission; remove the rule instead";
  }
  if (permissions.includes("a") && permissions.includes("w")) {
    return "`w` and `a` exclude each other: writing includes appending; take one of them away first";
  }
  if (deny && exec !== null && exec !== "x") {
    return `a deny rule refuses every way to execute: it takes \`x\`, not \`${exec}\``;
  }
  if (!deny && exec === "x")
    return "`x` alone stands with deny only; choose how the program runs, such as `ix` or `Px`";
  if (execTarget !== null) {
    // Beside `l` stands what the link may name: a path.
    const named = exec === null && permissions.includes("l") ? checkPath(execTarget) : checkTarget(exec, execTarget);
    if (named !== null) return named;
  }
  return checkPath(value.path);
}

function checkTarget(exec: string | null, execTarget: string): string | null {
  if (exec === null || !/[pc]/iu.test(exec)) return "only `l` and the exec modes with `p` or `c` lead to a target";
  return checkName(execTarget, "the exec target");
}

function checkCapabilityRule({ names }: CapabilityRuleValue): string | null {
  return firstReason(names, (name) => checkKeyword(name, "a capability"));
}

function checkNetworkRule({ domain, type, protocol, permissions, local, peer }: NetworkRuleValue): string | null {
  return (
    (domain === null ? null : checkKeyword(domain, "an address family")) ??
    (type === null ? null : checkKeyword(type, "a socket type")) ??
    (protocol === null ? null : checkKeyword(protocol, "a protocol")) ??
    firstReason(permissions, (name) => checkKeyword(name, "an operation")) ??
    checkStrings([local, peer])
  );
}

/** No string anywhere in the value may break out of its place. */
function checkStrings(value: unknown): string | null {
  if (value === "") return "a value of the rule is empty";
  if (typeof value === "string") return checkText(value, "a value of the rule");
  if (typeof value !== "object" || value === null) return null;
  return firstReason(Object.values(value), checkStrings);
}

function firstReason<T>(items: readonly T[], check: (item: T) => string | null): string | null {
  for (const item of items) {
    const reason = check(item);
    if (reason !== null) return reason;
  }
  return null;
}

function checkReadBack(value: RuleValue): string | null {
  const text = writeRule(value);
  const read = readRuleText(text);
  if (read !== undefined && writeRule(read) === text) return null;
  return checkQuotes(value) ?? "this can't be written as one rule of AppArmor's language";
}

/** A bare `"` would end the word that it stands in. */
function checkQuotes(value: unknown): string | null {
  if (typeof value === "string") {
    return /^(?:\\.|[^\\"])*"/u.test(value)
      ? `a \`"\` in \`${shown(value)}\` would end it; write \`\\"\` for the character itself`
      : null;
  }
  if (typeof value !== "object" || value === null) return null;
  return firstReason(Object.values(value), checkQuotes);
}

/** Globs of files and links are looked at with their paths. */
function checkPatterns(value: RuleValue): string | null {
  if (value.kind === "file" || value.kind === "link" || value.kind === "capability") return null;
  const { tree, profiles } = viewFile("rule", `profile x {\n${writeRule(value)}\n}\n`);
  const placed = profiles[0]?.rules[0];
  const problems = placed === undefined ? [] : problemsOf(tree, placed.rule);
  return problems.find(({ code }) => code === "rule/bad-glob" || code === "rule/bad-unix-address")?.message ?? null;
}
