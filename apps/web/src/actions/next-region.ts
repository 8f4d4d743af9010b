import type { Action } from "./action.ts";

/** Takes the keys to the next part of the page: files, panels, text, verdicts and problems. The way out of the text. */
export const nextRegion: Action = regionStep("next-region", "Next part of the page", "F6", 1);

/** Takes the keys to the part before. */
export const previousRegion: Action = regionStep("previous-region", "Previous part of the page", "Shift+F6", -1);

/** What had the focus in each part when it was left. */
const left = new WeakMap<Element, HTMLElement>();

function regionStep(id: string, title: string, key: string, step: 1 | -1): Action {
  return {
    id,
    title: () => title,
    keys: [key],
    group: "Go to",
    why: () => "no design is open",
    enabled: (design) => design.id !== null,
    perform: () => {
      const regions = [...document.querySelectorAll("[data-region]")];
      const focused = document.activeElement;
      const from = regions.findIndex((region) => region.contains(focused));
      const region = regions[from];
      if (region !== undefined && focused instanceof HTMLElement) left.set(region, focused);
      const next =
        regions[from === -1 ? (step === 1 ? 0 : regions.length - 1) : (from + step + regions.length) % regions.length];
      if (next !== undefined) focusIn(next);
    },
  };
}

const reachable =
  '[tabindex="0"], button:not(:disabled, [tabindex="-1"]), input:not(:disabled, [tabindex="-1"]), textarea:not(:disabled, [tabindex="-1"])';

/** The text itself, rather than the tabs above it. */
const text = '[role="textbox"][aria-multiline="true"]';

/** Focuses what had the focus there before, else the text, else the first thing that Tab reaches. */
function focusIn(region: Element): void {
  const before = left.get(region);
  const first = region.querySelector(text) ?? region.querySelector(reachable);
  const target = before !== undefined && region.contains(before) ? before : first;
  if (target instanceof HTMLElement) target.focus();
}
