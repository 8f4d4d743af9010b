import type { NetworkReach } from "../analysis/index.ts";
import { writeRule, type Condition, type NetworkRuleValue } from "../rules/index.ts";
import { networkCellWords, networkProtocols, wordNamed } from "../vocabulary/index.ts";
import type { LossAnswer } from "./lowering.ts";
import {
  allowThatNeeds,
  answerOf,
  includeThatOpens,
  kept,
  knowsIncludes,
  kernelName,
  listed,
  parserName,
  reads,
  wholeReach,
  type Judgement,
  type RuleScene,
} from "./scene.ts";

/** What of a network rule a target can't have. */
interface LostParts {
  readonly operations: boolean;
  readonly address: boolean;
  readonly interfaces: boolean;
  /** Something of it the parser can't read; else all is read and dropped. */
  readonly unreadable: boolean;
}

const addressKeys: ReadonlySet<string> = new Set(["ip", "port"]);
const finerKeys: ReadonlySet<string> = new Set(["interface", "label"]);

/** A network rule: its operations, addresses, interfaces and labels, as far as parser and kernel of the target have them. */
export function judgeNetwork(scene: RuleScene, value: NetworkRuleValue): Judgement {
  const parts = lostParts(scene, value);
  if (parts === null) return kept;
  const coarse = coarseRules(value, parts);
  const [first = value] = coarse;
  const reach = reachOf(coarse);
  const instead = coarse.map(writeRule).join("\n");
  const cause = parts.unreadable ? "unreadable" : "widened";
  const why = whyLost(scene, value, parts, first);
  const answers = scene.deny ? denyAnswers(scene, reach, instead) : allowAnswers(scene, value, parts, reach, instead);
  return { kind: "lost", lost: { kind: "network", cause, why, answers } };
}

function lostParts(scene: RuleScene, value: NetworkRuleValue): LostParts | null {
  const conditions = [...value.local, ...value.peer];
  const named = (keys: ReadonlySet<string>) => conditions.some(({ key }) => keys.has(key));
  const unix = value.domain === "unix";
  const readsOperations = value.permissions.length === 0 || reads(scene, "network-operation");
  const readsAddress = !named(addressKeys) || reads(scene, "network-address");
  const readsFiner = !named(finerKeys) || reads(scene, "network-label");
  const address = named(addressKeys) && (!readsAddress || !scene.mediation.mediates("network by address"));
  const kind = unix ? "unix by address" : "network by interface";
  const interfaces = named(finerKeys) && (!readsFiner || !scene.mediation.mediates(kind));
  if (readsOperations && !address && !interfaces) return null;
  return {
    operations: !readsOperations,
    address,
    interfaces,
    unreadable: !(readsOperations && readsAddress && readsFiner),
  };
}

/**
 * The rules without what can't be had. Where an address is named and no family, parsers mean IPv4 and IPv6: `network peer=(ip=A),`
 * compiles to the same bytes as `network inet,` with `network inet6,` (4.1.0 and 5.0.2).
 */
function coarseRules(value: NetworkRuleValue, { operations, address, interfaces }: LostParts): NetworkRuleValue[] {
  const rest = (conditions: readonly Condition[]): Condition[] =>
    conditions.filter(({ key }) => !(address && addressKeys.has(key)) && !(interfaces && finerKeys.has(key)));
  const plain: NetworkRuleValue = {
    ...value,
    permissions: operations ? [] : value.permissions,
    local: rest(value.local),
    peer: rest(value.peer),
  };
  const namesFamily = value.domain !== null || value.protocol !== null || protocolOf(value) !== undefined;
  const named = [...value.local, ...value.peer].some(({ key }) => addressKeys.has(key));
  if (!named || !address || namesFamily) return [plain];
  return ["inet", "inet6"].map((domain) => ({ ...plain, domain }));
}

function protocolOf({ type, protocol }: NetworkRuleValue) {
  return wordNamed(networkProtocols, protocol ?? type ?? "");
}

function reachOf(rules: readonly NetworkRuleValue[]): NetworkReach {
  const reaches = rules.flatMap((rule) => wholeReach(rule) ?? []);
  const [first] = reaches;
  const domains = reaches.some((each) => each.domains === null) ? null : reaches.flatMap((each) => each.domains ?? []);
  return { domains, types: first?.types ?? null };
}

function whyLost(scene: RuleScene, value: NetworkRuleValue, parts: LostParts, coarse: NetworkRuleValue): string {
  const said: string[] = [];
  const unread = [
    ...(parts.operations ? ["operations"] : []),
    ...(parts.address && !reads(scene, "network-address") ? ["addresses", "ports"] : []),
    ...(parts.interfaces && !reads(scene, "network-label") ? ["interfaces", "labels"] : []),
  ];
  if (unread.length > 0) said.push(`${parserName(scene)} can't read ${listed(unread)} in network rules.`);
  if (parts.address && !scene.mediation.mediates("network by address")) {
    said.push(`${kernelName(scene)} can't tell one address or port from another.`);
  }
  if (parts.interfaces && reads(scene, "network-label")) {
    said.push(`${kernelName(scene)} tells no interfaces or labels of these sockets apart.`);
  }
  if (!parts.unreadable) {
    said.push(`The parser reads the rule without a word and compiles \`${writeRule(coarse).replace(/,$/u, "")}\`.`);
  }
  if (isDnsByUdp(value)) {
    said.push("No Debian kernel up to 7.2 can allow DNS over UDP and refuse other UDP by AppArmor alone.");
  }
  return said.join(" ");
}

