import { gzipSync, zipSync, type Zippable } from "fflate";
import { packTar } from "modern-tar";
import { byPath, type Bundle, type BundleFile } from "./bundle-file.ts";
import { sha256Hex } from "./sha256.ts";

/** The archive formats that a bundle can be downloaded in. */
export const archiveFormats = ["tar.gz", "zip"] as const;

/** One of `archiveFormats`. */
export type ArchiveFormat = (typeof archiveFormats)[number];

/** An archive, ready to be saved under `fileName`. */
export interface BundleArchive {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Lower-case hex of the bytes. */
  readonly sha256: string;
}

/**
 * The date of every file in every archive, so that equal files give equal bytes. Noon in mid-winter is a time that
 * every time zone has; zip knows only local time, tar only UTC.
 */
const ZIP_DATE = new Date(2000, 0, 1, 12, 0, 0);
const TAR_DATE = new Date(Date.UTC(2000, 0, 1, 12, 0, 0));

/** Packs a bundle under its own folder: `NAME/…` in `NAME.tar.gz` or `NAME.zip`. */
export async function archiveBundle(bundle: Bundle, format: ArchiveFormat): Promise<BundleArchive> {
  const files = bundle.files.map((file) => ({ ...file, path: `${bundle.name}/${file.path}` }));
  const bytes = await archive(files, format);
  return {
    fileName: `${bundle.name}.${format}`,
    mediaType: format === "zip" ? "application/zip" : "application/gzip",
    bytes,
    sha256: sha256Hex(bytes),
  };
}

/**
 * Packs files into one archive. The bytes depend on the files alone (not on their order, the clock, the machine or the
 * runtime): entries are sorted, dates fixed, owners root, and the compressor is the same script everywhere.
 * Paths of any length work. Throws where two files share a path: the caller has broken an invariant.
 */
export async function archive(files: readonly BundleFile[], format: ArchiveFormat): Promise<Uint8Array> {
  const sorted = files.toSorted(byPath);
  const twice = sorted.find((file, index) => sorted[index - 1]?.path === file.path);
  if (twice) throw new Error(`two files of an archive share the path ${twice.path}`);
  return format === "zip" ? zip(sorted) : gzipSync(await tar(sorted), { level: 9, mtime: 0 });
}

function tar(files: readonly BundleFile[]): Promise<Uint8Array> {
  return packTar(
    files.map(({ path, bytes, mode }) => ({
      header: { name: path, size: bytes.length, mode, mtime: TAR_DATE, uid: 0, gid: 0, uname: "root", gname: "root" },
      body: bytes,
    })),
  );
}

/** `os: 3` says Unix, whose file modes stand in the upper half of the attributes; 0o100000 marks a regular file. */
function zip(files: readonly BundleFile[]): Uint8Array {
  const entries: Zippable = {};
  for (const { path, bytes, mode } of files) {
    entries[path] = [bytes, { level: 9, mtime: ZIP_DATE, os: 3, attrs: (0o100000 | mode) << 16 }];
  }
  return zipSync(entries);
}
