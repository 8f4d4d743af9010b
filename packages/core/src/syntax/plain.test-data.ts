/** A tree, or what holds parts of one, as plain objects to compare: what is below a moved node is made when asked for. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const parts = "children" in value ? { ...value, children: value.children } : value;
  return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, plain(part)]));
}
