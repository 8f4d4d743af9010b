import { effectiveQualifiers, isDropped, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import { changeRule, noQualifiers, type NetworkRuleValue, type RuleEdits } from "../rules/index.ts";
import type { TextEdit } from "../text/index.ts";
import { networkProtocols } from "../vocabulary/index.ts";
import { accept, refuse } from "./answer.ts";
import { wished, type AccessWish } from "./capability.ts";
import { checkRule } from "./check-rule.ts";
import { ruleName } from "./describe-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { lineOf, openContainer, ruleInsertion, ruleRemoval, unreadProblem } from "./edit-rule.ts";
import { mergeEdits } from "./merge-edits.ts";

/** A box of the grid: one family and type; null stands for all of them. */
export interface NetworkCell {
  readonly domain: string | null;
  readonly type: string | null;
}

/** What a profile says of one box of the grid. */
export interface NetworkTick {
  /** What holds for all of the box: a deny beats an allow. */
  readonly access: "none" | "allow" | "deny";
  readonly audit: boolean;
  /** The rules that speak of exactly this box. */
  readonly exact: readonly ProfileRule[];
  /** The rules that speak of more than this box, such as `network inet,`. */
  readonly wider: readonly ProfileRule[];
  /** The rules that speak of a part of it: some operations, one address. */
  readonly partial: readonly ProfileRule[];
}

type Extent = "exact" | "wider" | "partial";

interface Found {
  readonly placed: ProfileRule;
  readonly value: NetworkRuleValue;
  readonly extent: Extent;
  readonly access: "allow" | "deny";
  readonly audit: boolean;
  readonly conditional: boolean;
}

/** What the profile says of a family and type. */
export function networkTick(file: FileView, profile: ProfileView, cell: NetworkCell): NetworkTick {
  const found = networkRules(file, profile, cell);
  const whole = found.filter(({ extent }) => extent !== "partial");
  const denied = whole.filter(({ access }) => access === "deny");
  const holding = denied.length > 0 ? denied : whole;
  const placed = (extent: Extent): ProfileRule[] =>
    found.filter((rule) => rule.extent === extent).map((rule) => rule.placed);
  return {
    access: denied.length > 0 ? "deny" : whole.length > 0 ? "allow" : "none",
    audit: holding.some(({ audit }) => audit),
    exact: placed("exact"),
    wider: placed("wider"),
    partial: placed("partial"),
  };
}

/** Ticks, denies or unticks a family and type; with both null it is every socket, `network,`. */
export function setNetwork(file: FileView, profile: ProfileView, cell: NetworkCell, wish: AccessWish): EditOutcome {
  const reason = checkRule(plainRule(cell, noQualifiers));
  if (reason !== null) return refuse(reason);
  const container = openContainer(file, profile);
  if (typeof container === "string") return refuse(container);
  const found = networkRules(file, profile, cell);
  const covered = coveringReason(file, found, cell, wish.access);
  if (covered !== null) return refuse(covered);

  const verb = wish.access === "none" ? "untick" : wish.access === "allow" ? "tick" : "deny";
  const label = `${verb} network ${cellName(cell)}`;
  const exact = found.filter(({ extent }) => extent === "exact");
  if (wish.access === "none") {
    // A rule for all of the box goes first; what speaks of a part of it goes with the next untick.
    return without(file, exact.length > 0 ? exact : found.filter(({ extent }) => extent === "partial"), label, {
      ok: true,
      edits: [],
    });
  }
  const free = exact.filter(({ placed, conditional }) => placed.within.length === 0 && !conditional);
  const keeper = free.find(({ access }) => access === wish.access) ?? free[0];
  const others = exact.filter((rule) => rule !== keeper && rule.access !== wish.access);
  const qualifiers = wished(
    keeper?.value.qualifiers ?? noQualifiers,
    wish.access,
    wish.audit ?? keeper?.audit ?? false,
  );
  const edits: RuleEdits =
    keeper === undefined
      ? { ok: true, edits: [ruleInsertion(container, plainRule(cell, qualifiers))] }
      : changeRule(file.tree, keeper.placed.rule, { ...keeper.value, qualifiers });
  return without(file, others, label, edits);
}

function plainRule({ domain, type }: NetworkCell, qualifiers: NetworkRuleValue["qualifiers"]): NetworkRuleValue {
  return { kind: "network", qualifiers, permissions: [], domain, type, protocol: null, local: [], peer: [] };
}

function cellName({ domain, type }: NetworkCell): string {
  return [domain, type].filter((word) => word !== null).join(" ") || "of every kind";
}

function networkRules(file: FileView, profile: ProfileView, cell: NetworkCell): Found[] {
  return profile.rules.flatMap((placed) => {
    const { value } = placed.rule;
    if (value.kind !== "network" || isDropped(placed)) return [];
    const extent = extentOf(value, cell);
    return extent === null ? [] : [{ placed, value, extent, ...effectiveQualifiers(file.tree, placed) }];
  });
}

/** How a rule lies to a box; null where it does not touch it, or only opens boxes within it. */
function extentOf(value: NetworkRuleValue, cell: NetworkCell): Extent | null {
  const meant = meaningOf(value);
  const domainFits = meant.domains === null || (cell.domain !== null && meant.domains.includes(cell.domain));
  const typeFits = meant.type === null || meant.type === cell.type;
  if (!domainFits || !typeFits) return null;
  const sameDomain = meant.domains === null ? cell.domain === null : meant.domains.length === 1;
  const same = sameDomain && meant.type === cell.type;
  const limited = value.permissions.length > 0 || value.local.length > 0 || value.peer.length > 0;
  if (limited) return same ? "partial" : null;
  return same ? "exact" : "wider";
}

/** Families (null: all) and type that a rule speaks of; `tcp` is the stream sockets of IPv4 and IPv6. */
function meaningOf({ domain, type, protocol }: NetworkRuleValue): {
  domains: readonly string[] | null;
  type: string | null;
} {
  const word = networkProtocols.find(({ name }) => name === protocol);
  if (word === undefined) return { domains: domain === null ? null : [domain], type };
  if (domain !== null) return { domains: [domain], type: word.type };
  return { domains: word.inet6 ? ["inet", "inet6"] : ["inet"], type: word.type };
}

/** Why a wider rule stands against the wish; null where none does. */
function coveringReason(
  file: FileView,
  found: readonly Found[],
  cell: NetworkCell,
  wish: AccessWish["access"],
): string | null {
  const wider = found.filter(({ extent, conditional }) => extent === "wider" && !conditional);
  const name = cellName(cell);
  const deny = wider.find(({ access }) => access === "deny");
  if (deny !== undefined) {
    return `${told(file, deny)} denies ${name} with all it covers, and a deny beats every allow; narrow that rule first`;
  }
  const [allow] = wider;
  if (allow === undefined || wish === "deny") return null;
  return wish === "allow"
    ? `${told(file, allow)} allows ${name} already`
    : `${told(file, allow)} allows ${name} with all it covers; replace it by the families and types that are needed`;
}

function told(file: FileView, { placed, value }: Found): string {
  return `\`${ruleName(value)}\` in line ${lineOf(file, placed.rule.node)}`;
}

/** Takes rules away beside other edits; not those of which a part can't be read, which may speak of more than the box. */
function without(file: FileView, rules: readonly Found[], label: string, beside: RuleEdits): EditOutcome {
  if (!beside.ok) return beside;
  const removals: TextEdit[] = [];
  for (const { placed } of rules) {
    const unread = unreadProblem(file, placed.rule);
    if (unread !== null) return refuse(unread);
    const removal = ruleRemoval(file, placed.rule);
    if (removal === undefined) return refuse("the braces around this rule are not closed; mend them first");
    removals.push(removal);
  }
  return accept(file, label, mergeEdits([...removals, ...beside.edits]));
}
