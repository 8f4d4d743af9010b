import { library } from "../../persistence/index.ts";
import { configPath, designStore, shortName } from "../../store/index.ts";
import type { ImportReading } from "./read-files.ts";

/**
 * Takes imported files in. A whole design, or files while no design is open, become a design of their own; else they
 * join the open one as a step that can be undone. Nothing is lost either way.
 */
export async function takeIn(reading: ImportReading, name: string): Promise<void> {
  const { files, problems } = reading;
  const state = designStore.getState();
  if (files.length > 0) {
    const wholeDesign = files.some(([path]) => path === configPath);
    if (state.id === null || wholeDesign) {
      await library.create(name, files);
      if (state.id !== null)
        state.notify("info", "The imported design is open as a design of its own; the one before is kept.");
    } else {
      const replaced = files.filter(([path]) => state.texts.has(path)).map(([path]) => shortName(path));
      const what = files.length === 1 ? shortName(files[0]?.[0] ?? "") : `${files.length} files`;
      state.changeFiles(`import ${what}`, files);
      state.setOpened(files);
      const told = replaced.length === 0 ? "" : ` The text of ${replaced.join(", ")} was replaced.`;
      state.notify("good", `Imported ${what}.${told}`, true);
    }
  }
  for (const problem of problems) designStore.getState().notify("bad", problem);
}

/** A name for the design that imported files become: of their first profile's file. */
export function designNameFor(files: ImportReading["files"]): string {
  const first = files.find(([path]) => path !== configPath)?.[0];
  return first === undefined ? "Imported design" : shortName(first);
}
