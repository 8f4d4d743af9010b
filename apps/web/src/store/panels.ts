/** The panels of the middle, in the order of their tabs. */
export const panels = [
  { id: "profile", title: "Profile" },
  { id: "includes", title: "Includes" },
  { id: "capabilities", title: "Capabilities" },
  { id: "paths", title: "Paths" },
  { id: "programs", title: "Programs" },
  { id: "network", title: "Network" },
  { id: "ipc", title: "IPC" },
  { id: "system", title: "System" },
  { id: "summary", title: "In words" },
  { id: "standing", title: "Standing" },
] as const;

/** The keys that show the panel at a place of the tabs, from 0: Alt with a digit, the tenth with 0. */
export function panelKeys(index: number): string {
  return `Alt+${(index + 1) % 10}`;
}

/** One of the panels. */
export type PanelId = (typeof panels)[number]["id"];

const key = "hauberk.panel-of-design";

/** Designs whose panel is remembered; the one left alone longest is forgotten first. */
const most = 100;

/** The panel that was open last over a design; the first where none is remembered. */
export function rememberedPanel(design: string): PanelId {
  const kept = remembered().get(design);
  return panels.find(({ id }) => id === kept)?.id ?? "profile";
}

/** Keeps which panel is open over a design, for the next visit. */
export function rememberPanel(design: string, panel: PanelId): void {
  const kept = remembered();
  kept.delete(design);
  kept.set(design, panel);
  try {
    localStorage.setItem(key, JSON.stringify([...kept].slice(-most)));
  } catch {
    // Without storage each visit begins at the first panel.
  }
}

function remembered(): Map<string, string> {
  const found = new Map<string, string>();
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    if (!Array.isArray(kept)) return found;
    for (const entry of kept) {
      if (!Array.isArray(entry)) continue;
      const [design, panel]: readonly unknown[] = entry;
      if (typeof design === "string" && typeof panel === "string") found.set(design, panel);
    }
  } catch {
    // What can't be read counts as nothing kept.
  }
  return found;
}
