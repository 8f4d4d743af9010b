import type { FilePermission, FileRuleValue } from "../rules/index.ts";
import type { ExecRules } from "./exec-rules.ts";

/** True where the letters, the exec mode and the qualifiers of `inner` add nothing to those of `outer` on a path of both. */
export function addsNothing(inner: FileRuleValue, outer: FileRuleValue, execs: ExecRules): boolean {
  if (!hasNoMoreWords(inner, outer) || !inner.permissions.every((letter) => holds(outer, letter))) return false;
  if (inner.exec === null) return addsNoLink(inner, outer);
  return inner.qualifiers.access === "deny" ? outer.exec !== null : addsNoExec(inner, outer, execs);
}

/**
 * The same beside the bare `file,`, which allows all on every path and runs programs by `ix`. With parser 4.1.0 mapping (`m`) is a part
 * of that `ix`: another way to run one path takes it away there, so then who says `m` or `ix` adds to it.
 */
export function addsNothingToAll(inner: FileRuleValue, all: FileRuleValue, execs: ExecRules): boolean {
  if (all.qualifiers.access === "deny" || !hasNoMoreWords(inner, all)) return false;
  const runs = inner.path === null || inner.exec !== null || inner.permissions.includes("m");
  if (!runs) return true;
  const inherits = inner.exec === null || (inner.exec === "ix" && inner.execTarget === null && inner.safety === null);
  return inherits && execs.onlyInherit && !execs.mayLog;
}

/** Whether the qualifiers leave nothing that only `inner` speaks of. */
function hasNoMoreWords({ qualifiers: a }: FileRuleValue, { qualifiers: b }: FileRuleValue): boolean {
  const deny = a.access === "deny";
  if (deny !== (b.access === "deny") || (a.access === "prompt") !== (b.access === "prompt")) return false;
  if ((a.priority ?? 0) !== (b.priority ?? 0) || a.quiet !== b.quiet) return false;
  if (b.owner !== null && b.owner !== a.owner) return false;
  // An allow that is audited adds to the log; a deny that is not audited takes from it.
  return deny ? a.audit || !b.audit : !a.audit || b.audit;
}

/** `w` holds `a`: who may write may append. */
function holds({ permissions }: FileRuleValue, letter: FilePermission): boolean {
  return permissions.includes(letter) || (letter === "a" && permissions.includes("w"));
}

/** What a link may name stands behind the arrow, too. */
function addsNoLink(inner: FileRuleValue, outer: FileRuleValue): boolean {
  if (!inner.permissions.includes("l") || inner.execTarget === outer.execTarget) return true;
  return outer.execTarget === null || outer.exec !== null;
}

/**
 * A rule on one path beats globs on how a program starts and on whether that is logged, and parsers from 4.1.0 on let any rule keep
 * another's start from the log. So where some are logged each counts, even where it says the same as another.
 */
function addsNoExec(inner: FileRuleValue, outer: FileRuleValue, { mayLog }: ExecRules): boolean {
  const same = inner.exec === outer.exec && inner.execTarget === outer.execTarget && inner.safety === outer.safety;
  return same && !mayLog;
}

/** What a deny leaves of an allow on paths of both. */
export type Taken =
  /** Nothing: the policy is the same without the allow. */
  | "unreachable"
  /** Nothing that a program could be run by, but the policy may be another one without the allow. */
  | "never-runs";

/** What a deny takes away that a rule allows on paths of both; null where something of it holds. */
export function takenBy(deny: FileRuleValue, allow: FileRuleValue, execs: ExecRules): Taken | null {
  if (deny.qualifiers.access !== "deny" || allow.qualifiers.access === "deny" || allow.qualifiers.audit) return null;
  if ((deny.qualifiers.priority ?? 0) !== (allow.qualifiers.priority ?? 0)) return null;
  if (deny.qualifiers.owner !== null && deny.qualifiers.owner !== allow.qualifiers.owner) return null;
  // A deny of links is asked of the two names together, in another way than an allow.
  if (allow.permissions.includes("l") || !allow.permissions.every((letter) => holds(deny, letter))) return null;
  if (allow.exec === null) return allow.execTarget === null ? "unreachable" : null;
  if (deny.exec === null) return null;
  const isOut = leavesMapping(deny, allow) || allow.execTarget !== null || execs.mayLog;
  return isOut ? "never-runs" : "unreachable";
}

/** Before parser 5 a deny of `x` leaves of `ix` that the file may be mapped as code. */
export function leavesMapping(deny: FileRuleValue, allow: FileRuleValue): boolean {
  return allow.exec?.includes("i") === true && !deny.permissions.includes("m");
}
