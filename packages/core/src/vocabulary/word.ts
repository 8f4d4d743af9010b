/**
 * The parsers whose answers were measured: Debian 12's, Debian 13's and the newest. `since` in this room names the oldest
 * of the three that knows a word, so that "since 4.1.0" means "not in 3.0.8".
 */
export type ParserVersion = "3.0.8" | "4.1.0" | "5.0.2";

/** The measured parsers, oldest first. */
export const parserVersions: readonly ParserVersion[] = ["3.0.8", "4.1.0", "5.0.2"];

/** A word of a closed list of the language, and what it means to a person. */
export interface Word {
  readonly name: string;
  /** One or two plain sentences. */
  readonly sentence: string;
  readonly since: ParserVersion;
}

/** The entry of a list that bears the name, or undefined. */
export function wordNamed<W extends { readonly name: string }>(list: readonly W[], name: string): W | undefined {
  return list.find((word) => word.name === name);
}
