import { capabilities } from "../vocabulary/index.ts";
import { mediationClasses, type AccessClass } from "./access-classes.ts";
import type { AccessDifference, Witness } from "./access-difference.ts";
import {
  dbusShape,
  fileShape,
  ioUringShape,
  mountShape,
  otherShape,
  ptraceShape,
  signalShape,
  usernsShape,
} from "./access-shapes.ts";
import type { CompiledProfile } from "./compiled-profile.ts";
import { compareRules, Differences } from "./compare-rules.ts";
import type { Position } from "./positions.ts";
import { classRules, fileRules, hasUnixRules, ptraceRules, socketRules, type RuleStart } from "./rules-of-profile.ts";
import { networkShape, unixShape } from "./socket-shapes.ts";

/**
 * What the second profile lets a program do that the first does not, and the other way round: by class, with the permissions
 * and a shortest access for which it is so. Names, namespaces and attachments are not compared.
 */
export function compareProfiles(first: CompiledProfile, second: CompiledProfile): readonly AccessDifference[] {
  const found = new Differences();
  for (const compare of comparisons) compare(first, second, found);
  return found.all();
}

/**
 * Whether two profiles mean the same to the kernel, whatever their names and attachments: everything allowed, logged and
 * silenced alike. Profiles too large to be compared to the end are not said to be the same.
 */
export function isSameMeaning(first: CompiledProfile, second: CompiledProfile): boolean {
  const found = new Differences(true);
  return comparisons.every((compare) => {
    compare(first, second, found);
    return found.isEmpty;
  });
}

type Comparison = (first: CompiledProfile, second: CompiledProfile, into: Differences) => void;

/** Cheap ones first. */
const comparisons: readonly Comparison[] = [
  compareFlags,
  compareCapabilities,
  compareRlimits,
  compareSecmark,
  compareData,
  compareSockets,
  ...walked(mediationClasses.userns, usernsShape),
  ...walked(mediationClasses.ioUring, ioUringShape),
  ...walked(mediationClasses.signal, signalShape),
  ...walked(mediationClasses.mount, mountShape),
  ...walked(mediationClasses.dbus, dbusShape),
  ...walked(mediationClasses.mqueue, otherShape),
  (first, second, into) => compareRules(ptraceRules(first), ptraceRules(second), ptraceShape, into),
  (first, second, into) => compareRules(fileRules(first), fileRules(second), fileShape, into),
];

function walked(mediationClass: number, shape: Position): [Comparison] {
  return [
    (first, second, into) => {
      compareRules(classRules(first, mediationClass), classRules(second, mediationClass), shape, into);
    },
  ];
}

const socketsWithUnix = networkShape(true);
const socketsWithoutUnix = networkShape(false);

/** Unix sockets have a shape of their own where both profiles mediate them in detail. */
function compareSockets(first: CompiledProfile, second: CompiledProfile, into: Differences): void {
  const [a, b]: [RuleStart, RuleStart] = [socketRules(first), socketRules(second)];
  const inDetail = hasUnixRules(first) || hasUnixRules(second);
  compareRules(a, b, inDetail ? socketsWithoutUnix : socketsWithUnix, into);
  if (inDetail) compareRules(a, b, unixShape, into);
}

function compareFlags(first: CompiledProfile, second: CompiledProfile, into: Differences): void {
  const after = flagValues(second);
  for (const [name, before] of Object.entries(flagValues(first))) {
    setValue("flags", name, before, after[name] ?? "", into);
  }
}

function flagValues(profile: CompiledProfile): Readonly<Record<string, string | number>> {
  return {
    mode: profile.mode,
    audit: profile.audit ? "yes" : "no",
    flags: profile.flags,
    path_flags: profile.pathFlags ?? "default",
    disconnected: profile.disconnectedPath ?? "none",
    kill_signal: profile.killSignal ?? "default",
  };
}

function setValue(
  accessClass: AccessClass,
  name: string,
  before: string | number,
  after: string | number,
  into: Differences,
): void {
  if (before === after) return;
  const difference = { class: accessClass, aspect: "set", permissions: [name], subject: "anyone", exec: null } as const;
  const witness: Witness = { fields: { name, before, after }, bytes: [] };
  into.add({ ...difference, change: "lost" }, () => witness);
  into.add({ ...difference, change: "gained" }, () => witness);
}

function compareCapabilities(first: CompiledProfile, second: CompiledProfile, into: Differences): void {
  const [allowedA, allowedB] = [allowedCapabilities(first), allowedCapabilities(second)];
  const refused = ~allowedA & ~allowedB;
  const [a, b] = [first.capabilities, second.capabilities];
  const add = (aspect: AccessDifference["aspect"], before: bigint, after: bigint): void => {
    if (before === after) return;
    for (const { name, number } of capabilities) {
      const [had, has] = [(before >> BigInt(number)) & 1n, (after >> BigInt(number)) & 1n];
      if (had === has) continue;
      const change = has === 1n ? "gained" : "lost";
      into.add({ class: "capability", change, aspect, permissions: [name], subject: "anyone", exec: null }, () => ({
        fields: { capability: name },
        bytes: [],
      }));
    }
  };
  add("allowed", allowedA, allowedB);
  add("audited", a.audit & allowedA, b.audit & allowedB);
  add("quiet", a.quiet & refused, b.quiet & refused);
}

function allowedCapabilities(profile: CompiledProfile): bigint {
  return profile.mode === "unconfined" ? 0xffff_ffff_ffff_ffffn : profile.capabilities.allow;
}

function compareRlimits(first: CompiledProfile, second: CompiledProfile, into: Differences): void {
  for (const name of new Set([...first.rlimits.keys(), ...second.rlimits.keys()])) {
    setValue("rlimit", name, limitText(first, name), limitText(second, name), into);
  }
}

function limitText(profile: CompiledProfile, name: string): string {
  return String(profile.rlimits.get(name) ?? "none");
}

function compareSecmark(first: CompiledProfile, second: CompiledProfile, into: Differences): void {
  setValue("secmark", "rules", JSON.stringify(first.secmark), JSON.stringify(second.secmark), into);
  setValue("network", "families", JSON.stringify(first.oldNetwork), JSON.stringify(second.oldNetwork), into);
}

function compareData(first: CompiledProfile, second: CompiledProfile, into: Differences): void {
  for (const key of new Set([...first.data.keys(), ...second.data.keys()])) {
    setValue("data", key, dataText(first, key), dataText(second, key), into);
  }
}

function dataText(profile: CompiledProfile, key: string): string {
  return profile.data.get(key)?.join() ?? "none";
}
