import { designStore } from "../../store/index.ts";
import type { GivenFile } from "./read-files.ts";

/** Most files that are looked at in a folder, and how deep: a design is small, a home folder is not. */
const mostFiles = 3000;
const deepest = 12;
/** Larger files are no policy. In bytes. */
const mostBytes = 8 * 1024 * 1024;

/** Names that hold no design and may hold very much. */
const skipped = new Set([".git", "node_modules", ".cache"]);

/** The files of a dropped folder, by the paths that they have below it. */
export async function filesOfEntries(entries: readonly FileSystemEntry[]): Promise<GivenFile[]> {
  const given: GivenFile[] = [];
  const walk = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    if (given.length >= mostFiles || depth > deepest || skipped.has(entry.name)) return;
    if (isFileEntry(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      await addFile(given, entry.fullPath.replace(/^\//, ""), file);
    } else if (isDirectoryEntry(entry)) {
      for (const child of await childrenOf(entry)) await walk(child, depth + 1);
    }
  };
  for (const entry of entries) await walk(entry, 0);
  return given;
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A reader gives the children in portions; an empty one is the end. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0 || all.length > mostFiles) return all;
    all.push(...portion);
  }
}

/** Reads files that a picker gave; those of a folder come with their paths below it. */
export async function filesOfPicker(files: readonly File[]): Promise<GivenFile[]> {
  const given: GivenFile[] = [];
  for (const file of files.slice(0, mostFiles)) {
    const name = file.webkitRelativePath === "" ? file.name : file.webkitRelativePath;
    if (!name.split("/").some((part) => skipped.has(part))) await addFile(given, name, file);
  }
  return given;
}

async function addFile(given: GivenFile[], name: string, file: File): Promise<void> {
  const state = designStore.getState();
  if (file.size > mostBytes) {
    state.notify("bad", `\`${name}\` is larger than 8 MiB and was not read.`);
    return;
  }
  try {
    given.push({ name, bytes: new Uint8Array(await file.arrayBuffer()) });
  } catch {
    state.notify("bad", `\`${name}\` can't be read. Is it a folder? Choose the files in it.`);
  }
}
