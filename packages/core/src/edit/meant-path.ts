/** A path that a rule can say, for what a person has typed. */
export interface MeantPath {
  /** As a rule writes it. */
  readonly path: string;
  /** `owner` is wise: the files are the user's own. */
  readonly owner: boolean;
  /** What it stands for, in words: a small letter first, no stop. */
  readonly why: string;
  /** The tunables that set its variables, to be included before the profile: `tunables/global`. */
  readonly needs?: string;
}

/** What a person means by a path as he types it; the likeliest first. Empty where nothing better can be said than what was typed. */
export function meantPath(text: string): MeantPath[] {
  const typed = text.trim();
  if (typed.startsWith("~/")) {
    return [
      {
        path: `@{HOME}/${typed.slice(2)}`,
        owner: true,
        why: "below the home folder of whoever runs the program",
        needs: "tunables/global",
      },
    ];
  }
  return [];
}
