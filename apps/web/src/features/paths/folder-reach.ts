import type { FolderReach } from "./FolderRow.tsx";
import type { FolderLine } from "./path-folders.ts";
import type { PathRules } from "./path-rules.ts";

const noReach: readonly FolderReach[] = [];

/** What rules from above allow or deny in a folder, in words. */
export function reachOf(rules: PathRules, line: FolderLine): readonly FolderReach[] {
  if (line.reach.length === 0) return noReach;
  return line.reach.flatMap((number): FolderReach[] => {
    const row = rules.row(number);
    if (row === undefined || row.path === null) return [];
    const letters = `${row.permissions}${row.exec ?? ""}`;
    const access = [row.owner ?? "", row.deny ? "no" : "", letters].filter(Boolean).join(" ");
    return [{ number, line: row.line, path: row.path, access }];
  });
}
