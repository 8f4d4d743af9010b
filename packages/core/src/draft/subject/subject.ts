/** A file, folder or link that comes with a program, at the place where it is installed. */
export interface ShippedFile {
  /** Absolute, without `.` and `..`; a folder has no `/` at its end. */
  readonly path: string;
  readonly kind: "file" | "folder" | "link" | "other";
  /** Permission bits; 0 where they are not known. */
  readonly mode: number;
  readonly owner: string;
  readonly size: number;
  /** Where a link leads, as it says. */
  readonly target: string | null;
  /** Null where only the name is known, or the file is too large to be looked into. */
  readonly bytes: Uint8Array | null;
}

/** A script that a package runs when it is installed or removed. It is read, never run. */
export interface MaintainerScript {
  readonly name: string;
  readonly text: string;
}

/** What is known of a program to be confined, wherever it came from. */
export interface Subject {
  readonly kind: "package" | "files";
  /** Of the package, or of the first file given. */
  readonly name: string;
  readonly version: string | null;
  readonly architecture: string | null;
  /** The package's description in a line. */
  readonly summary: string | null;
  readonly files: readonly ShippedFile[];
  /** Paths of files that administrators change. */
  readonly conffiles: readonly string[];
  readonly scripts: readonly MaintainerScript[];
  /** What could not be read, for the person. */
  readonly remarks: readonly string[];
}
