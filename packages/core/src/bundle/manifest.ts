import type { BundleFile } from "./bundle-file.ts";
import { sha256Hex } from "./sha256.ts";

/** An approval that opened the gate of a bundle. */
export interface BundleApproval {
  /** The number of the revision that was approved. */
  readonly revision: number;
  /** The hash of the bytes that were read: see `revisionHash`. */
  readonly hash: string;
  readonly by: string;
  /** RFC 3339, in UTC. */
  readonly at: string;
}

/** What `manifest.json` says of the bundle as a whole. */
export interface ManifestHead {
  readonly name: string;
  /** The revision of the design: see `revisionHash`. */
  readonly revision: string;
  readonly targets: readonly string[];
  /** Of the design's very bytes; null where nobody was asked for approval. */
  readonly approvals: readonly BundleApproval[] | null;
}

/** The text of `manifest.json`: each file with its size in bytes, SHA-256 and mode, for programs. */
export function manifestText(head: ManifestHead, files: readonly BundleFile[]): string {
  const rows = files.map(({ path, bytes, mode }) => ({
    path,
    size: bytes.length,
    sha256: sha256Hex(bytes),
    mode: mode.toString(8).padStart(4, "0"),
  }));
  const { name, revision, targets, approvals } = head;
  const approved =
    approvals === null
      ? {}
      : {
          approvals: approvals.map((each) => ({ revision: each.revision, hash: each.hash, by: each.by, at: each.at })),
        };
  return `${JSON.stringify({ format: 1, name, revision, targets, ...approved, files: rows }, null, 2)}\n`;
}

/** The text of `SHA256SUMS`, which `install.sh` and `sha256sum -c` read. */
export function sumsText(files: readonly BundleFile[]): string {
  return files.map(({ path, bytes }) => `${sha256Hex(bytes)}  ${path}\n`).join("");
}
