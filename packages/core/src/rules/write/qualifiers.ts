import type { Qualifiers } from "../rule-values.ts";

/** The qualifiers in the order that every parser takes, each followed by a blank; empty where there is none. */
export function writeQualifiers(qualifiers: Qualifiers): string {
  return qualifierWords(qualifiers)
    .map((word) => `${word} `)
    .join("");
}

/** The words of the qualifiers, in the order that every parser takes: 3.0.8 refuses `owner audit` and `deny audit`. */
export function qualifierWords(qualifiers: Qualifiers): string[] {
  const words: string[] = [];
  if (qualifiers.priority !== null) words.push(`priority=${qualifiers.priority}`);
  if (qualifiers.audit) words.push("audit");
  if (qualifiers.quiet) words.push("quiet");
  if (qualifiers.access !== null) words.push(qualifiers.access);
  if (qualifiers.owner !== null) words.push(qualifiers.owner);
  return words;
}
