import type { RuleValue } from "../rules/index.ts";

/**
 * A path that a rule of files speaks of, as far as that can be told without the values of variables: null where it can't.
 * It is only a first place to look at, so it may be wrong.
 */
export function samplePath(value: RuleValue): string | null {
  const path = value.kind === "file" || value.kind === "link" ? value.path : null;
  if (path === null || /[@$]\{|[\\"]/u.test(path)) return null;
  const plain = path
    .replaceAll(/\{([^{},]*)[^{}]*\}/gu, "$1")
    .replaceAll(/\*+|\?/gu, "a")
    .replaceAll(/\[([^\]^])[^\]]*\]/gu, "$1");
  return /[{}[\]]/u.test(plain) ? null : plain;
}
