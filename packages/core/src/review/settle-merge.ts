import type { DesignFile } from "../design/index.ts";
import { putSetting } from "../edit/index.ts";
import type { Choice, MergeConflict, MergeOutcome, MergePlace } from "./merge-outcome.ts";

/** The merged files with what a person chose for each conflict, by its place in the list; where they have not, mine. */
export function settleMerge(
  { files, conflicts }: MergeOutcome,
  choices: ReadonlyMap<number, Choice>,
): readonly DesignFile[] {
  const chosen = conflicts.map((conflict, index) => ({ conflict, choice: choices.get(index) ?? "mine" }));
  const puts = chosen.flatMap(({ conflict, choice }) => putsOf(conflict, choice));
  return files.flatMap(({ path, text }) => {
    let [now, name] = [text, path];
    // From the end on, so that the places before stay where they are.
    const here = puts.filter(({ place }) => place.file === path);
    const places = new Map(here.map((put) => [put.place.range.start, put]));
    for (const { place, put } of [...places.values()].toSorted((a, b) => b.place.range.start - a.place.range.start)) {
      now = `${now.slice(0, place.range.start)}${put}${now.slice(place.range.end)}`;
    }
    for (const { conflict, choice } of chosen) {
      if (conflict.file !== path) continue;
      if (conflict.kind === "file" && (choice === "mine" ? conflict.mine : conflict.theirs) === null) return [];
      if (choice === "mine") continue;
      if (conflict.kind === "name") name = conflict.theirs ?? path;
      if (conflict.kind === "setting") now = putSetting(now, conflict.place, valueOf(conflict.theirs));
    }
    return [{ path: name, text: now }];
  });
}

interface Put {
  readonly place: MergePlace;
  readonly put: string;
}

function putsOf(conflict: MergeConflict, choice: Choice): readonly Put[] {
  if (choice === "mine" || !("places" in conflict)) return [];
  const both = conflict.kind === "lines" && choice === "both" ? conflict.both : null;
  return conflict.places.map((place) => ({ place, put: both ?? place.theirs }));
}

function valueOf(json: string | null): unknown {
  return json === null ? undefined : JSON.parse(json);
}
