import type { DesignFile } from "../design/index.ts";

/** Where a line of a draft came from, in words for the person, and the line. */
export interface Origin {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Why the line is there, and the file and line that it was read in. */
  readonly words: string;
}

/** A first draft of a profile, made from what is known of a program. */
export interface Draft {
  readonly name: string;
  /** `hauberk.json` first, then a policy file for each program. */
  readonly files: readonly DesignFile[];
  readonly origins: readonly Origin[];
  /** What could not be read or decided, for the person. */
  readonly remarks: readonly string[];
}
