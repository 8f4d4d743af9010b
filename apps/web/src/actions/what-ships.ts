import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Shows what ships to each target, and what is lost on the way. */
export const whatShips: Action = {
  id: "what-ships",
  title: () => "What ships to each target…",
  keys: ["Alt+L"],
  group: "Design",
  also: "lower lowering lost loss older release target coarse companion",
  enabled: ({ id }) => id !== null,
  why: () => "no design is open",
  perform: () => workbenchStore.getState().openDialog({ kind: "lowering", target: null }),
};
