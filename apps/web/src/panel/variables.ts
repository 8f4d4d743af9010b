import type { FileView } from "@hauberk/core/design";

import { usualVariables } from "./path-check.ts";

/** The variables that a path of the design may name, without `@{` and `}`: its own, then those of the usual tunables. */
export function declaredVariables(files: readonly FileView[]): ReadonlySet<string> {
  return new Set([...files.flatMap(({ variables }) => variables.map(({ name }) => name)), ...usualVariables]);
}
