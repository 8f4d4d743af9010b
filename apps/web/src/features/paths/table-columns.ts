import type { FilePermission } from "@hauberk/core/rules";

import { permissionLetters, type RowChange } from "./paths-model.ts";

/** The columns that the arrow keys pass: path, six letters, exec, owner, deny, audit. */
export const letterColumns = 1;

/** The column of the exec mode. */
export const execColumn = letterColumns + permissionLetters.length;

/** The columns of the qualifiers. */
export const switchColumns = [
  { toggle: "owner", column: execColumn + 1 },
  { toggle: "deny", column: execColumn + 2 },
  { toggle: "audit", column: execColumn + 3 },
] as const;

/** How many columns a rule has. */
export const columnCount = execColumn + 4;

/** What a press on the button of a column does; null for the path. The exec column of a deny has a plain `x`. */
export function changeOfColumn(column: number, pressed: boolean): RowChange | null {
  const letter: FilePermission | undefined = permissionLetters[column - letterColumns];
  if (column >= letterColumns && letter !== undefined) return { toggle: letter };
  if (column === execColumn) return { exec: pressed ? null : "x" };
  const found = switchColumns.find((each) => each.column === column);
  return found === undefined ? null : { toggle: found.toggle };
}
