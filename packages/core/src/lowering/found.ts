import type { ProfileView } from "../design/index.ts";
import type { Token } from "../syntax/index.ts";
import type { TextEdit, TextRange } from "../text/index.ts";
import type { LostPlace } from "./scene.ts";

/** A loss in its place, before anybody has chosen. */
export interface FoundLoss {
  readonly range: TextRange;
  readonly profile: ProfileView | null;
  /** Its text in one line. */
  readonly rule: string;
  readonly deny: boolean;
  readonly lost: LostPlace;
  /** Set for a flag of a profile's head, which goes together with the other flags. */
  readonly flag: Token | null;
}

/** A place that is written otherwise, with the edits that do so. */
export interface FoundRewriting {
  readonly range: TextRange;
  readonly profile: ProfileView | null;
  readonly rule: string;
  readonly instead: string | null;
  readonly why: string;
  readonly edits: readonly TextEdit[];
  /** Set for a flag: what stands there instead is `instead`. */
  readonly flag: Token | null;
}

/** Takes what is found in a file. */
export interface Findings {
  readonly lost: FoundLoss[];
  readonly rewritten: FoundRewriting[];
}
