import type { SavedMessage, TabChannel } from "./autosave.ts";
import type { PresenceChannel } from "./presence.ts";

/** The channel between the tabs of this browser. */
export function browserChannel(): TabChannel {
  const channel = new BroadcastChannel("hauberk-designs");
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => {
      channel.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (isSavedMessage(event.data)) hear(event.data);
      });
    },
  };
}

/** The channel by which tabs tell which design they have open. */
export function presenceChannel(): PresenceChannel {
  const channel = new BroadcastChannel("hauberk-tabs");
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener("message", (event: MessageEvent<unknown>) => hear(event.data)),
  };
}

function isSavedMessage(value: unknown): value is SavedMessage {
  return typeof value === "object" && value !== null && "id" in value && "version" in value;
}
