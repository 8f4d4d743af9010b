import { applyEdits } from "@hauberk/core/text";
import { differenceEdit, type Texts } from "../store/index.ts";

/**
 * Joins two tabs' work that began from the same texts: files that only one of them changed, and changes of one file
 * that do not touch. Null where both changed the same place: nobody's work may be guessed away.
 */
export function joinTexts(base: Texts, mine: Texts, theirs: Texts): Texts | null {
  const joined = new Map(theirs);
  for (const path of new Set([...base.keys(), ...mine.keys()])) {
    const before = base.get(path);
    const my = mine.get(path);
    const their = theirs.get(path);
    if (my === before || my === their) continue;
    if (their === before) {
      if (my === undefined) joined.delete(path);
      else joined.set(path, my);
      continue;
    }
    const text = before === undefined || my === undefined || their === undefined ? null : joinText(before, my, their);
    if (text === null) return null;
    joined.set(path, text);
  }
  return joined;
}

function joinText(before: string, mine: string, theirs: string): string | null {
  const my = differenceEdit(before, mine);
  const their = differenceEdit(before, theirs);
  if (my === null || their === null) return my === null ? theirs : mine;
  // At least one line's end between them: on one line, both may mean the same rule.
  const [first, second] = my.range.start <= their.range.start ? [my, their] : [their, my];
  if (first.range.end > second.range.start) return null;
  if (!before.slice(first.range.end, second.range.start).includes("\n")) return null;
  return applyEdits(before, [first, second]);
}
