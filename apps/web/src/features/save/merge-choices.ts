import type { DesignFile } from "@hauberk/core/design";
import type { MergeConflict, MergeOutcome } from "@hauberk/core/review";

/** Which side a person takes where both changed the same: mine, theirs, or both, mine first. */
export type Choice = "mine" | "theirs" | "both";

/** The merged files with what a person chose in the place of each conflict; where they have not, mine. */
export function chosenFiles(
  { files, conflicts }: MergeOutcome,
  choices: ReadonlyMap<number, Choice>,
): readonly DesignFile[] {
  const chosen = conflicts.map((conflict, index) => ({ conflict, choice: choices.get(index) ?? "mine" }));
  return files.flatMap(({ path, text }) => {
    let now = text;
    let name = path;
    const here = chosen.filter(({ conflict }) => conflict.file === path);
    // From the end on, so that the places before stay where they are.
    for (const { conflict, choice } of here.toSorted((a, b) => b.conflict.range.start - a.conflict.range.start)) {
      if (choice === "mine") {
        if (conflict.kind === "file" && conflict.mine === null) return [];
        continue;
      }
      if (conflict.kind === "name") {
        name = conflict.theirs ?? path;
        continue;
      }
      const put = textOf(conflict, choice);
      if (put === null) return [];
      now = `${now.slice(0, conflict.range.start)}${put}${now.slice(conflict.range.end)}`;
    }
    return [{ path: name, text: now }];
  });
}

/** Null where the file goes. */
function textOf({ mine, theirs }: MergeConflict, choice: "theirs" | "both"): string | null {
  if (choice === "theirs") return theirs;
  const first = mine ?? "";
  return `${first}${first === "" || first.endsWith("\n") ? "" : "\n"}${theirs ?? ""}`;
}
