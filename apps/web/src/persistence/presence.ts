import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";

/** What tabs tell one another of which design they have open. */
type Presence = { readonly kind: "open" | "here"; readonly tab: string; readonly id: string | null };

/** A channel to the other tabs of this browser. */
export interface PresenceChannel {
  post(message: Presence): void;
  listen(hear: (message: unknown) => void): void;
}

const elsewhere = createStore<{ readonly tabs: ReadonlyMap<string, string | null>; readonly own: string | null }>()(
  () => ({ tabs: new Map(), own: null }),
);

/** How many other tabs of this browser have the same design open. */
export function useOtherTabs(): number {
  return useStore(elsewhere, ({ tabs, own }) =>
    own === null ? 0 : [...tabs.values()].filter((design) => design === own).length,
  );
}

/** Begins to tell other tabs which design is open here, and to hear it of them. Gives what tells of another design. */
export function startPresence(channel: PresenceChannel, tab: string): (id: string | null) => void {
  channel.listen((message) => {
    if (!isPresence(message) || message.tab === tab) return;
    const tabs = new Map(elsewhere.getState().tabs);
    if (message.id === null) tabs.delete(message.tab);
    else tabs.set(message.tab, message.id);
    elsewhere.setState({ tabs });
    const { own } = elsewhere.getState();
    if (message.kind === "open" && own !== null) channel.post({ kind: "here", tab, id: own });
  });
  return (id) => {
    elsewhere.setState({ own: id });
    channel.post({ kind: "open", tab, id });
  };
}

function isPresence(value: unknown): value is Presence {
  if (typeof value !== "object" || value === null) return false;
  return (
    "kind" in value &&
    (value.kind === "open" || value.kind === "here") &&
    "tab" in value &&
    typeof value.tab === "string" &&
    "id" in value &&
    (typeof value.id === "string" || value.id === null)
  );
}
