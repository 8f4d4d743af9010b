import type { DesignEvent, DesignEventKind } from "@hauberk/contract";
import type { QueryClient } from "@tanstack/react-query";
import type { DesignAccess } from "./design-call.ts";
import { listenToDesign } from "./design-events.ts";
import { designKey, type DesignPart } from "./queries.ts";

const everything: readonly DesignPart[] = [
  "design",
  "revisions",
  "verdicts",
  "comments",
  "approvals",
  "history",
  "links",
];

/** What is known of a design and not true any more once this has happened. */
const touched: Readonly<Record<DesignEventKind, readonly DesignPart[]>> = {
  created: everything,
  renamed: ["design", "history"],
  "revision-saved": ["design", "revisions", "approvals", "history"],
  "gate-set": ["design", "history"],
  "link-created": ["links", "history"],
  "link-revoked": ["design", "approvals", "links", "history"],
  "key-replaced": ["design", "history"],
  commented: ["comments", "history"],
  resolved: ["comments", "history"],
  reopened: ["comments", "history"],
  "comment-deleted": ["comments", "history"],
  "suggestion-applied": ["comments", "history"],
  approved: ["design", "approvals", "history"],
  "changes-requested": ["design", "approvals", "history"],
  "decision-withdrawn": ["design", "approvals", "history"],
  "bundle-made": ["history"],
  "verdicts-known": ["verdicts", "history"],
  deleted: everything,
};

/** Milliseconds in which what happens is taken together: after quiet, and while much is going on. */
const soon = 400;
const busy = 2000;

interface NewsListener {
  readonly onEvent?: (event: DesignEvent) => void;
  readonly onState?: (state: "live" | "broken") => void;
}

/**
 * Keeps what is known of a design fresh as long as somebody looks: what an event touches is asked for anew, at most
 * every other second while there are many. Gives what ends it.
 */
export function followDesignNews(queries: QueryClient, access: DesignAccess, listener: NewsListener = {}): () => void {
  const end = new AbortController();
  const stale = new Set<DesignPart>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const refresh = () => {
    timer = undefined;
    last = performance.now();
    const parts: readonly unknown[] = [...stale];
    stale.clear();
    void queries.invalidateQueries({
      queryKey: designKey(access),
      predicate: ({ queryKey }) => parts.includes(queryKey[designKey(access).length]),
    });
  };
  const ask = (parts: readonly DesignPart[]) => {
    for (const part of parts) stale.add(part);
    timer ??= setTimeout(refresh, performance.now() - last > busy ? soon : busy);
  };
  void listenToDesign(
    access,
    null,
    {
      onEvent: (event) => {
        listener.onEvent?.(event);
        ask(touched[event.kind]);
      },
      onState: (state) => {
        listener.onState?.(state);
        // What happened between the loading of the page and the first event, or while the connection was broken.
        if (state === "live") ask(everything);
      },
      onEnd: () => ask(everything),
    },
    end.signal,
  );
  return () => {
    clearTimeout(timer);
    end.abort();
  };
}
