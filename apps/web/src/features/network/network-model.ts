import { includeBrings, type NetworkReach, type PolicyFiles, reachOfRule } from "@hauberk/core/analysis";
import { effectiveQualifiers, type FileView, type IncludeView, type ProfileView } from "@hauberk/core/design";
import type { NetworkRuleValue } from "@hauberk/core/rules";
import { type SyntaxNode, textOf } from "@hauberk/core/syntax";
import { networkProtocols } from "@hauberk/core/vocabulary";

import { lineOf, placeMarks } from "../../panel/rule-place.ts";

/** What a cell of the grid says. */
export type CellAccess = "none" | "allow" | "deny";

/** A rule or include that speaks of a cell. */
export interface CellSource {
  /** The rule's text on one line, or the include's. */
  readonly text: string;
  readonly line: number;
  readonly start: number;
  /** The rule's number among those of the profile; null for an include. */
  readonly rule: number | null;
  readonly access: "allow" | "deny";
  readonly audit: boolean;
  /** `exact`: the rule of this cell. `wider`: a rule over more. `include`: an abstraction's. */
  readonly reach: "exact" | "wider" | "include";
  /** The families and types it covers; null means all. */
  readonly covers: Reach;
}

/** One family and type of socket; type null is the whole family. */
export interface NetworkCell {
  readonly domain: string;
  readonly type: string | null;
  /** By rules of exactly this cell. */
  readonly own: CellAccess;
  /** By all that reaches it; a deny beats an allow. */
  readonly effective: CellAccess;
  readonly audit: boolean;
  readonly sources: readonly CellSource[];
}

/** A network rule with permissions, addresses, interfaces or labels: shown as it is, ticked nowhere. */
export interface FineRule {
  readonly index: number;
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly deny: boolean;
  /** What it comes to on every Debian kernel, in words; FACTS: only permissions hold there, addresses never. */
  readonly words: string;
  /** True where the rule's limits are dropped without a message. */
  readonly widened: boolean;
  /** The coarse rule that it comes to. */
  readonly coarse: string;
}

/** The network side of a profile. */
export interface NetworkView {
  /** `type` null is the box of the whole family. */
  readonly cell: (domain: string, type: string | null) => NetworkCell;
  readonly fine: readonly FineRule[];
  /** Rules over several cells. */
  readonly wide: readonly CellSource[];
  /** Families that the rules name and the grid may not list. */
  readonly namedDomains: readonly string[];
}

/** Families and types; null means all of them. */
export type Reach = NetworkReach;

const everything: Reach = { domains: null, types: null };

/** What well-known abstractions open, as compiled on Debian 12: for the time when their text is not at hand. */
const includeReach: Readonly<Record<string, readonly Reach[]>> = {
  "abstractions/nameservice": [
    { domains: ["inet", "inet6"], types: ["stream", "dgram"] },
    { domains: ["netlink"], types: ["raw"] },
  ],
};

/** What an include opens: told by its text where that is at hand. */
function reachOfInclude(include: IncludeView, files: PolicyFiles | null): readonly Reach[] {
  const brings = files === null ? null : includeBrings(include, files);
  return brings === null || brings.standing === "unknown" ? (includeReach[include.path] ?? []) : brings.reach;
}

