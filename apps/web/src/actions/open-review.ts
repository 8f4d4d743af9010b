import { savedKeys } from "../persistence/saved-keys.ts";
import { designStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** The review of the saved design, in a tab of its own; the key is taken from this browser, not from the address. */
export const openReview: Action = {
  id: "open-review",
  title: () => "Open the review",
  keys: [],
  enabled: ({ id }) => id !== null && savedKeys.of(id) !== null,
  perform: () => {
    const { id } = designStore.getState();
    const key = id === null ? null : savedKeys.of(id);
    if (key !== null) window.open(`/review/${key.design}`, "_blank", "noopener");
  },
  group: "Design",
  why: ({ id }) => (id === null ? "no design is open" : "the design is not saved on the service yet"),
  also: "comments approvals history",
};
