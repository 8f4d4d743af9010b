import { noQualifiers } from "../../rules/index.ts";
import { networkDomainNamed } from "../../vocabulary/index.ts";
import { holdsNoCapability } from "../read/service.ts";
import type { UnitEntry } from "../read/unit-file.ts";
import { limitsOf } from "../read/unit-limits.ts";
import { allows, ambientOf, boundingOf, familiesOf, type UnitSetReading } from "../read/unit-sets.ts";
import type { DraftContext, ServiceUse } from "./context.ts";
import { addCapability, addInternet } from "./from-program.ts";
import { at } from "./suggestion.ts";

/** What a unit leaves the program of capabilities, families of sockets and resources. Each of its lines is used or told of. */
export function suggestFromRestrictions(context: DraftContext, use: ServiceUse): void {
  fromCapabilities(context, use);
  fromFamilies(context, use);
  fromLimits(context, use);
}

function fromCapabilities(context: DraftContext, { service, command }: ServiceUse): void {
  const { ledger } = context;
  const [ambient, bounding] = [ambientOf(service.unit), boundingOf(service.unit)];
  for (const reading of [ambient, bounding]) tellUnknown(context, service.name, reading, "no capability");
  if (ambient.set.kind === "without") {
    ledger.remark(
      `AmbientCapabilities= of ${service.name} gives it all capabilities but ${listOf(ambient.set.names)}: which of them it needs it does not say, so the draft has none for that`,
    );
  }
  for (const [name, entry] of ambient.set.kind === "only" ? ambient.set.names : []) {
    if (allows(bounding.set, name))
      ledger.capability(name, "sure", at(entry, `AmbientCapabilities= of ${service.name}`));
    else {
      ledger.remark(
        `AmbientCapabilities= of ${service.name} gives it \`${name}\`, but CapabilityBoundingSet= takes it away: the draft has no rule for it`,
      );
    }
  }
  if (holdsNoCapability(service, command)) {
    ledger.remark(
      `${service.name} runs it as \`${service.user ?? ""}\` from the beginning, so it holds no capability and the draft has none`,
    );
    return;
  }
  if (bounding.set.kind === "only") {
    const words = `CapabilityBoundingSet= of ${service.name} leaves it this`;
    for (const [name, entry] of bounding.set.names) ledger.capability(name, "sure", at(entry, words));
  } else if (bounding.set.names.size > 0) {
    ledger.remark(
      `CapabilityBoundingSet= of ${service.name} takes ${listOf(bounding.set.names)} away, and says of no other that it is needed`,
    );
  }
  const owner = service.user;
  if (owner === null || !command.beginsAsRoot) return;
  // It is root among folders that belong to another user.
  const words = `${service.name} begins as root, and its folders belong to \`${owner}\``;
  for (const name of ["dac_override", "dac_read_search"]) {
    addCapability(context, name, "likely", at(command, words));
  }
}

/** Sockets of a family whose use is known for certain; of the others a rule is only offered. */
const sureTypes: Readonly<Record<string, string>> = { netlink: "raw", packet: "raw" };

function fromFamilies(context: DraftContext, { service }: ServiceUse): void {
  const { ledger } = context;
  const reading = familiesOf(service.unit);
  const { kind, names } = reading.set;
  const setting = `RestrictAddressFamilies= of ${service.name}`;
  tellUnknown(context, service.name, reading, "no family of sockets");
  if (kind === "without") {
    if (names.size > 0)
      ledger.remark(`${setting} takes ${listOf(names)} away, and says of no other family that it is needed`);
    return;
  }
  if (names.size === 0) ledger.remark(`${setting} leaves it no family of sockets`);
  for (const [name, entry] of names) {
    const evidence = at(entry, setting);
    const type = sureTypes[name];
    if (name === "inet" || name === "inet6") addInternet(context, "sure", evidence, [name]);
    else if (type !== undefined) ledger.network(name, type, "sure", evidence);
    // Local sockets between programs are in abstractions/base where AppArmor tells them apart.
    else if (networkDomainNamed(name) !== undefined) ledger.network(name, null, "unsure", evidence);
    else ledger.remark(`${setting} allows \`AF_${name.toUpperCase()}\`, for which AppArmor has no rule`);
  }
}

function fromLimits({ ledger }: DraftContext, { service }: ServiceUse): void {
  for (const reading of limitsOf(service.unit)) {
    const { key, value } = reading.entry;
    if ("reason" in reading) {
      ledger.remark(`${key}=${value} of ${service.name} is not taken over: ${reading.reason}`);
      continue;
    }
    const hard = reading.hasSoft ? "; of its two limits a rule sets the hard one" : "";
    const words = `${key}= of ${service.name}, which sets it already: take it to hold however the program is started${hard}`;
    const { resource, value: limit } = reading;
    ledger.rule(
      "limits",
      { kind: "rlimit", qualifiers: noQualifiers, resource, value: limit },
      "unsure",
      at(reading.entry, words),
    );
  }
}

/** What systemd passes over in a line is told, or the person would look for it in the draft. */
function tellUnknown({ ledger }: DraftContext, service: string, { unknown }: UnitSetReading, what: string): void {
  for (const { entry, word } of unknown) {
    ledger.remark(`${entry.key}= of ${service} names \`${word}\`, which is ${what} that is known here`);
  }
}

function listOf(names: ReadonlyMap<string, UnitEntry>): string {
  return [...names.keys()].map((name) => `\`${name}\``).join(", ");
}
