import { includeBrings, type NetworkReach, type PolicyFiles, reachOfRule } from "@hauberk/core/analysis";
import {
  effectiveQualifiers,
  type FileView,
  type IncludeView,
  isDropped,
  type ProfileView,
} from "@hauberk/core/design";
import { type NetworkRuleValue, noQualifiers, type RuleValue } from "@hauberk/core/rules";
import { type SyntaxNode, textOf } from "@hauberk/core/syntax";
import { networkProtocols } from "@hauberk/core/vocabulary";

import { furtherMarks, lineOf, ruleMarks } from "../../panel/rule-place.ts";

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
  /** `exact`: the rule of this cell. `wider`: a rule over more. `part`: over some operations or addresses. `include`: an abstraction's. */
  readonly reach: "exact" | "wider" | "part" | "include";
  /** No parser keeps it: it is shown, and says nothing of what holds. */
  readonly forgotten: boolean;
  /** Where it stands, if not plainly in the profile, and what else it says: a clause each. */
  readonly marks: readonly string[];
  /** The families and types it covers; null means all. */
  readonly covers: Reach;
  /** A box can say it: that of its cell or of its whole family. */
  readonly boxed: boolean;
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

/** What a rule with permissions, addresses, interfaces or labels comes to on every Debian kernel. */
export interface FineWords {
  /** In words: only permissions hold there, addresses never (measured with 6.1, 6.12 and 7.2). */
  readonly words: string;
  /** True where the rule's limits are dropped without a message. */
  readonly widened: boolean;
}

/** The network side of a profile. */
export interface NetworkView {
  /** `type` null is the box of the whole family. */
  readonly cell: (domain: string, type: string | null) => NetworkCell;
  /** The numbers, among the profile's rules, of those over more than one cell or over a part of one: no box says them. */
  readonly beyond: ReadonlySet<number>;
  /** Families that the rules name and the grid may not list. */
  readonly namedDomains: readonly string[];
}

/** Families and types; null means all of them. */
export type Reach = NetworkReach;

/** The bare `network,`, to make others of. */
export const anySocket: NetworkRuleValue = {
  kind: "network",
  qualifiers: noQualifiers,
  permissions: [],
  domain: null,
  type: null,
  protocol: null,
  local: [],
  peer: [],
};

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
function coarseText(value: NetworkRuleValue): string {
  const permissions = value.permissions.length > 0 ? `(${value.permissions.join(", ")})` : null;
  const parts = ["network", permissions, value.domain, value.type, value.protocol];
  return `${parts.filter((part) => part !== null).join(" ")},`;
}

/** What becomes of a fine rule, `deny` with what stands around it. */
export function fineWords(value: NetworkRuleValue, deny: boolean): FineWords {
  const coarse = coarseText(value);
  if (value.local.length + value.peer.length === 0) {
    const held = value.permissions.join(", ");
    return {
      words: `Needs a parser from 4.0 on; the kernels then hold it to ${held}, with any address.`,
      widened: false,
    };
  }
  const same = deny
    ? `denies every address, exactly as \`deny ${coarse}\` would`
    : `any address is allowed, exactly as \`${coarse}\` would`;
  return { words: `Widened on every Debian kernel: ${same}, without a message.`, widened: true };
}

const covered = (list: readonly string[] | null, item: string): boolean => list === null || list.includes(item);

function strongest(sources: readonly CellSource[]): CellAccess {
  const kept = sources.filter(({ forgotten }) => !forgotten);
  if (kept.some(({ access }) => access === "deny")) return "deny";
  return kept.length > 0 ? "allow" : "none";
}

/** What a rule speaks of, and whether only of a part of it; null for rules that open and close no socket. */
function reachOf(value: RuleValue, deny: boolean): { readonly covers: Reach; readonly part: boolean } | null {
  if (value.kind !== "network" && value.kind !== "unix" && value.kind !== "all") return null;
  const covers = reachOfRule(value);
  if (covers !== null) return { covers, part: value.kind === "network" && isFine(value) };
  // Its address is dropped wherever only kinds of sockets are mediated; a deny of one is ignored there.
  if (value.kind !== "unix" || deny) return null;
  const types = value.local.find(({ key }) => key === "type")?.values ?? null;
  return { covers: { domains: ["unix"], types }, part: true };
}

