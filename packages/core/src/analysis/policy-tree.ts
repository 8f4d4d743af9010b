/** A target's `/etc/apparmor.d`, read-only: what includes find there. */
export interface PolicyTree {
  /** The id of the target whose tree it is. */
  readonly target: string;
  /** Text by path below `/etc/apparmor.d`, as includes write it: `abstractions/base`, `tunables/global`. */
  readonly files: ReadonlyMap<string, string>;
}
