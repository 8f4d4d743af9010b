import { isNeedless } from "@hauberk/core/analysis";
import { useEffect, useState } from "react";

import type { FoundOverlap } from "../../lint/lint-protocol.ts";
import { overlapsOfProfile } from "../../lint/start-lint.ts";
import { lineOf } from "../../panel/rule-place.ts";
import { designStore } from "../../store/index.ts";
import type { PathRules } from "./path-rules.ts";
import type { RowRemark } from "./PathTableRow.tsx";

/** What is known of a rule that another one makes needless, or could be joined with. */
export interface NeedlessRule extends RowRemark {
  readonly kind: FoundOverlap["kind"];
  /** Why, with code in backticks: a small letter first, no stop. */
  readonly words: string;
}

/** The file rules that others make needless, by number, in the order of the text. */
export interface Needless {
  readonly byRule: ReadonlyMap<number, NeedlessRule>;
  /** Those without which the policy is the same. */
  readonly removable: readonly number[];
}

/** Milliseconds after the last change before anybody looks: nothing blinks while somebody types. */
const pause = 350;

const none: Needless = { byRule: new Map(), removable: [] };

const kindWords: Readonly<Record<FoundOverlap["kind"], string>> = {
  duplicate: "twice",
  covered: "needless",
  unreachable: "never holds",
  "never-runs": "never holds",
  overlaps: "same path",
};

/** What was found, with the texts of the rules that it is about: elsewhere in a changed text it does not hold. */
interface Found {
  readonly overlaps: readonly (FoundOverlap & { readonly text: string; readonly byText: string })[];
}

function textOf({ file, profile }: PathRules, number: number): string | null {
  const node = profile.rules[number]?.rule.node;
  return node === undefined ? null : file.tree.text.slice(node.start, node.end);
}

/** What was found, as far as its rules still stand where they stood. */
export function needlessOf(rules: PathRules, found: Found): Needless {
  if (found.overlaps.length === 0) return none;
  const byRule = new Map<number, NeedlessRule>();
  for (const { kind, rule, by, words, text, byText } of found.overlaps) {
    if (textOf(rules, rule) !== text || textOf(rules, by) !== byText) continue;
    if (rules.profile.rules[rule]?.rule.value.kind !== "file") continue;
    const start = rules.profile.rules[by]?.rule.node.start ?? 0;
    byRule.set(rule, { kind, words, word: kindWords[kind], by, line: lineOf(rules.file.tree, start) });
  }
  const removable = [...byRule].filter(([, remark]) => isNeedless(remark)).map(([number]) => number);
  return { byRule, removable };
}

/**
 * The needless rules of the profile. They are looked for elsewhere and after a pause; until then what was found before
 * holds on where its rules are the same.
 */
export function useNeedless(rules: PathRules): Needless {
  const [found, setFound] = useState<Found>({ overlaps: [] });
  useEffect(() => {
    let wanted = true;
    const { texts } = designStore.getState();
    if (texts.get(rules.file.path) !== rules.file.tree.text) return;
    const timer = setTimeout(() => {
      void overlapsOfProfile(rules.file.path, rules.profile.node.start, texts).then((overlaps) => {
        if (!wanted) return;
        setFound({
          overlaps: overlaps.flatMap((each) => {
            const [text, byText] = [textOf(rules, each.rule), textOf(rules, each.by)];
            return text === null || byText === null ? [] : [{ ...each, text, byText }];
          }),
        });
      });
    }, pause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [rules]);
  const [last, setLast] = useState({ rules, found, needless: none });
  if (last.rules === rules && last.found === found) return last.needless;
  const needless = kept(last.needless, needlessOf(rules, found));
  setLast({ rules, found, needless });
  return needless;
}

/** The same object while nothing of it changes, so that nothing is drawn again for it. */
function kept(before: Needless, now: Needless): Needless {
  const same =
    before.byRule.size === now.byRule.size &&
    [...now.byRule].every(([number, { kind, by, line, words }]) => {
      const other = before.byRule.get(number);
      return other?.kind === kind && other.by === by && other.line === line && other.words === words;
    });
  return same ? before : now;
}
