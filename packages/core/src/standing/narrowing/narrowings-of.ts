import type { RuleValue } from "../../rules/index.ts";
import type { Narrowing } from "./narrowing.ts";
import { networkNarrowings } from "./network.ts";
import {
  capabilityNarrowings,
  changeProfileNarrowings,
  fileNarrowings,
  linkNarrowings,
  mountNarrowings,
  promptNarrowing,
} from "./other-rules.ts";
import { peerRuleNarrowings } from "./peer-rules.ts";

/** A narrowing of a known rule: its part, what dropping it takes in, and the value without it. */
export interface RuleNarrowing extends Pick<Narrowing, "part" | "takesIn"> {
  /** The value without this part. Values that have lost other parts before may be given, too. */
  readonly drop: (value: RuleValue) => RuleValue;
}

/**
 * Every part of a rule that narrows it and that some release could drop. A rule whose parts all hold is enforced as it is
 * written. A new kind is one function and one line here.
 */
export function narrowingsOf(value: RuleValue): readonly RuleNarrowing[] {
  return [...kindNarrowings(value), ...forKind(value, promptNarrowing(value))];
}

function kindNarrowings(value: RuleValue): readonly RuleNarrowing[] {
  switch (value.kind) {
    case "file":
      return forKind(value, fileNarrowings(value));
    case "link":
      return forKind(value, linkNarrowings(value));
    case "capability":
      return forKind(value, capabilityNarrowings(value));
    case "network":
      return forKind(value, networkNarrowings(value));
    case "mount":
    case "remount":
    case "umount":
    case "pivot_root":
      return forKind(value, mountNarrowings(value));
    case "change_profile":
      return forKind(value, changeProfileNarrowings(value));
    case "rlimit":
    case "all":
      return [];
    case "unix":
    case "signal":
    case "ptrace":
    case "dbus":
    case "mqueue":
    case "io_uring":
    case "userns":
      return forKind(value, peerRuleNarrowings(value));
  }
}

/** A narrowing of one kind knows only values of that kind, and gives such; others it leaves as they are. */
function forKind<V extends RuleValue>(example: V, narrowings: readonly Narrowing<V>[]): readonly RuleNarrowing[] {
  const isOfKind = (value: RuleValue): value is V => value.kind === example.kind;
  return narrowings.map(({ part, takesIn, drop }) => ({
    part,
    takesIn,
    drop: (value) => (isOfKind(value) ? drop(value) : value),
  }));
}
