import type { ParserDiagnostic } from "@hauberk/contract";
import { machineIncludes } from "@hauberk/core/design";
import type { ReadFile } from "../messages/design-views.ts";
import type { UsableTarget } from "../target/usable-target.ts";

/** What a design counts on in a machine's `local/` and a release does not bring. */
export interface MachineFiles {
  /** Below `/etc/apparmor.d`, each once: `local/NAME`. */
  readonly paths: readonly string[];
  /** A note at each include, for the person. */
  readonly notes: readonly ParserDiagnostic[];
}

/**
 * Finds the files of `local/` that a design includes without `if exists` and a release's tree lacks. A package of the
 * release makes such a file, empty, when it is installed, so the design is judged with it. On this machine the file is
 * really missing: nothing is made up there.
 */
export function machineFiles(target: UsableTarget, views: () => readonly ReadFile[]): MachineFiles {
  if (target.isThisMachine) return { paths: [], notes: [] };
  const found = views().flatMap((file) =>
    machineIncludes(file.view)
      .filter(({ path }) => !target.policy.entries.has(path))
      .map(({ path, include }) => ({ path, file: file.path, ...file.lines.positionAt(include.node.start) })),
  );
  const notes = found.map(({ path, file, line, column }): ParserDiagnostic => ({
    file,
    line,
    column,
    severity: "warning",
    message: `\`${path}\` is not part of ${target.label}; it was judged as an empty file`,
    explanation:
      `A package of the release makes this file when it is installed, a bundle never does: on a machine without it ` +
      `the profile does not load. Write \`include if exists <${path}>\`, which works on both.`,
  }));
  return { paths: [...new Set(found.map(({ path }) => path))], notes };
}
