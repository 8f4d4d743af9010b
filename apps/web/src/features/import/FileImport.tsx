import { useEffect, useRef, useState } from "react";
import { designStore, useWorkbench, workbenchStore } from "../../store/index.ts";
import styles from "./FileImport.module.css";
import { isForDraft } from "./for-draft.ts";

/** Takes files in: chosen by the picker, or dropped anywhere on the window. */
export function FileImport() {
  const picker = useRef<HTMLInputElement>(null);
  const requests = useWorkbench((state) => state.fileRequests);
  const handled = useRef(requests);
  const folderPicker = useRef<HTMLInputElement>(null);
  const folderRequests = useWorkbench((state) => state.folderRequests);
  const handledFolders = useRef(folderRequests);
  const [over, setOver] = useState(false);

  useEffect(() => {
    if (requests === handled.current) return;
    handled.current = requests;
    picker.current?.click();
  }, [requests]);

  useEffect(() => {
    if (folderRequests === handledFolders.current) return;
    handledFolders.current = folderRequests;
    folderPicker.current?.click();
  }, [folderRequests]);

  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      // The entries are there for this turn only.
      const entries = [...(event.dataTransfer?.items ?? [])]
        .map((item) => item.webkitGetAsEntry())
        .filter((entry) => entry !== null);
      if (entries.some(({ isDirectory }) => isDirectory)) void takeEntries(entries);
      else void takeFiles([...(event.dataTransfer?.files ?? [])]);
    };
    // Caught on the way down: Monaco and text fields would take the drop for themselves.
    addEventListener("dragenter", enter, true);
    addEventListener("dragover", enter, true);
    addEventListener("dragleave", leave, true);
    addEventListener("drop", drop, true);
    return () => {
      removeEventListener("dragenter", enter, true);
      removeEventListener("dragover", enter, true);
      removeEventListener("dragleave", leave, true);
      removeEventListener("drop", drop, true);
    };
  }, []);

  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          void takeFiles(files);
        }}
      />
      <input
        ref={(element) => {
          // React has no name for it.
          element?.setAttribute("webkitdirectory", "");
          folderPicker.current = element;
        }}
        type="file"
        hidden
        aria-label="Folder to import"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          void takePickedFolder(files);
        }}
      />
      {over && (
        <div className={styles.drop}>Drop profiles, a design as a folder, .zip or .tar.gz, or a program’s package</div>
      )}
    </>
  );
}

async function takeFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  if (await isForDraft(files)) return workbenchStore.getState().openDialog({ kind: "draft", files });
  const { filesOfPicker, takeGiven } = await taking();
  await takeGiven(await filesOfPicker(files));
}

async function takePickedFolder(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const { filesOfPicker, takeFolder } = await taking();
  await takeFolder(await filesOfPicker(files));
}

async function takeEntries(entries: readonly FileSystemEntry[]): Promise<void> {
  const { filesOfEntries, takeFolder } = await taking();
  try {
    await takeFolder(await filesOfEntries(entries));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    designStore.getState().notify("bad", `The folder can't be read: ${why}`);
  }
}

/** What reads archives and folders comes when it is first used. */
async function taking() {
  const [files, take] = await Promise.all([import("./folder-files.ts"), import("./take-given.ts")]);
  return { ...files, ...take };
}
