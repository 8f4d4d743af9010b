import type { TargetStatus } from "@hauberk/contract";

const key = "hauberk.target-labels";

/** Keeps how the service calls its targets, for the times when it does not answer. */
export function rememberLabels(targets: readonly TargetStatus[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(targets.map(({ id, label }) => [id, label])));
  } catch {
    // Without storage a target is called by its id while the service is away.
  }
}

/** How a target was called last, or its id. */
export function rememberedLabel(id: string): string {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    const pairs: readonly unknown[] = Array.isArray(kept) ? kept : [];
    return pairs.find((pair) => isPairOf(pair, id))?.[1] ?? id;
  } catch {
    return id;
  }
}

function isPairOf(value: unknown, id: string): value is readonly [string, string] {
  return Array.isArray(value) && value[0] === id && typeof value[1] === "string";
}
