import { effectiveQualifiers, isDropped, type ProfileView } from "@hauberk/core/design";
import type { SyntaxTree } from "@hauberk/core/syntax";

import { furtherMarks, lineOf, ruleMarks } from "../../panel/rule-place.ts";

/** What a profile says of one capability in its own rules. */
export type CapabilityAccess = "none" | "allow" | "deny";

/** A rule that speaks of a capability. */
export interface CapabilitySource {
  readonly line: number;
  /** Position among the profile's rules: finds the rule again in the file's present view. */
  readonly index: number;
  /** Offset of the rule in the text: selects it in the editor. */
  readonly start: number;
  readonly access: "allow" | "deny";
  readonly audit: boolean;
  /** The bare `capability,`, which means all of them. */
  readonly wildcard: boolean;
  /** No parser keeps it: it is shown, and says nothing of what holds. */
  readonly forgotten: boolean;
  /** It names this one capability alone: what is done to it is done to no other. */
  readonly alone: boolean;
  /** Where it stands, if not plainly in the profile, and what else it says: a clause each. */
  readonly marks: readonly string[];
}

/** The state of one capability in a profile. */
export interface CapabilityState {
  readonly name: string;
  /** By rules that name it; a deny beats an allow. */
  readonly own: CapabilityAccess;
  /** What holds in the end, wildcards counted. */
  readonly effective: CapabilityAccess;
  /** A rule that names it says `audit`. */
  readonly audit: boolean;
  readonly sources: readonly CapabilitySource[];
}

/** All capabilities of a profile: the known ones in the given order, then names in the text that are not known. */
export interface CapabilityStates {
  readonly states: ReadonlyMap<string, CapabilityState>;
  /** Names that stand in the text but not in the list of known ones, in the order of the text. */
  readonly unknown: readonly string[];
  /** Rules `capability,` and `deny capability,`. */
  readonly wildcards: readonly CapabilitySource[];
}

function strongest(sources: readonly CapabilitySource[]): CapabilityAccess {
  const kept = sources.filter(({ forgotten }) => !forgotten);
  if (kept.some(({ access }) => access === "deny")) return "deny";
  return kept.length > 0 ? "allow" : "none";
}

/**
 * What the profile's own text says of each capability. Rules in included abstractions are not counted: their text is
 * the target's. `known` gives the names and their order.
 */
export function capabilityStates(tree: SyntaxTree, profile: ProfileView, known: readonly string[]): CapabilityStates {
  const byName = new Map<string, CapabilitySource[]>();
  const wildcards: CapabilitySource[] = [];
  for (const [index, placed] of profile.rules.entries()) {
    const { value, node } = placed.rule;
    if (value.kind !== "capability") continue;
    const { access, audit } = effectiveQualifiers(tree, placed);
    const forgotten = isDropped(placed);
    const source: CapabilitySource = {
      line: lineOf(tree, node.start),
      index,
      start: node.start,
      access: access === "deny" ? "deny" : "allow",
      audit,
      wildcard: value.names.length === 0,
      forgotten,
      alone: new Set(value.names).size === 1,
      marks: [...ruleMarks(tree, placed).map(({ words }) => words), ...furtherMarks(tree, placed.rule)],
    };
    if (source.wildcard) wildcards.push(source);
    for (const name of value.names) {
      const sources = byName.get(name);
      if (sources === undefined) byName.set(name, [source]);
      else sources.push(source);
    }
  }
  const unknown = [...byName.keys()].filter((name) => !known.includes(name));
  const states = new Map<string, CapabilityState>();
  for (const name of [...known, ...unknown]) {
    const named = byName.get(name) ?? [];
    const sources = [...named, ...wildcards];
    states.set(name, {
      name,
      own: strongest(named),
      effective: strongest(sources),
      audit: named.some(({ audit, forgotten }) => audit && !forgotten),
      sources,
    });
  }
  return { states, unknown, wildcards };
}

/** How many capabilities a profile allows, denies and audits. */
export interface CapabilityCounts {
  readonly allowed: number;
  readonly denied: number;
  readonly audited: number;
}

/** Counts over the states, wildcards counted. */
export function countCapabilities(states: Iterable<CapabilityState>): CapabilityCounts {
  let allowed = 0;
  let denied = 0;
  let audited = 0;
  for (const state of states) {
    if (state.effective === "allow") allowed += 1;
    if (state.effective === "deny") denied += 1;
    if (state.audit) audited += 1;
  }
  return { allowed, denied, audited };
}

/**
 * True where a capability fits a search: every word of the query stands in its name, its group or its sentence.
 * `CAP_NET_RAW` finds `net_raw`.
 */
export function matchesSearch(query: string, ...texts: readonly string[]): boolean {
  const haystack = texts.join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^cap_/, ""))
    .every((word) => haystack.includes(word));
}

/**
 * How the two switches of a row change the text: `allow` and `deny` are one three-way choice, a second press on the
 * chosen one takes it back.
 */
export function pressed(own: CapabilityAccess, button: "allow" | "deny"): CapabilityAccess {
  return own === button ? "none" : button;
}

/** A sentence on a state that the two switches alone cannot tell, or null where they tell all. */
export function stateWords(state: CapabilityState): string | null {
  const kept = state.sources.filter(({ forgotten }) => !forgotten);
  const wildcard = kept.find((source) => source.wildcard);
  if (state.effective === "deny" && state.own === "allow") {
    return `allowed by name, but \`deny capability,\` on line ${wildcard?.line ?? "?"} wins`;
  }
  if (state.own === "none" && wildcard !== undefined) {
    const all = kept.find(({ access }) => access === state.effective) ?? wildcard;
    return state.effective === "deny"
      ? `denied by \`deny capability,\` on line ${all.line}`
      : `allowed by \`capability,\` on line ${all.line}, which means all of them`;
  }
  const named = kept.filter((source) => !source.wildcard);
  if (named.some(({ access }) => access === "allow") && named.some(({ access }) => access === "deny")) {
    return "allowed and denied: the deny wins";
  }
  return null;
}

/** What the rules that name it say beside access and audit, a sentence each. */
export function sourceWords({ sources }: CapabilityState): readonly string[] {
  return sources.flatMap(({ wildcard, line, marks }) =>
    wildcard ? [] : marks.map((words) => `The rule on line ${line} ${words}.`),
  );
}
