/** What there is to know of one kind of finding: shown where a person asks why. */
export interface ErrorPage {
  /** The finding's code: `rule/bad-glob`, `lint/shared-tmp`. */
  readonly code: string;
  readonly title: string;
  /** What it is about, in whole sentences; null where the title says it. */
  readonly what: string | null;
  /** Why it is so, and what follows from it. */
  readonly why: string;
  /** What to do. */
  readonly instead: string;
  /** A policy file that has it, and the same file mended. */
  readonly bad: string;
  readonly good: string;
}

/** The rows from which the pages of a family are made: title, why, what to do, bad, good. */
export type PageRows = Readonly<
  Record<string, readonly [title: string, why: string, instead: string, bad: string, good: string]>
>;

/** A policy file with these lines in a profile. */
export function inProfile(...lines: readonly string[]): string {
  return `abi <abi/3.0>,\n\nprofile example /usr/bin/example {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/** A policy file with a profile of one rule, headed by these words. */
export function withHead(head: string): string {
  return `abi <abi/3.0>,\n\n${head} {\n  /etc/example.conf r,\n}\n`;
}

/** A policy file with these lines before its profile. */
export function withPreamble(...lines: readonly string[]): string {
  return `abi <abi/3.0>,\n\n${lines.map((line) => `${line}\n`).join("")}\nprofile example /usr/bin/example {\n  /etc/example.conf r,\n}\n`;
}

/** The pages of a family of codes. */
export function pagesOf(family: string, rows: PageRows): readonly ErrorPage[] {
  return Object.entries(rows).map(([name, [title, why, instead, bad, good]]) => ({
    code: `${family}/${name}`,
    title,
    what: null,
    why,
    instead,
    bad,
    good,
  }));
}
