import type { DesignEvent } from "@hauberk/contract";
import { useEffect, useState } from "react";
import { coalesced, type DesignAccess, listenToDesign } from "../../api-client/saved/index.ts";

/** What happens to the design while its review is open. */
export interface LiveNews {
  /** The latest thing that happened; null where nothing has since the page was opened. */
  readonly last: DesignEvent | null;
  /** The latest revision that was saved meanwhile. */
  readonly saved: DesignEvent | null;
  /** False while the connection is broken: it is taken up again by itself. */
  readonly live: boolean;
}

/** Milliseconds in which what happens is taken together. */
const rest = 400;

/** Listens while the page is open; whatever happens, what is known is asked for anew. */
export function useNews({ design, token }: DesignAccess, refresh: () => Promise<void>): LiveNews {
  const [news, setNews] = useState<LiveNews>({ last: null, saved: null, live: true });
  useEffect(() => {
    const end = new AbortController();
    const { ask, stop } = coalesced(() => void refresh(), rest);
    void listenToDesign(
      { design, token },
      null,
      {
        onEvent: (event) => {
          setNews((before) => ({
            ...before,
            last: event,
            saved: event.kind === "revision-saved" || event.kind === "suggestion-applied" ? event : before.saved,
          }));
          ask();
        },
        onState: (state) => {
          setNews((before) => ({ ...before, live: state === "live" }));
          // What happened between the loading of the page and the first event, or while the connection was broken.
          if (state === "live") ask();
        },
        onEnd: ask,
      },
      end.signal,
    );
    return () => {
      stop();
      end.abort();
    };
  }, [design, token, refresh]);
  return news;
}
