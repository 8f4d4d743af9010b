import type { FileView, ProfileRule, ProfileView } from "../design/index.ts";
import { writeRule } from "../rules/index.ts";
import type { PolicyTree } from "./policy-tree.ts";

/**
 * Two rules of a profile of which one makes the other needless, or which share paths. The compiled policy is the meaning; this is only
 * a hint for the tables of the designer.
 */
export interface Overlap {
  /**
   * `duplicate`: they say the same. `covered`: all that `rule` allows (or denies), `by` does too. `unreachable`: a deny takes all
   * of it away. `overlaps`: they share some paths, and what holds there is not what one of them says.
   */
  readonly kind: "duplicate" | "covered" | "unreachable" | "overlaps";
  readonly rule: ProfileRule;
  readonly by: ProfileRule;
  /** For the person: a small letter first, no stop, rules in backticks. */
  readonly words: string;
}

/** What variables come to beside what the file itself sets. */
export interface OverlapContext {
  /** The files of the design. */
  readonly files?: readonly FileView[];
  /** What the target brings: its tunables. */
  readonly policy?: PolicyTree;
}

/** The rules of a profile that others make needless. Nothing is said where it can't be told. */
export function overlaps(_file: FileView, profile: ProfileView, _context: OverlapContext = {}): Overlap[] {
  const seen = new Map<string, ProfileRule>();
  return profile.rules.flatMap((rule): Overlap[] => {
    if (rule.within.length > 0) return [];
    const text = writeRule(rule.rule.value);
    const by = seen.get(text);
    if (by !== undefined) return [{ kind: "duplicate", rule, by, words: `\`${text}\` stands here twice` }];
    seen.set(text, rule);
    return [];
  });
}
