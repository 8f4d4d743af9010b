import { useSyncExternalStore } from "react";
import { isDark } from "../actions/index.ts";
import { useWorkbench } from "../store/index.ts";

/** Whether dark colours are in force: the person's choice, or the system's as it changes. */
export function useDark(): boolean {
  useWorkbench((state) => state.theme);
  return useSyncExternalStore(heedSystemColours, isDark);
}

function heedSystemColours(heed: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", heed);
  return () => system.removeEventListener("change", heed);
}
