import type { PolicyTree } from "../analysis/index.ts";
import type { DesignFile, FileView, HauberkConfig } from "../design/index.ts";
import type { Fix, Severity, TextRange } from "../text/index.ts";
import type { Scope } from "./scopes.ts";

/** What lint knows beside the policy files. */
export interface LintContext {
  /** What `hauberk.json` says; null where there is none or it can't be read. */
  readonly config: HauberkConfig | null;
  /** `hauberk.json` itself: fixes that note a wish there need its text. */
  readonly configFile?: DesignFile;
  /** What the target brings: without it nothing is known of files and variables outside the design. */
  readonly policy?: PolicyTree;
  /** Names of the profiles that the target brings, by default those of its policy tree; without them nothing is known of profiles outside the design. */
  readonly knownProfiles?: readonly string[];
}

/** What a check gets to see: one file of the design, the others beside it, and the context. */
export interface LintInput {
  readonly file: FileView;
  readonly files: readonly FileView[];
  readonly context: LintContext;
  /** Every profile, child and hat of the file, and its loose rules where it has any. */
  readonly scopes: readonly Scope[];
}

/** What a check found. The rule's severity and reason hold where it says nothing else. */
export interface Finding {
  readonly range: TextRange;
  /** What is wrong: small first letter, no full stop, the person's text in backticks. */
  readonly message: string;
  readonly why?: string;
  readonly severity?: Severity;
  /** The advisable one first. Each takes the finding away. Made only where somebody asks: each reads its own text again. */
  readonly fixes?: () => readonly Fix[];
}

/** A whole policy file as documentation and test of a check. */
export interface LintExample {
  readonly text: string;
  /** Text of a `hauberk.json` beside it. */
  readonly config?: string;
  readonly knownProfiles?: readonly string[];
}

/** One check. */
export interface LintRule {
  /** Stable, in kebab case; the diagnostic's code is `lint/ID`. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Codes of the language's own errors that this check tells better where it finds something at their place. */
  readonly covers?: readonly string[];
  /** What it looks for, why that matters, what to do: whole sentences for the documentation. */
  readonly explanation: { readonly what: string; readonly why: string; readonly instead: string };
  /** `at`: the text on which the finding stands. */
  readonly bad: LintExample & { readonly at: string };
  readonly good: LintExample;
  readonly run: (input: LintInput) => readonly Finding[];
}
