import type { EffectiveQualifiers } from "../design/index.ts";
import type { Danger } from "../vocabulary/index.ts";
import type { VariableValues } from "./variable-values.ts";

/** What a rule is about, before its qualifiers are said. Each rule kind has one module that makes it. */
export interface Phrase {
  /** Goes on from "May …" and from "Is never allowed to …". */
  readonly act: string;
  /** What it opens where it is allowed; null where that is no question of danger. */
  readonly danger: Danger | null;
  /** Whole sentences: what it needs besides, or what no kernel holds it to. */
  readonly notes: readonly string[];
}

/** What of the qualifiers changes the words of a rule itself, and what its variables stand for. */
export interface Manner extends Pick<EffectiveQualifiers, "access" | "owner"> {
  readonly values: VariableValues;
}

/** Notes that hold for a whole kind of rules: where many are said together, once is enough. */
export const kindNotes = {
  dbus: "Of Debian's kernels only 7.2 lets the bus hold programs to rules about D-Bus.",
  mqueue:
    "No Debian kernel up to 7.2 asks rules about message queues: to open a POSIX queue is refused with and without them.",
  userns: "Debian's kernels before 6.12 do not ask rules about user namespaces.",
  io_uring: "Debian's kernels before 6.12 do not ask rules about io_uring.",
  unixPeers:
    "Addresses and peers of unix sockets count only on Linux 7.2 with AppArmor 5 and `abi/5.0`; elsewhere such sockets are open at any address, to any peer.",
  unixOperations: "AppArmor 3 (Debian 12) drops the operations of unix rules: their sockets are open for all of them.",
  unixDeny: "Only Linux 7.2 with AppArmor 5 and `abi/5.0` enforces a `deny unix`; elsewhere it has no effect.",
} as const;

/** Makes a phrase; notes that are null are left out. */
export function phrase(act: string, danger: Danger | null, notes: readonly (string | null)[] = []): Phrase {
  return { act, danger, notes: notes.filter((note) => note !== null) };
}
