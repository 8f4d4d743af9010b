import { unpackTar } from "modern-tar";
import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** What a `tar` archive says of one file, folder or link. */
export interface TarEntry {
  /** As written in the archive. */
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "other";
  /** Permission bits, setuid and setgid among them. */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
  readonly size: number;
  /** Where a symbolic or hard link leads; null else. */
  readonly target: string | null;
  /** Null for what has no content. */
  readonly bytes: Uint8Array | null;
}

const kinds: Readonly<Record<string, TarEntry["kind"]>> = {
  file: "file",
  directory: "folder",
  symlink: "link",
  link: "link",
};

/** The entries of a `tar` archive in their order; nothing is written anywhere, so a name is only a name. */
export async function readTar(bytes: Uint8Array): Promise<TarEntry[]> {
  let count = 0;
  const filter = (): boolean => {
    if (++count > limits.entries) throw new Unreadable(`it holds more than ${limits.entries} files`);
    return true;
  };
  try {
    const entries = await unpackTar(bytes, { strict: true, filter });
    return entries.map(({ header, data }) => ({
      name: header.name,
      kind: kinds[header.type ?? "file"] ?? "other",
      mode: header.mode ?? 0,
      owner: header.uname ?? "",
      group: header.gname ?? "",
      size: header.size,
      target: header.linkname !== undefined && header.linkname !== "" ? header.linkname : null,
      bytes: data ?? null,
    }));
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable("the archive in it is damaged or cut off");
  }
}
