import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Whether dark colours are in force now, chosen or by the system. */
export function isDark(): boolean {
  const { theme } = workbenchStore.getState();
  return theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Changes between light and dark; what equals the system's choice follows the system again. */
export const toggleTheme: Action = {
  id: "toggle-theme",
  title: () => (isDark() ? "Light colours" : "Dark colours"),
  keys: [],
  enabled: () => true,
  perform: () => {
    const wanted = isDark() ? "light" : "dark";
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    workbenchStore.getState().setTheme(wanted === system ? "system" : wanted);
  },
  group: "View",
  also: "theme dark light mode",
};
