import { CallError } from "../call-error.ts";
import { openDesign, type OpenDesign } from "./open-design.ts";

/** A design, and which of its files were named; null where the whole design was. */
export interface NamedDesign {
  readonly open: OpenDesign;
  readonly files: ReadonlySet<string> | null;
}

/** Opens the designs that the paths belong to, each once, in the order in which they were named. */
export function openDesigns(paths: readonly string[]): NamedDesign[] {
  const designs = new Map<string, { open: OpenDesign; files: Set<string> | null }>();
  const problems: string[] = [];
  for (const path of paths) {
    try {
      const open = openDesign(path);
      const key = open.folder === null ? `file ${path}` : `folder ${open.folder}`;
      const known = designs.get(key);
      if (known === undefined) designs.set(key, { open, files: open.file === null ? null : new Set([open.file]) });
      else if (open.file === null) known.files = null;
      else known.files?.add(open.file);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new CallError(problems.join("\n"));
  return [...designs.values()];
}
