import { meantPath, type MeantPath } from "@hauberk/core/edit";
import { type KeyboardEvent, useId, useMemo, useState } from "react";

import { shownNow } from "../../panel/use-edit.ts";
import { optionId } from "./MeantList.tsx";

/** Most suggestions below a field. */
const most = 6;

/** What a field with suggestions has: its attributes, its list, and its keys. */
export interface Meant {
  readonly items: readonly MeantPath[];
  readonly current: number;
  readonly listId: string;
  /** Spread over the input. */
  readonly input: {
    readonly role: "combobox";
    readonly "aria-expanded": boolean;
    readonly "aria-autocomplete": "list";
    readonly "aria-controls": string | undefined;
    readonly "aria-activedescendant": string | undefined;
  };
  readonly take: (meant: MeantPath) => void;
  /** True where the key was the list's. */
  readonly keys: (event: KeyboardEvent) => boolean;
}

/**
 * What a path in a field probably means, to be taken by arrow and Enter. `shown` false hides it; Escape hides it until the
 * text changes.
 */
export function useMeant(text: string, shown: boolean, onPick: (meant: MeantPath) => void): Meant {
  const listId = useId();
  const [at, setAt] = useState({ text, index: -1, hidden: false });
  const now = at.text === text ? at : { text, index: -1, hidden: false };
  const found = useMemo(() => (text.trim() === "" ? [] : meantPath(text, shownNow()?.file).slice(0, most)), [text]);
  const items = shown && !now.hidden ? found : [];
  const current = Math.min(now.index, items.length - 1);
  const open = items.length > 0;
  return {
    items,
    current,
    listId,
    take: onPick,
    input: {
      role: "combobox",
      "aria-expanded": open,
      "aria-autocomplete": "list",
      "aria-controls": open ? listId : undefined,
      "aria-activedescendant": current >= 0 ? optionId(listId, current) : undefined,
    },
    keys(event) {
      if (!open) return false;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        // One place beyond either end is the text as it was typed.
        const step = event.key === "ArrowDown" ? 1 : -1;
        const places = items.length + 1;
        setAt({ text, index: ((current + 1 + step + places) % places) - 1, hidden: false });
      } else if (event.key === "Escape") setAt({ text, index: -1, hidden: true });
      else if (event.key === "Enter" && current >= 0) {
        const meant = items[current];
        if (meant !== undefined) onPick(meant);
      } else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
