import type { DesignFile } from "../design/index.ts";
import type { SettingPlace } from "../edit/index.ts";
import type { TextRange } from "../text/index.ts";

/** Which side a person takes where both changed the same: mine, theirs, or both, mine first. */
export type Choice = "mine" | "theirs" | "both";

/** Text that a choice is about. The merged file holds `mine` there. */
export interface MergePlace {
  readonly file: string;
  readonly range: TextRange;
  readonly mine: string;
  readonly theirs: string;
}

/** A place where both sides say something else, and a person has to choose. The merged files hold mine there. */
export type MergeConflict = ConflictHead & ConflictKind;

interface ConflictHead {
  /** Path in the merged files. */
  readonly file: string;
  /** 1-based, in the merged text. */
  readonly line: number;
  /** The texts (of a `name` the paths, of a `setting` JSON); null where that side has no such thing. */
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
}

/**
 * `lines`: both changed the same lines; `both` is null where the two can't stand beside one another. `broken`: each reads and is
 * accepted alone, but not together, and why. `file`: one side took the file away that the other changed. `name`: both gave it
 * another path. `setting`: both gave a setting of `hauberk.json` another value, with what each says where that has words.
 */
export type ConflictKind =
  | { readonly kind: "lines"; readonly places: readonly [MergePlace]; readonly both: string | null }
  | { readonly kind: "broken"; readonly places: readonly MergePlace[]; readonly reason: string }
  | { readonly kind: "file" | "name" }
  | {
      readonly kind: "setting";
      readonly place: SettingPlace;
      readonly name: string;
      readonly says: { readonly mine: string | null; readonly theirs: string | null };
    };

/** Two revisions made of the same one, put together. */
export interface MergeOutcome {
  /** Mine in their order, then what only theirs has. Complete, and mine where there is a conflict. */
  readonly files: readonly DesignFile[];
  /** By file and place; empty: everything of both is in the files. */
  readonly conflicts: readonly MergeConflict[];
}
