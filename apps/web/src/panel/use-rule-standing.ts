import type { FileView } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import { type RuleStanding, ruleStanding, standingPlace, useStandings } from "../store/index.ts";
import { type Shown, shownNow } from "./use-edit.ts";

/** What a rule or an include of a file comes to on the design's targets; null where it names none. */
export function useRuleStanding(file: FileView, range: TextRange): RuleStanding | null {
  const place = standingPlace(file, range);
  return useStandings((targets) => ruleStanding(targets, place, file.tree.text));
}

/**
 * The same of something in the shown profile, looked up whenever more is known: for rows that are not drawn again as the
 * text around them changes.
 */
export function useShownStanding(find: (shown: Shown) => TextRange | undefined): RuleStanding | null {
  return useStandings((targets) => {
    const shown = shownNow();
    const range = shown === null ? undefined : find(shown);
    if (shown === null || range === undefined) return null;
    return ruleStanding(targets, standingPlace(shown.file, range), shown.file.tree.text);
  });
}
