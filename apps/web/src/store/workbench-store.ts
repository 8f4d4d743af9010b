import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { designStore } from "./hooks.ts";
import type { RulePick } from "./picked-rules.ts";
import { type PanelId, rememberedPanel, rememberPanel } from "./panels.ts";

/** What is open over the workbench. `text` preselects what an import begins with. */
export type OpenDialog =
  | { readonly kind: "new-profile" }
  /** Examples to start from; `point` is the one that is chosen already. */
  | { readonly kind: "gallery"; readonly point: string | null }
  | { readonly kind: "new-file" }
  | { readonly kind: "rename-file"; readonly path: string }
  | { readonly kind: "paste" }
  /** A first draft from a package, a unit or a program; `files` are read at once. */
  | { readonly kind: "draft"; readonly files: readonly File[] }
  | { readonly kind: "origins" }
  | { readonly kind: "download" }
  | { readonly kind: "help"; readonly topic: string | null }
  | { readonly kind: "designs" }
  /** Every command and place; `typed` is what was typed before it was there. */
  | { readonly kind: "palette"; readonly typed: string }
  /** The list of steps, which opens at its button. */
  | { readonly kind: "history" }
  | { readonly kind: "keys" }
  | { readonly kind: "print" }
  /** What ships to each target; `target` is shown first, null for the design's first. */
  | { readonly kind: "lowering"; readonly target: string | null }
  /** What the rule at an offset of a file comes to on each target. */
  | { readonly kind: "rule-standing"; readonly path: string; readonly offset: number }
  /** The design beside what it was, from a file on. */
  | { readonly kind: "compare"; readonly path: string | null }
  /** Asks where rules shall go; what they are is the owner's of the dialog. */
  | { readonly kind: "move-rules"; readonly verb: "move" | "copy"; readonly pick: RulePick }
  /** Asks for a new child profile or hat of the shown profile. */
  | { readonly kind: "new-child"; readonly form: "profile" | "hat"; readonly name: string }
  /** Asks which rules go into a child of the shown profile; null leaves the child open. */
  | { readonly kind: "into-child"; readonly child: string | null }
  /** Asks which rules go under a condition: a new one, or a branch that is there, by its places. */
  | {
      readonly kind: "under-condition";
      readonly place: { readonly conditional: number; readonly branch: number; readonly words: string } | null;
    }
  /** Looks through the design and the target's policy; `text` is looked for at once, null goes on where it stopped. */
  | { readonly kind: "search"; readonly text: string | null }
  /** Saves the design on the service, for the first time or as a further revision. */
  | { readonly kind: "save" }
  /** The links to a saved design. */
  | { readonly kind: "share" }
  | { readonly kind: "open-saved" }
  /** The account's workspaces, their designs and members. */
  | { readonly kind: "workspaces" }
  | { readonly kind: "replace-key" }
  | { readonly kind: "delete-saved" }
  /** A draft that was made in another browser is on the service. */
  | { readonly kind: "kept-draft" }
  /** Somebody saved a newer revision: both are put together. `message` is what was meant for this one. */
  | { readonly kind: "merge"; readonly message: string }
  /** A policy file to read, by its path below `/etc/apparmor.d`; `at` is the place to begin at. */
  | { readonly kind: "policy-file"; readonly path: string; readonly at: number | null };

/** The person's choice of colours; `system` follows the operating system. */
export type Theme = "system" | "light" | "dark";

interface WorkbenchState {
  readonly panel: PanelId;
  readonly dialog: OpenDialog | null;
  readonly theme: Theme;
  /** Which problem of the list is the current one, for "next problem". */
  readonly problem: number | null;
  readonly setPanel: (panel: PanelId) => void;
  readonly openDialog: (dialog: OpenDialog) => void;
  readonly closeDialog: () => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setProblem: (problem: number | null) => void;
  /** How often the file picker was asked for; whoever shows it heeds the change. */
  readonly fileRequests: number;
  readonly askForFiles: () => void;
  /** The same for a folder. */
  readonly folderRequests: number;
  readonly askForFolder: () => void;
  /** How many bundles were downloaded on this page. */
  readonly downloads: number;
  readonly noteDownload: () => void;
}

const themeKey = "hauberk.theme";

/** What the workbench shows, apart from the design. */
export const workbenchStore = createStore<WorkbenchState>()((set) => ({
  panel: "profile",
  dialog: null,
  theme: "system",
  problem: null,
  setPanel: (panel) => {
    set({ panel });
    const { id } = designStore.getState();
    if (id !== null) rememberPanel(id, panel);
  },
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  setTheme: (theme) => {
    set({ theme });
    showTheme(theme);
    try {
      localStorage.setItem(themeKey, theme);
    } catch {
      // Without storage the choice holds for this page.
    }
  },
  setProblem: (problem) => set({ problem }),
  fileRequests: 0,
  askForFiles: () => set((state) => ({ fileRequests: state.fileRequests + 1 })),
  folderRequests: 0,
  askForFolder: () => set((state) => ({ folderRequests: state.folderRequests + 1 })),
  downloads: 0,
  noteDownload: () => set((state) => ({ downloads: state.downloads + 1 })),
}));

// Each design comes back with the panel that was open over it.
designStore.subscribe(({ id, texts }, before) => {
  if (id !== null && id !== before.id && texts !== before.texts)
    workbenchStore.setState({ panel: rememberedPanel(id) });
});

// A bundle that was handed over is what the design can be compared with from then on.
workbenchStore.subscribe(({ downloads }, before) => {
  if (downloads > before.downloads) designStore.getState().setDownloaded();
});

/** A part of what the workbench shows. */
export function useWorkbench<T>(part: (state: WorkbenchState) => T): T {
  return useStore(workbenchStore, part);
}

/** Puts the remembered theme in force, before the first paint. */
export function restoreTheme(): void {
  let theme: string | null = null;
  try {
    theme = localStorage.getItem(themeKey);
  } catch {
    return;
  }
  if (theme !== "light" && theme !== "dark") return;
  workbenchStore.setState({ theme });
  showTheme(theme);
}

function showTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
