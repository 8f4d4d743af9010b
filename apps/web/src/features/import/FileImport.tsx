import { useEffect, useRef, useState } from "react";
import { designStore, useWorkbench, workbenchStore } from "../../store/index.ts";
import styles from "./FileImport.module.css";
import { isForDraft } from "./for-draft.ts";
import { type GivenFile, readGivenFiles } from "./read-files.ts";
import { designNameFor, takeIn } from "./take-in.ts";

/** Takes files in: chosen by the picker, or dropped anywhere on the window. */
export function FileImport() {
  const picker = useRef<HTMLInputElement>(null);
  const requests = useWorkbench((state) => state.fileRequests);
  const handled = useRef(requests);
  const [over, setOver] = useState(false);

  useEffect(() => {
    if (requests === handled.current) return;
    handled.current = requests;
    picker.current?.click();
  }, [requests]);

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
      void takeFiles([...(event.dataTransfer?.files ?? [])]);
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
      {over && <div className={styles.drop}>Drop profiles, a design as .zip or .tar.gz, or a program’s package</div>}
    </>
  );
}

/** Larger files are no profiles; reading them would only fill the memory. */
const mostBytes = 8 * 1024 * 1024;

async function takeFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  if (await isForDraft(files)) return workbenchStore.getState().openDialog({ kind: "draft", files });
  const given: GivenFile[] = [];
  for (const file of files) {
    const name = file.webkitRelativePath === "" ? file.name : file.webkitRelativePath;
    if (file.size > mostBytes) {
      designStore.getState().notify("bad", `\`${name}\` is larger than 8 MiB and was not read.`);
      continue;
    }
    try {
      given.push({ name, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      designStore.getState().notify("bad", `\`${name}\` can't be read. Is it a folder? Choose the files in it.`);
    }
  }
  const reading = readGivenFiles(given);
  const archive = given.length === 1 ? given[0]?.name.match(/^(.*)\.(zip|tar\.gz|tgz|tar)$/i)?.[1] : undefined;
  await takeIn(reading, archive ?? designNameFor(reading.files));
}
