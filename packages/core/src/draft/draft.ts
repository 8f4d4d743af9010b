import type { DesignFile } from "../design/index.ts";

/** Where a line of a draft came from, in words for the person, and the line. */
export interface Origin {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly words: string;
}

/** A first draft of a profile, made from what is known of a program. */
export interface Draft {
  readonly name: string;
  readonly files: readonly DesignFile[];
  readonly origins: readonly Origin[];
  /** What could not be read or decided, for the person. */
  readonly remarks: readonly string[];
}
