import { writePermissions, writeRule, type FileRuleValue, type RuleValue } from "../rules/index.ts";
import { shown } from "./check-words.ts";

/** A rule as labels and messages name it: its text without the comma, shortened. */
export function ruleName(value: RuleValue): string {
  return shown(writeRule(value).replace(/,$/u, ""));
}

/** What turning one rule into another does, in the imperative. */
export function changeName(from: RuleValue, to: RuleValue): string {
  if (from.kind === "file" && to.kind === "file" && from.path !== null && from.path === to.path) {
    return fileChangeName(from, to);
  }
  return `change ${ruleName(from)} to ${ruleName(to)}`;
}

function fileChangeName(from: FileRuleValue, to: FileRuleValue): string {
  const path = shown(to.path ?? "");
  const added = to.permissions.filter((letter) => !from.permissions.includes(letter));
  const gone = from.permissions.filter((letter) => !to.permissions.includes(letter));
  const parts: string[] = [];
  if (added.length > 0) parts.push(`tick ${writePermissions(added, null)}`);
  if (gone.length > 0) parts.push(`untick ${writePermissions(gone, null)}`);
  if (from.exec !== to.exec) parts.push(to.exec === null ? `untick ${from.exec ?? ""}` : `choose ${to.exec}`);
  if (from.execTarget !== to.execTarget) {
    parts.push(
      to.execTarget === null
        ? from.exec === null
          ? "drop the target of the link"
          : "drop the exec target"
        : `lead to ${shown(to.execTarget)}`,
    );
  }
  if (from.qualifiers.owner !== to.qualifiers.owner) {
    parts.push(to.qualifiers.owner === null ? "untick owner" : `tick ${to.qualifiers.owner}`);
  }
  if (from.qualifiers.access !== to.qualifiers.access) {
    parts.push(
      to.qualifiers.access === null ? `untick ${from.qualifiers.access ?? ""}` : `tick ${to.qualifiers.access}`,
    );
  }
  if (from.qualifiers.audit !== to.qualifiers.audit) parts.push(`${to.qualifiers.audit ? "tick" : "untick"} audit`);
  return parts.length === 0 ? `change the rule on ${path}` : `${parts.join(", ")} on ${path}`;
}

/** "1 rule", "12 rules". */
export function counted(count: number): string {
  return count === 1 ? "1 rule" : `${count} rules`;
}
