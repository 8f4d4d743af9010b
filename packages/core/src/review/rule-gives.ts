import { isPatternWithin } from "../analysis/index.ts";
import type {
  Condition,
  FileRuleValue,
  MountRuleValue,
  NetworkRuleValue,
  PeerRuleValue,
  RlimitRuleValue,
  RuleValue,
} from "../rules/index.ts";
import type { Gives } from "./change.ts";

/**
 * Whether a rule lets more or less happen than another of its kind, both taken as allows and alone. What is not certain from
 * the values (variables in paths, conditions that are not simply fewer) is `unclear`.
 */
export function valueGives(before: RuleValue, after: RuleValue): Gives {
  const parts = [...valueParts(before, after), ...qualifierParts(before, after)];
  return joined(parts);
}

/** What several differences come to together. */
export function joined(parts: readonly Gives[]): Gives {
  const found = new Set(parts.filter((part) => part !== "same"));
  if (found.has("unclear")) return "unclear";
  const [only] = found;
  return only === undefined ? "same" : found.size === 1 ? only : "other";
}

/** The same difference seen from a deny: what it refuses more, lets happen less. */
export function turned(gives: Gives): Gives {
  return gives === "more" ? "less" : gives === "less" ? "more" : gives;
}

function qualifierParts({ qualifiers: before }: RuleValue, { qualifiers: after }: RuleValue): Gives[] {
  return [
    before.owner === after.owner ? "same" : after.owner === null ? "more" : before.owner === null ? "less" : "other",
    before.priority === after.priority ? "same" : "unclear",
    (before.access === "prompt") === (after.access === "prompt") ? "same" : after.access === "prompt" ? "less" : "more",
  ];
}

function valueParts(before: RuleValue, after: RuleValue): Gives[] {
  if (before.kind === "file" && after.kind === "file") return fileParts(before, after);
  if (before.kind === "capability" && after.kind === "capability") return [allOrSet(before.names, after.names)];
  if (before.kind === "network" && after.kind === "network") return networkParts(before, after);
  if (before.kind === "rlimit" && after.kind === "rlimit") return [limitGives(before, after)];
  if (before.kind === "link" && after.kind === "link") {
    return [
      pathGives(before.path, after.path),
      pathGives(before.target, after.target),
      before.subset === after.subset ? "same" : after.subset ? "less" : "more",
    ];
  }
  if (before.kind === "change_profile" && after.kind === "change_profile") {
    return [
      anyOr(before.target, after.target),
      before.exec === after.exec ? "same" : before.exec === null ? "less" : after.exec === null ? "more" : "other",
      before.safety === after.safety ? "same" : "unclear",
    ];
  }
  if (before.kind === "all" && after.kind === "all") return ["same"];
  if (isMount(before) && isMount(after) && before.kind === after.kind) return mountParts(before, after);
  if (isPeer(before) && isPeer(after) && before.kind === after.kind) return peerParts(before, after);
  return ["other"];
}

function isMount(value: RuleValue): value is MountRuleValue {
  return value.kind === "mount" || value.kind === "remount" || value.kind === "umount" || value.kind === "pivot_root";
}

function isPeer(value: RuleValue): value is PeerRuleValue {
  return "operand" in value;
}

function fileParts(before: FileRuleValue, after: FileRuleValue): Gives[] {
  if (before.path === null || after.path === null) {
    return [before.path === after.path ? "same" : after.path === null ? "more" : "less"];
  }
  return [
    pathGives(before.path, after.path),
    setGives(letters(before), letters(after)),
    execGives(before, after),
    before.exec === after.exec && before.execTarget !== after.execTarget ? "other" : "same",
    before.safety === after.safety ? "same" : "unclear",
  ];
}

/** The letters with what they hold within them: writing is appending too. */
function letters({ permissions }: FileRuleValue): readonly string[] {
  return permissions.includes("w") ? [...permissions, "a"] : permissions;
}

