import type { AccessClass } from "./access-classes.ts";
import type { ExecTransition } from "./permissions.ts";

/** An access that two profiles answer differently, as plain data. */
export interface Witness {
  /**
   * The fields by name: `path` and `target` of files; `family`, `type`, `protocol` of sockets, `addr`, `peer_addr` and
   * `peer_label` too where those of unix count; `signal` and `peer`; `mountpoint`, `source`, `fstype`, `options`, `data`;
   * `bus`, `name`, `path`, `interface`, `member`; `capability`; `limit`, `before` and `after`; of flags their name.
   */
  readonly fields: Readonly<Record<string, string | number>>;
  /** What is walked behind the class, for whoever walks it again; empty where there is no walk. */
  readonly bytes: readonly number[];
}

/** A difference between what two profiles let a program do. */
export interface AccessDifference {
  readonly class: AccessClass;
  /**
   * `gained`: the second profile does it and the first does not; `lost`: the other way round; `undecided`: the two are too
   * large to be compared to the end, and there may be more.
   */
  readonly change: "gained" | "lost" | "undecided";
  /** `allowed`: it is let through; `audited`: it is let through and logged; `quiet`: it is refused without a log line; `set`: a value. */
  readonly aspect: "allowed" | "audited" | "quiet" | "set";
  /** The names of the permissions that changed together. */
  readonly permissions: readonly string[];
  /** Of files: whether only their owner is concerned, or only everybody else. */
  readonly subject: "anyone" | "owner" | "others";
  /** What an exec leads to, where `exec` is among the permissions. */
  readonly exec: ExecTransition | null;
  /** A shortest access for which it is so. */
  readonly witness: Witness;
  /** Other such accesses, the shorter ones first. */
  readonly furtherWitnesses: readonly Witness[];
  /** There are more witnesses than are told. */
  readonly isCut: boolean;
}
