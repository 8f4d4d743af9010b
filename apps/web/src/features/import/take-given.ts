import { configPath, designStore } from "../../store/index.ts";
import { type GivenFile, readGivenFiles } from "./read-files.ts";
import { readDesignFolder } from "./read-folder.ts";
import { designNameFor, takeIn } from "./take-in.ts";

/** Takes in files as they were chosen or dropped: profiles, or an archive of a design. */
export async function takeGiven(given: readonly GivenFile[]): Promise<void> {
  const reading = readGivenFiles(given);
  const archive = given.length === 1 ? given[0]?.name.match(/^(.*)\.(zip|tar\.gz|tgz|tar)$/i)?.[1] : undefined;
  await takeIn(reading, archive ?? designNameFor(reading.files));
}

/** Takes in a folder: the design in it as a design of its own, with its names and bytes as they are. */
export async function takeFolder(given: readonly GivenFile[]): Promise<void> {
  const reading = readDesignFolder(given);
  if (reading === null || reading.files.length === 0) {
    const state = designStore.getState();
    for (const problem of reading?.problems ?? []) state.notify("bad", problem);
    state.notify(
      "warn",
      "This folder holds no design: there is neither `hauberk.json` nor `apparmor.d` in it. Single profiles are opened as files.",
    );
    return;
  }
  await takeIn(reading, reading.name === "" ? designNameFor(reading.files) : reading.name);
  const config = reading.files.some(([path]) => path === configPath);
  if (reading.ignored > 0) {
    const what = reading.ignored === 1 ? "one other file was" : `${reading.ignored} other files were`;
    designStore.getState().notify("info", `Beside the design, ${what} left out.`);
  }
  if (!config) designStore.getState().notify("info", "The folder has no `hauberk.json`: it was taken as policy alone.");
}
