import { savedKeys } from "../persistence/saved-keys.ts";
import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** The links to the saved design, and how many approvals a bundle needs. */
export const shareLinks: Action = {
  id: "share-links",
  title: () => "Share links, set the gate…",
  keys: [],
  enabled: ({ id }) => id !== null && savedKeys.of(id)?.role === "owner",
  perform: () => workbenchStore.getState().openDialog({ kind: "share" }),
  group: "Design",
  why: ({ id }) =>
    id === null
      ? "no design is open"
      : savedKeys.of(id) === null
        ? "the design is not saved on the service yet"
        : "only the owner shares it",
  also: "review link approve approval gate invite",
};
