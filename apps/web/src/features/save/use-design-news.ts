import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type DesignAccess, designKey, listenToDesign } from "../../api-client/saved/index.ts";

/** Keeps what is known of a saved design fresh: whatever happens to it is asked for anew. */
export function useDesignNews({ design, token }: DesignAccess): void {
  const queries = useQueryClient();
  useEffect(() => {
    const end = new AbortController();
    const refresh = () =>
      void queries.invalidateQueries({
        queryKey: designKey({ design, token }),
        // A revision never changes.
        predicate: ({ queryKey }) => queryKey[3] !== "revision",
      });
    void listenToDesign({ design, token }, null, { onEvent: refresh, onState: refresh, onEnd: refresh }, end.signal);
    return () => end.abort();
  }, [design, token, queries]);
}
