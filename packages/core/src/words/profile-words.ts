import type { FileView, ProfileView } from "../design/index.ts";
import type { TextRange } from "../text/index.ts";
import type { Danger } from "../vocabulary/index.ts";
import { sayRule } from "./say-rule.ts";

/** One thing that a profile permits, refuses or sets, and the places in the text that say so. */
export interface Saying {
  readonly sentence: string;
  readonly danger: Danger | null;
  /** The rules or includes that it sums up, in the profile's file. */
  readonly from: readonly TextRange[];
}

/** The sayings on one subject: files, network, programs … */
export interface WordsSection {
  readonly id: string;
  readonly title: string;
  readonly sayings: readonly Saying[];
}

/** A whole profile in plain words. */
export interface ProfileWords {
  /** What it is, whom it confines and how strictly, in one or two sentences. */
  readonly lead: string;
  readonly sections: readonly WordsSection[];
}

/** Says a whole profile: who it confines, and what that program may and may not do, by subject. */
export function sayProfile(file: FileView, profile: ProfileView): ProfileWords {
  const sayings = profile.rules.map((placed) => {
    const { start, end } = placed.rule.node;
    return { ...sayRule(file.tree, placed), from: [{ start, end }] };
  });
  return { lead: `The profile \`${profile.name}\`.`, sections: [{ id: "rules", title: "Rules", sayings }] };
}
