/** What a design may measure on the wire. Texts are counted in bytes of UTF-8. */
export const designLimits = {
  files: 200,
  targets: 16,
  nameLength: 128,
  pathLength: 512,
  segmentBytes: 255,
  fileBytes: 1_048_576,
  designBytes: 2_097_152,
} as const;

/** What the JSON of a request may measure: the bytes of its body, its nesting, and how many values it holds. */
export const requestLimits = {
  bodyBytes: 4_194_304,
  depth: 32,
  values: 20_000,
} as const;

/** How many members a workspace may have, and how many workspaces one account may administer. */
export const workspaceLimits = {
  members: 500,
  administered: 50,
} as const;

/** How many lines a list tells. */
export const reviewLimits = {
  listed: 500,
} as const;

/** What one saved design may hold. What would be more is refused as `limit-reached`, which says what to do. */
export const savedDesignLimits: SavedDesignLimits = {
  revisions: 10_000,
  contentBytes: 268_435_456,
  links: 1_000,
  comments: 2_000,
  commentsOfHolder: 500,
  commentCharacters: 4_194_304,
  commentCharactersOfHolder: 1_048_576,
  decisions: 5_000,
  decisionsOfHolder: 300,
  decisionsUnrationed: 4_500,
  decisionsRation: 10,
  bundles: 10_000,
  bundlesOfReaders: 9_000,
  bundlesOfHolder: 1_000,
  historyLines: 100_000,
};

/**
 * The bounds of a saved design. A holder is the owner's key, a link or an account: one of them fills only its own room, so
 * that whoever has a link can't shut out everybody else.
 */
export interface SavedDesignLimits {
  readonly revisions: number;
  /** The texts of all revisions, each once, in bytes of UTF-8. */
  readonly contentBytes: number;
  /** The revoked ones among them, since the history and the gate speak of them. */
  readonly links: number;
  /** The deleted ones among them. */
  readonly comments: number;
  readonly commentsOfHolder: number;
  readonly commentCharacters: number;
  readonly commentCharactersOfHolder: number;
  /** The withdrawn ones among them. */
  readonly decisions: number;
  readonly decisionsOfHolder: number;
  /** Where a design has so many, a holder makes only its ration: the rest is for those who have hardly decided anything. */
  readonly decisionsUnrationed: number;
  readonly decisionsRation: number;
  /** Records of bundles; whoever only reads leaves some for those who save. */
  readonly bundles: number;
  readonly bundlesOfReaders: number;
  readonly bundlesOfHolder: number;
  /** Lines of the history from which on no thread is settled or opened again, which could go on for ever. */
  readonly historyLines: number;
}
