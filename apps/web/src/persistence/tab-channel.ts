import type { SavedMessage, TabChannel } from "./autosave.ts";

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

function isSavedMessage(value: unknown): value is SavedMessage {
  return typeof value === "object" && value !== null && "id" in value && "version" in value;
}
