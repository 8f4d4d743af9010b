import { viewFile, type DesignFile } from "../design/index.ts";
import { applyEdits, LineIndex } from "../text/index.ts";
import type { AnchorPlace, FollowedAnchor } from "./anchor-place.ts";
import { makeAnchor } from "./anchor-items.ts";
import { followAnchor } from "./anchor.ts";
import { partAt, replacement } from "./apply-suggestion.ts";
import { partsOf } from "./parts.ts";

/**
 * Where a suggestion landed: the anchor counts in the revision that it was applied to, the next one was made by that. What
 * stands there can be several rules, or a rule of another kind.
 */
export function followSuggestion(
  place: AnchorPlace,
  suggestion: string,
  before: readonly DesignFile[],
  after: readonly DesignFile[],
): FollowedAnchor {
  return landing(place, suggestion, before, after) ?? followAnchor(place, before, after);
}

/** Null where the suggestion took the rule away, or the later revision is not what it alone makes. */
function landing(
  place: AnchorPlace,
  suggestion: string,
  before: readonly DesignFile[],
  after: readonly DesignFile[],
): FollowedAnchor | null {
  const [then, now] = [before, after].map((files) => files.find(({ path }) => path === place.file));
  if (then === undefined || now === undefined || suggestion.trim() === "") return null;
  const parts = partsOf(viewFile(then.path, then.text));
  const found = partAt(parts, place);
  const outcome = typeof found === "string" ? null : replacement(parts.view, found, suggestion);
  if (outcome?.ok !== true || outcome.touched === undefined) return null;
  const edits = outcome.edits.flatMap((file) => file.edits);
  const landed =
    applyEdits(then.text, edits) === now.text ? makeAnchor(viewFile(now.path, now.text), outcome.touched.range) : null;
  if (landed === null) return null;
  const { line } = new LineIndex(now.text).positionAt(landed.start);
  return { state: "changed", place: landed, line, certain: true };
}
