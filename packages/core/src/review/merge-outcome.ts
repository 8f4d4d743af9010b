import type { DesignFile } from "../design/index.ts";
import type { TextRange } from "../text/index.ts";

/** A place where both sides say something else, and a person has to choose. The merged text holds `mine` there. */
export interface MergeConflict {
  /** Path in the merged files. */
  readonly file: string;
  /**
   * `lines`: both changed the same lines. `file`: one side took the file away that the other changed. `name`: both gave
   * it another path. `broken`: the lines fit, but what they make is no JSON or no policy that reads, as each side's was.
   */
  readonly kind: "lines" | "file" | "name" | "broken";
  /** The texts (of a `name` the paths); null where that side has no such file. */
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
  /** What stands in the merged text for it; empty where nothing does. Of a `file` or `broken`: the whole text. */
  readonly range: TextRange;
  /** 1-based, in the merged text. */
  readonly line: number;
}

/** Two revisions made of the same one, put together. */
export interface MergeOutcome {
  /** Mine in their order, then what only theirs has. Complete, and mine where there is a conflict. */
  readonly files: readonly DesignFile[];
  /** By file and place; empty: everything of both is in the files. */
  readonly conflicts: readonly MergeConflict[];
}
