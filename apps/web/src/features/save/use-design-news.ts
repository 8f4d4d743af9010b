import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { coalesced, type DesignAccess, designKey, listenToDesign } from "../../api-client/saved/index.ts";

/** Milliseconds in which what happens is taken together. */
const rest = 400;

/** Keeps what is known of a saved design fresh: whatever happens to it is asked for anew. */
export function useDesignNews({ design, token }: DesignAccess): void {
  const queries = useQueryClient();
  useEffect(() => {
    const end = new AbortController();
    const { ask, stop } = coalesced(
      () =>
        void queries.invalidateQueries({
          queryKey: designKey({ design, token }),
          // A revision never changes; what is being put together stays as it is.
          predicate: ({ queryKey }) => queryKey[3] !== "revision" && queryKey[3] !== "merge",
        }),
      rest,
    );
    void listenToDesign({ design, token }, null, { onEvent: ask, onState: ask, onEnd: ask }, end.signal);
    return () => {
      stop();
      end.abort();
    };
  }, [design, token, queries]);
}
