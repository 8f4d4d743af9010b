import type { BundleFile } from "./bundle-file.ts";
import { sha256Hex } from "./sha256.ts";

/** What `manifest.json` says of the bundle as a whole. */
export interface ManifestHead {
  readonly name: string;
  /** The revision of the design: see `revisionHash`. */
  readonly revision: string;
  readonly targets: readonly string[];
}

/** The text of `manifest.json`: each file with its size in bytes, SHA-256 and mode, for programs. */
export function manifestText(head: ManifestHead, files: readonly BundleFile[]): string {
  const rows = files.map(({ path, bytes, mode }) => ({
    path,
    size: bytes.length,
    sha256: sha256Hex(bytes),
    mode: mode.toString(8).padStart(4, "0"),
  }));
  const { name, revision, targets } = head;
  return `${JSON.stringify({ format: 1, name, revision, targets, files: rows }, null, 2)}\n`;
}

/** The text of `SHA256SUMS`, which `install.sh` and `sha256sum -c` read. */
export function sumsText(files: readonly BundleFile[]): string {
  return files.map(({ path, bytes }) => `${sha256Hex(bytes)}  ${path}\n`).join("");
}
