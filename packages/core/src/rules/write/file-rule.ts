import type { FileRuleValue } from "../rule-values.ts";
import { writePermissions } from "./permissions.ts";
import { writeQualifiers } from "./qualifiers.ts";
import { nameWord, pathWord } from "./words.ts";

/** `owner /path rw,`, `rw /path,`, `/bin/x Px -> target,` or `file,`; `permissions` is used in place of the usual order. */
export function writeFileRule(value: FileRuleValue, permissions?: string): string {
  const letters = permissions ?? writePermissions(value.permissions, value.exec);
  const words: string[] = [];
  if (value.keyword || value.path === null) words.push("file");
  if (value.safety !== null) words.push(value.safety);
  if (value.path !== null) {
    const path = pathWord(value.path);
    words.push(...(value.permissionsFirst ? [letters, path] : [path, letters]).filter((word) => word !== ""));
  }
  if (value.execTarget !== null) words.push("->", nameWord(value.execTarget));
  return `${writeQualifiers(value.qualifiers)}${words.join(" ")},`;
}
