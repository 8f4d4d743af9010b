import { useCallback, useState } from "react";

import type { PathOrder } from "./shown-rules.ts";

/** How the table is shown; the browser keeps it. */
export interface ViewChoice {
  readonly order: PathOrder;
  readonly folders: boolean;
  /** Folders that are closed, by their paths. */
  readonly folded: readonly string[];
}

const key = "hauberk.paths-view";
const orders: readonly PathOrder[] = ["text", "path", "access", "danger"];

/** Closed folders that are kept; the ones closed longest ago are forgotten first. */
const most = 200;

const usual: ViewChoice = { order: "text", folders: false, folded: [] };

/** What the browser keeps, as far as it can be read. */
export function readChoice(text: string | null): ViewChoice {
  if (text === null) return usual;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return usual;
    const { order, folders, folded }: Record<string, unknown> = { ...value };
    return {
      order: orders.find((each) => each === order) ?? "text",
      folders: folders === true,
      folded: Array.isArray(folded) ? folded.filter((path): path is string => typeof path === "string") : [],
    };
  } catch {
    return usual;
  }
}

function keep(choice: ViewChoice): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...choice, folded: choice.folded.slice(-most) }));
  } catch {
    // Without storage the choice holds for this page.
  }
}

function kept(): ViewChoice {
  try {
    return readChoice(localStorage.getItem(key));
  } catch {
    return usual;
  }
}

/** How the table is shown, and how to change it. */
export function useViewChoice(): readonly [ViewChoice, (change: (now: ViewChoice) => ViewChoice) => void] {
  const [choice, setChoice] = useState(kept);
  const change = useCallback((to: (now: ViewChoice) => ViewChoice) => {
    setChoice((now) => {
      const next = to(now);
      keep(next);
      return next;
    });
  }, []);
  return [choice, change];
}
