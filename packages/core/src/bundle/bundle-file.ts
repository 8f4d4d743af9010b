/** A file of a bundle. */
export interface BundleFile {
  /** Relative to the bundle's folder, parts joined by `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Unix permission bits. */
  readonly mode: 0o644 | 0o755;
}

/** A bundle: the files of one folder that is named after the design. */
export interface Bundle {
  /** The name of the folder and of the record on the machine where it is installed; safe in a path. */
  readonly name: string;
  /** Sorted by path. */
  readonly files: readonly BundleFile[];
  /** The targets that the bundle installs on, sorted. */
  readonly targets: readonly string[];
  /** The targets that were asked for and are not in the bundle, sorted, with the reason. */
  readonly leftOut: readonly { readonly target: string; readonly why: string }[];
  /** What the machine must have of its own before the bundle installs: files of `local/`, a sentence for each. */
  readonly notes: readonly string[];
}

/** Orders by UTF-16 code units: the same everywhere, whatever the locale. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
