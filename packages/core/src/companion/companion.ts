import type { CompanionKind, PeerWish, ServiceSettings } from "../design/index.ts";
import type { ApparmorRules } from "./apparmor-rules.ts";

/** A file of a companion. */
export interface CompanionFile {
  readonly kind: CompanionKind;
  /** Where it is to lie on the machine, without the leading `/`; letters, digits and `@_.+:,~-` between slashes. */
  readonly path: string;
  readonly text: string;
  /** What it is for, in a sentence. */
  readonly about: string;
}

/** What one kind of companion does for one wish. */
export interface Hold {
  /** `absent`: this kind is not made here, and `words` says why. */
  readonly degree: "whole" | "part" | "nothing" | "absent";
  /** In a sentence or two. */
  readonly words: string;
}

/** What becomes of a wish. */
export interface PeerReport {
  readonly wish: PeerWish;
  /** Why nothing can be made of it; null where it is sound. All else says so then, too. */
  readonly unsound: string | null;
  readonly apparmor: ApparmorRules;
  readonly holds: Readonly<Record<CompanionKind, Hold>>;
  /** What nobody enforces, once the profile and the companions are in place. */
  readonly risk: string;
}

/** What enforces the peers of one service beside AppArmor. */
export interface Companion {
  readonly service: ServiceSettings;
  /** The part of file names that is its own. */
  readonly stem: string;
  /** In the order in which they are to be read. */
  readonly files: readonly CompanionFile[];
  readonly peers: readonly PeerReport[];
  /** What the profile allows that passes by the companion, or ends it. */
  readonly warnings: readonly string[];
  /** What a person has to know of it: what it does not see, what it needs. */
  readonly notes: readonly string[];
  /** Why a kind that was wished for is not made, and what to do. */
  readonly problems: readonly string[];
}
