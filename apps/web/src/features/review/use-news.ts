import type { DesignEvent } from "@hauberk/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type DesignAccess, followDesignNews } from "../../api-client/saved/index.ts";

/** What happens to the design while its review is open. */
export interface LiveNews {
  /** The latest thing that happened; null where nothing has since the page was opened. */
  readonly last: DesignEvent | null;
  /** The latest revision that was saved meanwhile. */
  readonly saved: DesignEvent | null;
  /** False while the connection is broken: it is taken up again by itself. */
  readonly live: boolean;
}

/** Listens while the page is open; what has changed is asked for anew. */
export function useNews({ design, token }: DesignAccess): LiveNews {
  const queries = useQueryClient();
  const [news, setNews] = useState<LiveNews>({ last: null, saved: null, live: true });
  useEffect(
    () =>
      followDesignNews(
        queries,
        { design, token },
        {
          onEvent: (event) =>
            setNews((before) => ({
              ...before,
              last: event,
              saved: event.kind === "revision-saved" ? event : before.saved,
            })),
          onState: (state) => setNews((before) => ({ ...before, live: state === "live" })),
        },
      ),
    [design, token, queries],
  );
  return news;
}
