import { type DragEvent, useState } from "react";
import { designStore, type RulePick } from "../store/index.ts";
import { pasteRules, rulesAsText, type RuleGoal, transferRules } from "./rule-transfer.ts";

/** Marks a drag of rules of this page; what they are stays here, for a page may not read it before the drop. */
const mark = "application/x-hauberk-rules";

let dragged: RulePick | null = null;

/** Begins to drag rules: to a profile of this page, or as text to wherever text can go. */
export function beginRuleDrag(event: DragEvent, pick: RulePick): void {
  const text = rulesAsText(pick);
  if (text === null) return;
  dragged = pick;
  event.dataTransfer.setData("text/plain", text);
  event.dataTransfer.setData(mark, "");
  event.dataTransfer.effectAllowed = "copyMove";
  const count = pick.indexes.length;
  if (count > 1) event.dataTransfer.setDragImage(imageOf(`${count} rules`), -10, -6);
}

/** The drag is over, dropped or not. */
export function endRuleDrag(): void {
  dragged = null;
}

function imageOf(words: string): HTMLElement {
  const image = document.createElement("div");
  image.className = "drag-image";
  image.textContent = words;
  document.body.append(image);
  // The browser has drawn it once this turn is over.
  setTimeout(() => image.remove());
  return image;
}

/** What makes an element a place where rules can be dropped. */
export interface RuleDrop {
  /** True while rules hang over it: shown by an outline. */
  readonly over: boolean;
  readonly props: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

function takes({ dataTransfer: { types } }: DragEvent): boolean {
  return types.includes(mark) || (types.includes("text/plain") && !types.includes("Files"));
}

/** Lets rules be dropped: they move here, with Ctrl held they are copied. Text from elsewhere is read as rules. */
export function useRuleDrop(goal: RuleGoal): RuleDrop {
  const [over, setOver] = useState(false);
  const heed = (event: DragEvent) => {
    if (!takes(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = dragged === null || event.ctrlKey || event.altKey ? "copy" : "move";
    setOver(true);
  };
  return {
    over,
    props: {
      onDragEnter: heed,
      onDragOver: heed,
      onDragLeave: (event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      },
      onDrop: (event) => {
        setOver(false);
        if (!takes(event)) return;
        event.preventDefault();
        const pick = dragged;
        dragged = null;
        if (pick === null) {
          pasteRules(event.dataTransfer.getData("text/plain"), goal);
          return;
        }
        const copy = event.ctrlKey || event.altKey;
        if (transferRules(copy ? "copy" : "move", pick, goal)) said(copy, pick.indexes.length);
      },
    },
  };
}

function said(copy: boolean, count: number): void {
  const what = count === 1 ? "the rule" : `${count} rules`;
  designStore.getState().notify("good", `${copy ? "Copied" : "Moved"} ${what}.`, true);
}
