import { deadState } from "./automaton.ts";
import { mediationClasses } from "./access-classes.ts";
import type { CompiledProfile } from "./compiled-profile.ts";
import { classStart, type PolicyDatabase } from "./policy-database.ts";

/** Where a walk through the rules of a profile begins. `open`: the profile does not mediate this, so all is allowed. */
export type RuleStart =
  | { readonly kind: "open" }
  | { readonly kind: "rules"; readonly database: PolicyDatabase; readonly state: number }
  | { readonly kind: "closed" };

/** Where the kernel begins with a path. Without rules of files nothing is allowed; an unconfined profile is not asked. */
export function fileRules(profile: CompiledProfile): RuleStart {
  if (profile.mode === "unconfined") return { kind: "open" };
  if (profile.file !== null) return { kind: "rules", database: profile.file, state: profile.file.fileStart };
  const state = classStart(profile.policy, mediationClasses.file);
  return profile.policy === null || state === deadState
    ? { kind: "closed" }
    : { kind: "rules", database: profile.policy, state };
}

/** Where the kernel begins with a class. Some classes bind an unconfined profile too. */
export function classRules(profile: CompiledProfile, mediationClass: number): RuleStart {
  const bindsUnconfined = mediationClass === mediationClasses.userns || mediationClass === mediationClasses.ioUring;
  if (profile.mode === "unconfined" && !bindsUnconfined) return { kind: "open" };
  const state = classStart(profile.policy, mediationClass);
  return profile.policy === null || state === deadState
    ? { kind: "open" }
    : { kind: "rules", database: profile.policy, state };
}

/** Where the kernel begins with a socket: in the newer class where the profile has it. */
export function socketRules(profile: CompiledProfile): RuleStart {
  const newer = classRules(profile, mediationClasses.networkV9);
  return newer.kind === "open" ? classRules(profile, mediationClasses.network) : newer;
}

/** Whether unix sockets are mediated in all their details. */
export function hasUnixRules(profile: CompiledProfile): boolean {
  return classStart(profile.policy, mediationClasses.networkV9) !== deadState;
}

/** Where the kernel begins with a trace: with labels, if the profile mediates traces at all. */
export function ptraceRules(profile: CompiledProfile): RuleStart {
  const mediated = classRules(profile, mediationClasses.ptrace);
  if (mediated.kind !== "rules") return mediated;
  const labels = mediated.database.automaton.next(mediated.database.start, mediationClasses.label);
  return {
    kind: "rules",
    database: mediated.database,
    state: mediated.database.automaton.next(labels, mediationClasses.ptrace),
  };
}
