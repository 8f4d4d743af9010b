import type { FileView } from "../design/index.ts";
import { accept } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";

/** Writes a file in the house style: indentation, blanks, blank lines. What it means and its comments stay. */
export function formatFile(file: FileView): EditOutcome {
  return accept(file, "format the file", []);
}
