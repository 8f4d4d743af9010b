/**
 * What a comment is about: a rule (or another part of a policy file) by its place. The wire adds the number of the
 * revision (`anchorSchema` of `@hauberk/contract`).
 */
export interface AnchorPlace {
  /** Path in the design. */
  readonly file: string;
  /** The profile or hat around it, as `parent//child`; null outside of any. */
  readonly profile: string | null;
  /** UTF-16 units from the beginning of the file's text. */
  readonly start: number;
  readonly end: number;
  /** As it stands there, cut at 4,000 units. */
  readonly text: string;
}

/** Where the thing of an anchor stands in another revision. */
export type FollowedAnchor =
  | {
      readonly state: "same" | "changed";
      readonly place: AnchorPlace;
      readonly line: number;
      /** False: on the way it is only alike to what went when it came; it may be another rule. */
      readonly certain: boolean;
    }
  | {
      readonly state: "gone";
      /** The file that it stood in; null where that is gone too. */
      readonly file: string | null;
      /** The 1-based line behind which it stood, in the later text; 0: at the file's beginning. */
      readonly line: number;
    };
