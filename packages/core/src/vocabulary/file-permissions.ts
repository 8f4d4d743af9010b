import type { Danger } from "./danger.ts";
import type { Word } from "./word.ts";

/** A letter of a file rule that is ticked by itself; exec modes are in `execModes`. */
export interface FilePermissionWord extends Word {
  readonly name: "r" | "w" | "a" | "k" | "l" | "m";
  /** For column heads: `read`. */
  readonly title: string;
  readonly danger: Danger;
  /** Letters that may not stand in one rule with it. */
  readonly excludes: readonly string[];
}

/** The letters in the order in which they are shown and written. */
export const filePermissions: readonly FilePermissionWord[] = [
  {
    name: "r",
    title: "read",
    sentence: "Read the file, or list the directory where the path ends in `/`. Scripts need it to be run.",
    since: "3.0.8",
    danger: "low",
    excludes: [],
  },
  {
    name: "w",
    title: "write",
    sentence:
      "Create, change, rename and delete the file; with a path that ends in `/`, make and remove the directory. Includes appending.",
    since: "3.0.8",
    danger: "medium",
    excludes: ["a"],
  },
  {
    name: "a",
    title: "append",
    sentence:
      "Add to the end of the file only: what is there stays. Fits logs. Creating the file counts as appending too.",
    since: "3.0.8",
    danger: "low",
    excludes: ["w"],
  },
  {
    name: "k",
    title: "lock",
    sentence: "Lock the file. An exclusive lock needs `w` beside it, a shared one `r`.",
    since: "3.0.8",
    danger: "low",
    excludes: [],
  },
  {
    name: "l",
    title: "link",
    sentence: "Make a hard link with this path as the new name. What is linked to must be allowed to it as well.",
    since: "3.0.8",
    danger: "medium",
    excludes: [],
  },
  {
    name: "m",
    title: "map",
    sentence:
      "Map the file into memory as code: shared libraries and programs need it. With `w` on the same file it means running what was written.",
    since: "3.0.8",
    danger: "medium",
    excludes: [],
  },
];
