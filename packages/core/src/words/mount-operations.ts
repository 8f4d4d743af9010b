import type { Condition } from "../rules/index.ts";
import { mountOptions } from "../vocabulary/index.ts";
import { valuesOf } from "./names.ts";

/** Every spelling of an option that is an operation or a matter of propagation, with its main one. */
const operations: ReadonlyMap<string, string> = new Map(
  mountOptions
    .filter(({ kind }) => kind !== "property")
    .flatMap(({ name, aliases }) => [name, ...aliases].map((spelling) => [spelling, name] as const)),
);

/** True for an option that is an operation, or says how mounts spread, in any spelling. */
export function isOperation(option: string): boolean {
  return operations.has(option);
}

/** True for an operation that says how mounts spread. */
export function isSpread(operation: string): boolean {
  return mountOptions.some(({ name, kind }) => name === operation && kind === "propagation");
}

/** What an operation does, as the vocabulary says it; empty for an unknown one. */
export function spreadOf(operation: string): string {
  return mountOptions.find(({ name }) => name === operation)?.sentence ?? "";
}

/** The operations that some options name, each once, in their main spelling. */
export function operationsAmong(options: readonly string[]): readonly string[] {
  const named = new Set(options.flatMap((option) => operations.get(option) ?? []));
  // Both words together are the deep one.
  if (named.has("rbind")) named.delete("bind");
  return [...named];
}

/** The lists of options of a rule; `within` where none, some or all of them may be used. */
export function optionLists(
  conditions: readonly Condition[],
): readonly { readonly within: boolean; readonly options: readonly string[] }[] {
  return conditions
    .filter(({ key }) => key === "options" || key === "option")
    .map(({ operator, values }) => ({ within: operator === "in", options: values }));
}

/** The one operation that a mount rule is about, where its options name one. */
export function operationOf(conditions: readonly Condition[]): string | null {
  if (optionLists(conditions).some(({ within }) => within)) return null;
  const named = operationsAmong(valuesOf(conditions, "options", "option"));
  // A bind mount is remounted by both words.
  if (named.includes("remount")) return "remount";
  return named.length === 1 ? (named[0] ?? null) : null;
}
