import { readElf, type ElfReading } from "../read/elf.ts";
import { realPath } from "../survey/real-path.ts";
import type { Survey } from "../survey/survey.ts";
import { baseName } from "../subject/shipped-path.ts";
import type { LoadedLibrary } from "./context.ts";

const mostLibraries = 200;

/** The libraries that a program loads, as far as they are among the given files, each once. */
export function loadedLibraries(survey: Survey, program: ElfReading | null): LoadedLibrary[] {
  if (program === null) return [];
  const byName = new Map(
    survey.subject.files.filter(({ path }) => /\.so/u.test(path)).map(({ path }) => [baseName(path), path]),
  );
  const found = new Map<string, LoadedLibrary>();
  const waiting = [...program.needed];
  for (let name = waiting.pop(); name !== undefined && found.size < mostLibraries; name = waiting.pop()) {
    const named = byName.get(name);
    if (named === undefined) continue;
    const path = realPath(survey.byPath, named);
    const bytes = survey.byPath.get(path)?.bytes;
    if (bytes == null || found.has(path)) continue;
    const elf = readElf(bytes);
    if (elf === null) continue;
    found.set(path, { path, elf, bytes });
    waiting.push(...elf.needed);
  }
  return [...found.values()];
}
