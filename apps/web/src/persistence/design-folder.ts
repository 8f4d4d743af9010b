import { archive } from "@hauberk/core/bundle";
import { configPath, designStore, type Texts } from "../store/index.ts";
import { saveFile } from "../ui/index.ts";

/** Asks for a folder to write into; what Chromium has and others do not. */
type FolderPicker = (options: {
  readonly id: string;
  readonly mode: "readwrite";
}) => Promise<FileSystemDirectoryHandle>;

/** The picker of this browser, or null where it has none (or the page is not trusted with it). */
function folderPicker(): FolderPicker | null {
  const picker: unknown = Reflect.get(globalThis, "showDirectoryPicker");
  return typeof picker === "function" ? (options) => Reflect.apply(picker, globalThis, [options]) : null;
}

/** Writes the open design as a folder, or hands it over as a .zip of that folder. */
export async function saveDesignFolder(): Promise<void> {
  const state = designStore.getState();
  const name = folderName(state.name);
  const picker = folderPicker();
  if (picker === null) {
    await downloadZip(name, state.texts);
    state.notify("good", `\`${name}.zip\` holds the design’s folder: this browser lets no page write folders.`);
    return;
  }
  let chosen: FileSystemDirectoryHandle;
  try {
    chosen = await picker({ id: "hauberk-design", mode: "readwrite" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    throw error;
  }
  const { into, left } = await writeFolder(chosen, name, state.texts);
  const files = state.texts.size === 1 ? "One file" : `${state.texts.size} files`;
  const others =
    left.length === 0
      ? ""
      : ` Left as they are, though the design does not have them: ${left.map((path) => `\`${path}\``).join(", ")}.`;
  state.notify("good", `${files} written to the folder \`${into}\`.${others}`);
}

/**
 * Writes the texts into a folder: into itself where it is empty or holds a design already, else into a new one below
 * it, so that nothing is strewn among other things. Gives policy files that lie there and are not the design's.
 */
export async function writeFolder(
  chosen: FileSystemDirectoryHandle,
  name: string,
  texts: Texts,
): Promise<{ readonly into: string; readonly left: readonly string[] }> {
  const names = new Set<string>();
  for await (const entry of chosen.keys()) names.add(entry);
  const own = names.size === 0 || names.has(configPath);
  const root = own ? chosen : await chosen.getDirectoryHandle(name, { create: true });
  for (const [path, text] of texts) {
    const segments = path.split("/");
    const fileName = segments.pop() ?? "";
    let folder = root;
    for (const segment of segments) folder = await folder.getDirectoryHandle(segment, { create: true });
    const writable = await (await folder.getFileHandle(fileName, { create: true })).createWritable();
    await writable.write(new TextEncoder().encode(text));
    await writable.close();
  }
  return { into: root.name === "" ? name : root.name, left: await policyBeside(root, texts) };
}

/** Policy files of a folder that are not among the texts. */
async function policyBeside(root: FileSystemDirectoryHandle, texts: Texts): Promise<readonly string[]> {
  const left: string[] = [];
  const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
    for await (const [name, entry] of folder.entries()) {
      const below = `${path}${name}`;
      if (isFolder(entry)) await walk(entry, `${below}/`);
      else if (!texts.has(below)) left.push(below);
    }
  };
  try {
    await walk(await root.getDirectoryHandle("apparmor.d"), "apparmor.d/");
  } catch {
    // A design without policy has no such folder.
  }
  return left;
}

function isFolder(entry: FileSystemHandle): entry is FileSystemDirectoryHandle {
  return entry.kind === "directory";
}

async function downloadZip(name: string, texts: Texts): Promise<void> {
  const bytes = await archive(
    [...texts].map(([path, text]) => ({ path: `${name}/${path}`, bytes: new TextEncoder().encode(text), mode: 0o644 })),
    "zip",
  );
  saveFile(`${name}.zip`, "application/zip", bytes);
}

/** A design's name as the name of a folder on any system. */
export function folderName(name: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{N}._+-]+/gu, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80);
  return plain === "" ? "design" : plain;
}