/** Lookups by UDP: the peer's port is 53, or its address that of systemd-resolved. */
function isDnsByUdp(value: NetworkRuleValue): boolean {
  const type = protocolOf(value)?.type ?? value.type;
  const has = (key: string, wanted: RegExp): boolean =>
    value.peer.some((condition) => condition.key === key && condition.values.some((each) => wanted.test(each)));
  return (type === null || type === "dgram") && (has("port", /^53$/u) || has("ip", /^127\.0\.0\.5[34]$/u));
}

function opens(value: { readonly instead: string }, reach: NetworkReach, operations: readonly string[]): string {
  const domains = reach.domains ?? [null];
  const types = reach.types ?? [null];
  const words = domains.flatMap((domain) =>
    types.map((type) => networkCellWords(domain, type).allows.replace(/\.$/u, "")),
  );
  const only = operations.length === 0 ? "" : ` Only these operations: ${operations.join(", ")}.`;
  return `\`${value.instead.replaceAll("\n", " ")}\` opens: ${[...new Set(words)].join("; ")}.${only}`;
}

function allowAnswers(
  scene: RuleScene,
  value: NetworkRuleValue,
  parts: LostParts,
  reach: NetworkReach,
  instead: string,
): LossAnswer[] {
  const risk = opens({ instead }, reach, parts.operations ? [] : value.permissions);
  const opener = includeThatOpens(scene, reach);
  const anyway = opener === null ? "" : ` But \`${opener}\`, which the profile includes, opens all of it anyway.`;
  const refused = `These sockets are refused, unless another rule allows them: it fails closed.${anyway}`;
  return [
    answerOf("coarse", `Allow \`${oneLine(instead)}\``, instead, risk),
    ...(parts.address && protocolsOf(value).length > 0 ? companions(risk, instead) : []),
    ...(isDnsByUdp(value) ? [resolvedAnswer(anyway)] : []),
    answerOf("omit", "Allow nothing of it", null, refused),
  ];
}

function companions(risk: string, instead: string): LossAnswer[] {
  const says = (by: string): string =>
    `${risk} ${by} enforces the peer beside AppArmor; the wish stands in hauberk.json.`;
  return [
    answerOf("companion", "Allow it, and let systemd keep the peer", instead, says("A systemd drop-in"), {
      id: "companion-systemd",
      companion: "systemd",
    }),
    answerOf("companion", "Allow it, and let nftables keep the peer", instead, says("An nftables table"), {
      id: "companion-nftables",
      companion: "nftables",
    }),
  ];
}

/** The rules for lookups without any internet socket: nss-resolve asks systemd-resolved over its socket of the unix family. */
export const resolvedRules = ["network unix stream,", "/{,var/}run/systemd/resolve/io.systemd.Resolve rw,"].join("\n");

function resolvedAnswer(anyway: string): LossAnswer {
  return answerOf(
    "text",
    "No internet socket: lookups by systemd-resolved's own socket",
    resolvedRules,
    "The program can send no UDP at all. Lookups go through nss-resolve to systemd-resolved: the machine needs the package " +
      `libnss-resolve, and a program that asks DNS by itself, past the C library, finds nothing.${anyway}`,
    { id: "text-resolved" },
  );
}

/** The protocols that a wish in `hauberk.json` can name. */
export function protocolsOf(value: NetworkRuleValue): ("tcp" | "udp")[] {
  const type = protocolOf(value)?.type ?? value.type;
  if (value.domain !== null && value.domain !== "inet" && value.domain !== "inet6") return [];
  if (type === null) return ["tcp", "udp"];
  return type === "stream" ? ["tcp"] : type === "dgram" ? ["udp"] : [];
}

/** For a deny nothing is closed that an allow of the profile needs; a coarse deny is offered only where none does. */
export function denyAnswers(scene: RuleScene, reach: NetworkReach, instead: string): LossAnswer[] {
  const needed = allowThatNeeds(scene, reach);
  const open =
    "What it should close stays open wherever another rule opens it; what no rule allows is refused all the same.";
  const omit = (why: string): LossAnswer => answerOf("omit", "Deny nothing of it", null, `${open}${why}`);
  if (needed !== null) {
    const { placed, from } = needed;
    const place = from === null ? "the profile" : `\`${from}\``;
    const needs = `\`${writeRule(placed.rule.value).replace(/,$/u, "")}\` in ${place}`;
    return [omit(` A coarser deny is not offered: it would close what ${needs} allows.`)];
  }
  if (!knowsIncludes(scene)) {
    return [omit(" A coarser deny is not offered: it is not known whether something needs what it would close.")];
  }
  return [
    omit(""),
    answerOf(
      "coarse",
      `Deny \`${oneLine(instead).replace(/^(?:audit )?deny /u, "")}\``,
      instead,
      "It closes more than the rule says; no allow of the profile needs any of that.",
    ),
  ];
}

function oneLine(text: string): string {
  return text.replaceAll("\n", " ").replace(/,$/u, "");
}
