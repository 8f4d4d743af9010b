import { CallError } from "../call-error.ts";
import { readText } from "./read-text.ts";

/**
 * The paths that a call names: its arguments, then those of the list `filesFrom` (one a line, or ended by NUL each;
 * `-` reads the list from standard input).
 */
export function listPaths(named: readonly string[], filesFrom: string | undefined): string[] {
  const paths = [...named];
  if (filesFrom !== undefined) {
    const list = readText(filesFrom);
    if (!list.ok) throw new CallError(`cannot read the list of files ${filesFrom}: ${list.why}`);
    const separator = list.text.includes("\0") ? "\0" : /\r?\n/;
    paths.push(...list.text.split(separator).filter((path) => path !== ""));
  }
  const readers = paths.filter((path) => path === "-").length + (filesFrom === "-" ? 1 : 0);
  if (readers > 1) throw new CallError("standard input can be read only once");
  if (paths.length === 0) throw new CallError("no file was named; name some, or give a list with --files-from");
  return paths;
}