/** The network rules of a profile, as the grid and the lists show them. `files` is where its includes lead, if known. */
export function networkView(file: FileView, profile: ProfileView, files: PolicyFiles | null = null): NetworkView {
  const sources: CellSource[] = [];
  const beyond = new Set<number>();
  const named = new Set<string>();
  for (const [index, placed] of profile.rules.entries()) {
    const { value, node } = placed.rule;
    const { access, audit } = effectiveQualifiers(file.tree, placed);
    const reached = reachOf(value, access === "deny");
    if (reached === null) continue;
    const { covers, part } = reached;
    if (value.kind === "network" && value.domain !== null) named.add(value.domain);
    const exact = value.kind === "network" && !part && covers.domains?.length === 1 && covers.types?.length === 1;
    // Those on single sockets of the machine are the panel IPC's.
    if (!exact && !(value.kind === "unix" && part)) beyond.add(index);
    const forgotten = isDropped(placed);
    sources.push({
      line: lineOf(file.tree, node.start),
      start: node.start,
      rule: index,
      text: oneLine(textOf(file.tree, node)),
      access: access === "deny" ? "deny" : "allow",
      audit,
      reach: part ? "part" : exact ? "exact" : "wider",
      // The box of a whole family is a network rule's.
      boxed: value.kind === "network" && !part,
      forgotten,
      marks: [...ruleMarks(file.tree, placed).map(({ words }) => words), ...furtherMarks(file.tree, placed.rule)],
      covers,
    });
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
        boxed: false,
        forgotten: false,
        marks: [],
        covers,
      });
    }
  }
  return {
    cell: (domain, type) => cellOf(sources, domain, type),
    beyond,
    namedDomains: [...named],
  };
}

function cellOf(all: readonly CellSource[], domain: string, type: string | null): NetworkCell {
  const isExact = ({ covers, reach, boxed }: CellSource) =>
    boxed && covers.domains?.length === 1 && (type === null ? covers.types === null : reach === "exact");
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
    audit: exact.some(({ audit, forgotten }) => audit && !forgotten),
    sources,
  };
}

/** A sentence on what reaches a cell beside its own rule, or null. */
export function inheritedWords(cell: NetworkCell): string | null {
  const others = cell.sources.filter(({ reach, forgotten }) => reach !== "exact" && !forgotten);
  const denies = others.find(({ access }) => access === "deny");
  if (denies !== undefined && cell.own === "allow") {
    return `ticked, but ${placedText(denies)} closes it: an explicit deny always wins`;
  }
  const first = denies ?? others[0];
  if (first === undefined) return null;
  const access = first.access === "deny" ? "denied" : "allowed";
  return `${access}${first.reach === "part" ? ", at least in part," : ""} by ${placedText(first)}`;
}

/** A rule by its text, its line, and the first thing that is peculiar about it. */
function placedText({ text, line, marks: [mark] }: CellSource): string {
  return `\`${text}\` on line ${line}${mark === undefined ? "" : `, which ${mark}`}`;
}

/** What a cell's own rules say that its box can't, a sentence each. */
export function ownWords({ sources }: NetworkCell): readonly string[] {
  return sources
    .filter(({ reach }) => reach === "exact")
    .flatMap(({ line, marks }) => marks.map((words) => `The rule on line ${line} ${words}.`));
}

/** The one family and one type that a wide rule is best described by, null for all; for `networkCellWords`. */
export function reachWords(covers: Reach): { readonly domain: string | null; readonly type: string | null } {
  const type = covers.types?.[0] ?? null;
  if (covers.domains === null || covers.domains.length === 1) return { domain: covers.domains?.[0] ?? null, type };
  const protocol = networkProtocols.find((word) => word.type === type);
  return { domain: null, type: protocol?.name ?? type };
}
