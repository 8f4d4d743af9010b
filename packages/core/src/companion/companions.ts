import {
  effectiveQualifiers,
  type CompanionKind,
  type FileView,
  type HauberkConfig,
  type PeerWish,
  type ProfileView,
  type ServiceSettings,
} from "../design/index.ts";
import { networkDomainNamed } from "../vocabulary/index.ts";
import { apparmorRules } from "./apparmor-rules.ts";
import type { Companion, CompanionFile, Hold, PeerReport } from "./companion.ts";
import { stemOf } from "./companion-names.ts";
import { holdOf, nftHolding, riskOf, systemdHolding, type Holding } from "./holds.ts";
import { nftLoading, nftPath } from "./nft-loading.ts";
import { nftTableText, type NftTable } from "./nft-table.ts";
import { companionNotes, companionWarnings } from "./notes.ts";
import { ownerKey, ownerOf, type Owner } from "./owner.ts";
import { readPeerMatch, type PeerMatch } from "./peer-match.ts";
import { systemdDropIn, systemdPlan } from "./systemd-drop-in.ts";

/** What is made of a design's peers. */
export interface Companions {
  /** One for each service, in the order of `hauberk.json`. */
  readonly companions: readonly Companion[];
  /** Wishes of profiles of which nobody has said which service runs under them. */
  readonly unserved: readonly PeerReport[];
}

/**
 * Makes what enforces a design's peers beside AppArmor. A service's companion holds the wishes of its profile and of the
 * children of that profile, which run in the same service. `views` are the design's policy files: where they are given,
 * the drop-in names the families of sockets that the profile's own rules need.
 */
export function companionsOf(config: HauberkConfig, views: readonly FileView[] = []): Companions {
  const { services, peers } = config;
  const served = services.map((service) => ({
    service,
    wishes: peers.filter(({ profile }) => serviceOf(services, profile) === service),
  }));
  return {
    companions: served.map(({ service, wishes }) => companionOf(service, wishes, { services, views })),
    unserved: peers
      .filter(({ profile }) => serviceOf(services, profile) === undefined)
      .map((wish) => unservedReport(wish)),
  };
}

/** The service that runs under a profile: its own, or that of the nearest profile around it. */
export function serviceOf(services: readonly ServiceSettings[], profile: string): ServiceSettings | undefined {
  const around = services.filter(
    (service) => profile === service.profile || profile.startsWith(`${service.profile}//`),
  );
  return around.toSorted((a, b) => b.profile.length - a.profile.length)[0];
}

interface Surroundings {
  readonly services: readonly ServiceSettings[];
  readonly views: readonly FileView[];
}

function companionOf(service: ServiceSettings, wishes: readonly PeerWish[], around: Surroundings): Companion {
  const { profile, companions: kinds } = service;
  const stem = stemOf(profile);
  const matches = wishes.flatMap((wish) => {
    const reading = readPeerMatch(wish);
    return reading.ok ? [reading.match] : [];
  });
  const problems: string[] = [];
  if (wishes.length === 0)
    problems.push("the profile has no peers: a companion would refuse the service the network as a whole");
  if (matches.length < wishes.length)
    problems.push("peers that can't be read are left out, and refused by what is made here; mend them first");
  const systemd = kinds.includes("systemd") && wishes.length > 0 ? systemdPart(service, matches, around) : null;
  const nftables =
    kinds.includes("nftables") && wishes.length > 0 ? nftablesPart(service, matches, stem, around) : null;
  const parts: Parts = { systemd, nftables };
  for (const part of [systemd, nftables]) if (part !== null && !part.ok) problems.push(part.reason);
  const placed = profileNamed(around.views, profile);
  const made = [systemd, nftables].flatMap((part) => (part?.ok === true ? [part] : []));
  return {
    service,
    stem,
    files: made.flatMap(({ files }) => files),
    peers: wishes.map((wish) => reportOf(wish, parts, kinds)),
    warnings: made.length === 0 ? [] : companionWarnings({ profile: placed }),
    notes:
      made.length === 0
        ? []
        : companionNotes({
            service,
            matches,
            made: { systemd: systemd?.ok === true, owner: nftables?.ok === true ? nftables.owner : null },
            profile: placed,
          }),
    problems,
  };
}

type Part<More> =
  | ({
      readonly ok: true;
      readonly files: readonly CompanionFile[];
      readonly holding: (match: PeerMatch) => Holding;
    } & More)
  | { readonly ok: false; readonly reason: string };

interface Parts {
  readonly systemd: Part<object> | null;
  readonly nftables: Part<{ readonly owner: Owner }> | null;
}

