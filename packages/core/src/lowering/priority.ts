import { patternsMeet } from "../analysis/index.ts";
import { writeRule, type FilePermission, type RuleValue } from "../rules/index.ts";
import { answerOf, kept, neighbours, parserName, reads, type Judgement, type RuleScene } from "./scene.ts";

/**
 * `priority=` where the parser can't read it. Rules that no other contradicts mean the same without it (the compiled bytes are equal). Where an
 * allow stands above a deny that it meets, the deny goes: without priorities it would win and close what the profile allows.
 */
export function judgePriority(scene: RuleScene, value: RuleValue): Judgement {
  if (reads(scene, "priority")) return kept;
  const priority = priorityOf(value);
  if (scene.deny) {
    const above = neighbours(scene).find(
      ({ placed, deny }) =>
        !deny && priorityOf(placed.rule.value) > priority && mayMeet(scene, placed.rule.value, value),
    );
    if (above !== undefined) return lostDeny(scene, above.placed.rule.value);
  } else if (priority > 0) {
    const below = neighbours(scene).find(
      ({ placed, deny, from }) =>
        deny && from !== null && priorityOf(placed.rule.value) < priority && mayMeet(scene, placed.rule.value, value),
    );
    if (below !== undefined) return lostAllow(scene, value, below.placed.rule.value, below.from ?? "");
  }
  if (value.qualifiers.priority === null) return kept;
  return {
    kind: "rewritten",
    instead: writeRule(withoutPriority(value)),
    why: `${parserName(scene)} can't read \`priority=\`; no rule that it is set against is left to win over this one.`,
  };
}

/** The rule without its priority. */
export function withoutPriority(value: RuleValue): RuleValue {
  return { ...value, qualifiers: { ...value.qualifiers, priority: null } };
}

function priorityOf(value: RuleValue): number {
  return value.qualifiers.priority ?? 0;
}

function lostDeny(scene: RuleScene, allow: RuleValue): Judgement {
  const name = writeRule(allow).replace(/,$/u, "");
  return {
    kind: "lost",
    lost: {
      kind: "priority",
      cause: "unreadable",
      why: `${parserName(scene)} can't read \`priority=\`: there this deny would win over \`${name}\`, which stands above it.`,
      answers: [
        answerOf(
          "omit",
          "Deny nothing of it",
          null,
          "What it should close stays open wherever another rule opens it; what no rule allows is refused all the same.",
        ),
      ],
    },
  };
}

function lostAllow(scene: RuleScene, value: RuleValue, deny: RuleValue, from: string): Judgement {
  const instead = writeRule(withoutPriority(value));
  const name = writeRule(deny).replace(/,$/u, "");
  return {
    kind: "lost",
    lost: {
      kind: "priority",
      cause: "unreadable",
      why: `${parserName(scene)} can't read \`priority=\`, and \`${name}\` of \`${from}\` wins over the rule there.`,
      answers: [
        answerOf(
          "coarse",
          "Allow it without the priority",
          instead,
          "What both rules name is refused: it fails closed.",
        ),
        answerOf(
          "omit",
          "Allow nothing of it",
          null,
          "All of it is refused, unless another rule allows it: it fails closed.",
        ),
      ],
    },
  };
}

/** Whether two rules may speak of one access; true where that can't be told. */
function mayMeet({ symbols }: RuleScene, a: RuleValue, b: RuleValue): boolean {
  if (a.kind === "all" || b.kind === "all") return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === "capability" && b.kind === "capability") {
    return a.names.length === 0 || b.names.length === 0 || a.names.some((name) => b.names.includes(name));
  }
  if (a.kind !== "file" || b.kind !== "file" || a.path === null || b.path === null) return true;
  if (
    !a.permissions.some((one) => b.permissions.some((other) => sameAccess(one, other))) &&
    (a.exec === null || b.exec === null)
  ) {
    return false;
  }
  const [first, second] = [symbols.table.expandedText(a.path), symbols.table.expandedText(b.path)];
  return first.includes("@{") || second.includes("@{") || patternsMeet(first, second);
}

function sameAccess(a: FilePermission, b: FilePermission): boolean {
  return a === b || (writes(a) && writes(b));
}

function writes(permission: FilePermission): boolean {
  return permission === "w" || permission === "a";
}
