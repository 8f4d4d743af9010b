import type { FileView } from "@hauberk/core/design";

import { usualVariables } from "./path-check.ts";

let last: { readonly key: string; readonly names: ReadonlySet<string> } | null = null;

/**
 * The variables that a path of the design may name, without `@{` and `}`: its own, then those of the usual tunables. The
 * same set as long as the names are the same, so that what only shows them is not drawn at each keystroke.
 */
export function declaredVariables(files: readonly FileView[]): ReadonlySet<string> {
  const own = files.flatMap(({ variables }) => variables.map(({ name }) => name));
  const key = own.join(" ");
  if (last?.key !== key) last = { key, names: new Set([...own, ...usualVariables]) };
  return last.names;
}