function systemdPart(
  { profile, unit }: ServiceSettings,
  matches: readonly PeerMatch[],
  { services, views }: Surroundings,
): Part<object> {
  if (unit === undefined) return { ok: false, reason: "a drop-in of systemd needs the name of the unit" };
  const other = services.find((each) => each.unit === unit && each.profile !== profile);
  if (other !== undefined)
    return {
      ok: false,
      reason: `\`${unit}\` is also the unit of the profile \`${other.profile}\`: one drop-in can't hold two profiles' peers`,
    };
  const plan = systemdPlan(matches, domainsOf(views, profile));
  return {
    ok: true,
    files: [systemdDropIn(profile, unit, plan)],
    holding: (match) => systemdHolding(match, plan, matches),
  };
}

function nftablesPart(
  service: ServiceSettings,
  matches: readonly PeerMatch[],
  stem: string,
  { services }: Surroundings,
): Part<{ readonly owner: Owner }> {
  const reading = ownerOf(service);
  if (!reading.ok) return reading;
  const { owner } = reading;
  const other = services.find((each) => {
    const its = each === service ? null : ownerOf(each);
    return its?.ok === true && ownerKey(its.owner) === ownerKey(owner);
  });
  if (other !== undefined) {
    const what = owner.kind === "user" ? `the user \`${owner.user}\`` : `the control group \`${owner.path}\``;
    return {
      ok: false,
      reason: `${what} is also that of the profile \`${other.profile}\`, and each table would refuse what the other allows: tell them apart by their units`,
    };
  }
  const table: NftTable = { profile: service.profile, table: `hauberk_${stem}`, owner, matches };
  const file: CompanionFile = {
    kind: "nftables",
    path: nftPath(stem),
    text: nftTableText(table),
    about: `The table: what ${owner.kind === "user" ? `the user \`${owner.user}\`` : "the service"} may speak with, address by address and port by port.`,
  };
  return {
    ok: true,
    owner,
    files: [file, ...nftLoading(table, service, stem)],
    holding: (match) => nftHolding(match, owner),
  };
}

const absent = (words: string): Hold => ({ degree: "absent", words });

function reportOf(wish: PeerWish, parts: Parts, kinds: readonly CompanionKind[]): PeerReport {
  const reading = readPeerMatch(wish);
  if (!reading.ok) return unsoundReport(wish, reading.reason);
  const { match } = reading;
  const holdings = new Map<CompanionKind, Holding>();
  const holdIn = (kind: CompanionKind): Hold => {
    const part = parts[kind];
    if (part === null) return absent(kinds.includes(kind) ? "Nothing is made." : "Not wished for.");
    if (!part.ok) return absent(`Not made: ${part.reason}.`);
    const holding = part.holding(match);
    holdings.set(kind, holding);
    return holdOf(match, holding);
  };
  const holds = { systemd: holdIn("systemd"), nftables: holdIn("nftables") };
  return { wish, unsound: null, apparmor: apparmorRules(match), holds, risk: riskOf(match, holdings) };
}

function unservedReport(wish: PeerWish): PeerReport {
  const reading = readPeerMatch(wish);
  if (!reading.ok) return unsoundReport(wish, reading.reason);
  const none = absent("Nobody has said which service runs under the profile.");
  return {
    wish,
    unsound: null,
    apparmor: apparmorRules(reading.match),
    holds: { systemd: none, nftables: none },
    risk: riskOf(reading.match, new Map()),
  };
}

function unsoundReport(wish: PeerWish, reason: string): PeerReport {
  const none = absent("The peer can't be read.");
  return {
    wish,
    unsound: reason,
    apparmor: { coarse: [], byOperation: [], fine: [], unsaid: [] },
    holds: { systemd: none, nftables: none },
    risk: "Nobody knows what is meant: mend the peer.",
  };
}

function profileNamed(
  views: readonly FileView[],
  name: string,
): { readonly file: FileView; readonly profile: ProfileView } | null {
  for (const file of views) {
    const profile = file.profiles.find((each) => each.name === name);
    if (profile !== undefined) return { file, profile };
  }
  return null;
}

/** The families that a profile's and its children's own rules allow; null where one allows all, or there is no such profile. */
function domainsOf(views: readonly FileView[], name: string): string[] | null {
  const placed = profileNamed(views, name);
  if (placed === null) return null;
  const all = withChildren(placed.profile);
  const domains = new Set<string>();
  for (const rule of all.flatMap(({ rules }) => rules)) {
    const { value } = rule.rule;
    if (effectiveQualifiers(placed.file.tree, rule).access === "deny") continue;
    if (value.kind === "all") return null;
    if (value.kind !== "network") continue;
    // `network tcp,` means TCP of both IP versions, which the wishes tell better.
    if (value.domain === null && value.protocol !== null) continue;
    if (value.domain === null || networkDomainNamed(value.domain) === undefined) return null;
    domains.add(value.domain);
  }
  return [...domains];
}

function withChildren(profile: ProfileView): ProfileView[] {
  return [profile, ...profile.children.flatMap(withChildren)];
}