function oneLine(text: string): string {
  return text
    .replaceAll(/#[^\n]*/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The node of the rule or the include of a profile that begins at an offset. */
export function ruleOrIncludeAt({ rules, includes }: ProfileView, start: number): SyntaxNode | undefined {
  return [...rules.map(({ rule }) => rule.node), ...includes.map(({ node }) => node)].find(
    (node) => node.start === start,
  );
}

/** True for a rule that says more than family, type and protocol. */
export function isFine(value: NetworkRuleValue): boolean {
  return value.permissions.length > 0 || value.local.length > 0 || value.peer.length > 0;
}

/** The rule without what the kernels drop: without addresses, ports, interfaces and labels. */
function coarseText(value: NetworkRuleValue, keepPermissions: boolean): string {
  const permissions = keepPermissions && value.permissions.length > 0 ? `(${value.permissions.join(", ")})` : null;
  const parts = ["network", permissions, value.domain, value.type, value.protocol];
  return `${parts.filter((part) => part !== null).join(" ")},`;
}

function fineWords(value: NetworkRuleValue, deny: boolean): string {
  const conditions = [...value.local, ...value.peer];
  const coarse = coarseText(value, true);
  if (conditions.length === 0) {
    return `Needs a parser from 4.0 on; the kernels then hold it to ${value.permissions.join(", ")}, with any address.`;
  }
  return deny
    ? `Widened on every Debian kernel: denies every address, exactly as \`deny ${coarse}\` would, without a message.`
    : `Widened on every Debian kernel: any address is allowed, exactly as \`${coarse}\` would, without a message.`;
}

const covered = (list: readonly string[] | null, item: string): boolean => list === null || list.includes(item);

function strongest(sources: readonly CellSource[]): CellAccess {
  if (sources.some(({ access }) => access === "deny")) return "deny";
  return sources.length > 0 ? "allow" : "none";
}

/** The network rules of a profile, as the grid and the lists show them. `files` is where its includes lead, if known. */
export function networkView(file: FileView, profile: ProfileView, files: PolicyFiles | null = null): NetworkView {
  const sources: CellSource[] = [];
  const fine: FineRule[] = [];
  const named = new Set<string>();
  for (const [index, placed] of profile.rules.entries()) {
    const { value, node } = placed.rule;
    if (value.kind !== "network" && value.kind !== "unix" && value.kind !== "all") continue;
    const { access, audit } = effectiveQualifiers(file.tree, placed);
    const place = placeMarks(file.tree, placed.within).at(-1)?.words;
    const deny = access === "deny";
    const at = { line: lineOf(file.tree, node.start), start: node.start };
    const text = oneLine(textOf(file.tree, node)) + (place === undefined ? "" : ` (${place})`);
    if (value.kind === "network" && value.domain !== null) named.add(value.domain);
    if (value.kind === "network" && isFine(value)) {
      const widened = value.local.length + value.peer.length > 0;
      fine.push({
        ...at,
        index,
        end: node.end,
        text,
        deny,
        widened,
        words: fineWords(value, deny),
        coarse: coarseText(value, false),
      });
      // A fine rule opens its cell in part or, where widened, wholly: the cell must not look closed.
      sources.push({
        ...at,
        rule: index,
        text,
        access: deny ? "deny" : "allow",
        audit,
        reach: "wider",
        covers: reachOfRule(value) ?? everything,
      });
      continue;
    }
    if (value.kind === "unix" && value.permissions.length + value.local.length + value.peer.length > 0) continue;
    const covers: Reach = reachOfRule(value) ?? everything;
    const exact = covers.domains?.length === 1 && covers.types?.length === 1;
    const reach = exact ? "exact" : "wider";
    sources.push({ ...at, rule: index, text, access: deny ? "deny" : "allow", audit, reach, covers });
  }
  for (const include of profile.includes) {
    for (const covers of reachOfInclude(include, files)) {
      const at = { line: lineOf(file.tree, include.node.start), start: include.node.start };
      sources.push({
        ...at,
        rule: null,
        text: `include <${include.path}>`,
        access: "allow",
        audit: false,
        reach: "include",
        covers,
      });
    }
  }
  return {
    cell: (domain, type) => cellOf(sources, domain, type),
    fine,
    wide: sources.filter(({ reach, start }) => reach === "wider" && !fine.some((rule) => rule.start === start)),
    namedDomains: [...named],
  };
}

function cellOf(all: readonly CellSource[], domain: string, type: string | null): NetworkCell {
  const isExact = ({ covers, reach }: CellSource) =>
    reach !== "include" && covers.domains?.length === 1 && (type === null ? covers.types === null : reach === "exact");
  const sources = all
    .filter(
      ({ covers }) =>
        covered(covers.domains, domain) && (type === null ? covers.types === null : covered(covers.types, type)),
    )
    .map((source): CellSource => (type === null && isExact(source) ? { ...source, reach: "exact" } : source));
  const exact = sources.filter(({ reach }) => reach === "exact");
  return {
    domain,
    type,
    own: strongest(exact),
    effective: strongest(sources),
    audit: exact.some(({ audit }) => audit),
    sources,
  };
}

/** A sentence on what reaches a cell beside its own rule, or null. */
export function inheritedWords(cell: NetworkCell): string | null {
  const others = cell.sources.filter(({ reach }) => reach !== "exact");
  const denies = others.find(({ access }) => access === "deny");
  if (denies !== undefined && cell.own === "allow") {
    return `ticked, but \`${denies.text}\` on line ${denies.line} closes it: an explicit deny always wins`;
  }
  const first = denies ?? others[0];
  if (first === undefined) return null;
  return `${first.access === "deny" ? "denied" : "allowed"} by \`${first.text}\` on line ${first.line}`;
}

/** The one family and one type that a wide rule is best described by, null for all; for `networkCellWords`. */
export function reachWords({ covers }: CellSource): { readonly domain: string | null; readonly type: string | null } {
  const type = covers.types?.[0] ?? null;
  if (covers.domains === null || covers.domains.length === 1) return { domain: covers.domains?.[0] ?? null, type };
  const protocol = networkProtocols.find((word) => word.type === type);
  return { domain: null, type: protocol?.name ?? type };
}