function execGives({ exec: before }: FileRuleValue, { exec: after }: FileRuleValue): Gives {
  if (before === after) return "same";
  if (before === null) return "more";
  if (after === null) return "less";
  const [free, freed] = [/^u/iu.test(before), /^u/iu.test(after)];
  return free === freed ? "other" : freed ? "more" : "less";
}

/** Variables stand for what nobody knows here. */
function pathGives(before: string, after: string): Gives {
  if (before === after) return "same";
  if (before.includes("@{") || after.includes("@{")) {
    // Of the same beginning: what stands behind it can be told apart as a path of its own.
    const shared = /^(?:@\{\w+\}|[^@*?[{\\])*\//u.exec(before)?.[0] ?? "";
    const [rest, other] = [before.slice(shared.length), after.slice(shared.length)];
    if (shared === "" || !after.startsWith(shared) || rest.includes("@{") || other.includes("@{")) return "unclear";
    return pathGives(`/${rest}`, `/${other}`);
  }
  const [grows, shrinks] = [isPatternWithin(before, [after]), isPatternWithin(after, [before])];
  return grows && shrinks ? "same" : grows ? "more" : shrinks ? "less" : "other";
}

function anyOr(before: string | null, after: string | null): Gives {
  if (before === after) return "same";
  return before === null ? "less" : after === null ? "more" : pathGives(before, after);
}

function setGives(before: readonly string[], after: readonly string[]): Gives {
  const gained = after.some((each) => !before.includes(each));
  const lost = before.some((each) => !after.includes(each));
  return gained ? (lost ? "other" : "more") : lost ? "less" : "same";
}

/** An empty list means all. */
function allOrSet(before: readonly string[], after: readonly string[]): Gives {
  if (before.length === 0 || after.length === 0) {
    return before.length === after.length ? "same" : after.length === 0 ? "more" : "less";
  }
  return setGives(before, after);
}

/** Each condition narrows. */
function conditionGives(before: readonly Condition[], after: readonly Condition[]): Gives {
  const gives = turned(setGives(before.map(conditionText), after.map(conditionText)));
  // Where one is replaced by another, which of both is wider is another question.
  return gives === "other" ? "unclear" : gives;
}

function conditionText({ key, operator, values }: Condition): string {
  return `${key} ${operator} ${[...values].toSorted().join(" ")}`;
}

function networkParts(before: NetworkRuleValue, after: NetworkRuleValue): Gives[] {
  return [
    allOrSet(before.permissions, after.permissions),
    wordGives(before.domain, after.domain),
    wordGives(before.type, after.type),
    wordGives(before.protocol, after.protocol),
    conditionGives(before.local, after.local),
    conditionGives(before.peer, after.peer),
  ];
}

function wordGives(before: string | null, after: string | null): Gives {
  return before === after ? "same" : before === null ? "less" : after === null ? "more" : "other";
}

function peerParts(before: PeerRuleValue, after: PeerRuleValue): Gives[] {
  return [
    allOrSet(before.permissions, after.permissions),
    conditionGives(before.local, after.local),
    conditionGives(before.peer, after.peer),
    anyOr(before.operand, after.operand),
  ];
}

function mountParts(before: MountRuleValue, after: MountRuleValue): Gives[] {
  return [
    conditionGives(before.conditions, after.conditions),
    anyOr(before.source, after.source),
    anyOr(before.target, after.target),
    before.transition === after.transition ? "same" : "other",
  ];
}

/** A higher limit gives more; units are told apart only where both have the same. */
function limitGives(before: RlimitRuleValue, after: RlimitRuleValue): Gives {
  if (before.resource !== after.resource) return "other";
  if (before.value === after.value) return "same";
  if (before.value === "infinity") return "less";
  if (after.value === "infinity") return "more";
  const [had, has] = [/^(-?\d+)\s*(\D*)$/u.exec(before.value), /^(-?\d+)\s*(\D*)$/u.exec(after.value)];
  if (had === null || has === null || had[2] !== has[2] || before.resource === "nice") return "unclear";
  return Number(has[1]) > Number(had[1]) ? "more" : "less";
}
