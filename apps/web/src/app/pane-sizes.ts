/** The panes whose size a person can choose: the bottom's height in pixels, the panels' share beside or above the text in percent. */
export type PaneName = "bottom" | "beside" | "above";

const key = "hauberk.panes";
const names: readonly PaneName[] = ["bottom", "beside", "above"];

/** The custom properties of the layout for a size; without them the style sheet's own sizes hold. */
function properties(name: PaneName, size: number): readonly (readonly [string, string])[] {
  if (name === "bottom") return [["--pane-bottom", `${size}px`]];
  return [
    [`--pane-${name}`, `${size / 100}fr`],
    [`--pane-${name}-rest`, `${1 - size / 100}fr`],
  ];
}

/** Gives a pane a size, and keeps it for the next visit; null is the size that it has by itself. */
export function setPaneSize(name: PaneName, size: number | null): void {
  show(name, size);
  const kept = keptSizes();
  if (size === null) kept.delete(name);
  else kept.set(name, size);
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Without storage the size holds for this page.
  }
}

/** Puts the remembered sizes in force, before the first paint. */
export function restorePaneSizes(): void {
  for (const [name, size] of keptSizes()) show(name, size);
}

function show(name: PaneName, size: number | null): void {
  const { style } = document.documentElement;
  for (const [property, value] of properties(name, size ?? 0)) {
    if (size === null) style.removeProperty(property);
    else style.setProperty(property, value);
  }
}

function keptSizes(): Map<PaneName, number> {
  const sizes = new Map<PaneName, number>();
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return sizes;
    for (const name of names) {
      const size: unknown = Reflect.get(kept, name);
      if (typeof size === "number" && Number.isFinite(size)) sizes.set(name, size);
    }
  } catch {
    // What can't be read counts as nothing kept.
  }
  return sizes;
}
