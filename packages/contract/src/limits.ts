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

/** What the review of a design may hold: its comments, their characters together, and how many lines a list tells. */
export const reviewLimits = {
  comments: 2_000,
  commentCharacters: 4_194_304,
  listed: 500,
} as const;
