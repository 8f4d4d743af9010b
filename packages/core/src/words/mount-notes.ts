import type { MountRuleValue } from "../rules/index.ts";
import { code, codes } from "./lists.ts";
import { operationOf, optionLists } from "./mount-operations.ts";

/** Where the compiled rule is not what its text says, as measured with the parsers 3.0.8 and 5.0.2. */
export function mountNotes(value: MountRuleValue): readonly (string | null)[] {
  const { kind, conditions, source, target } = value;
  const lists = optionLists(conditions);
  const dropped = kind === "umount" ? [...new Set(conditions.map(({ key }) => key))] : [];
  return [
    dropped.length === 0 ? null : `The parsers leave ${codes(dropped)} out: whatever is mounted there is meant.`,
    kind === "remount" && lists.length === 0
      ? "AppArmor 3 (Debian 12) reads it as: to the default options only."
      : null,
    lists.length > 1 ? "AppArmor 3 (Debian 12) takes the lists of options for one list." : null,
    kind === "mount" && source !== null && target === null && operationOf(conditions) === "remount"
      ? `A remount has no source, so the rule fits none: the place is written \`-> ${code(source).slice(1)}.`
      : null,
  ];
}
