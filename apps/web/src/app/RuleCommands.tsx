import { type DragEvent, type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { actionOf, askWhere, copyPick, cutPick, keysHere, pasteHere } from "../actions/index.ts";
import { pickAt, rulesOf } from "../panel/rule-pick.ts";
import { beginRuleDrag, endRuleDrag } from "../panel/rule-drag.ts";
import { cutRules, rulesAsText } from "../panel/rule-transfer.ts";
import { designStore, type RulePick } from "../store/index.ts";
import { ContextMenu, type MenuItem } from "../ui/index.ts";
import styles from "./Workbench.module.css";

/**
 * What every row of a rule can: a context menu, copy, cut and paste by keys, and being dragged to another profile. Rows
 * mark themselves by `ruleMark`; everything is heeded here, once for all panels.
 */
export function RuleCommands({ children }: { readonly children: ReactNode }) {
  const pick = useRef<RulePick | null>(null);
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => heedClipboard(area), []);
  const onContextMenu = (event: MouseEvent) => {
    pick.current = isWritten(event.target) ? null : pickAt(event.target);
    // Elsewhere the browser's own menu comes.
    if (pick.current === null) event.stopPropagation();
  };
  return (
    <ContextMenu label="Rule" items={() => (pick.current === null ? [] : itemsFor(pick.current))}>
      <div className={styles.panels} ref={area} onDragStart={dragStart} onDragEnd={endRuleDrag}>
        <div className={styles.panels} onContextMenu={onContextMenu}>
          {children}
        </div>
      </div>
    </ContextMenu>
  );
}

function itemsFor(pick: RulePick): readonly MenuItem[] {
  const many = pick.indexes.length > 1;
  const what = many ? `${pick.indexes.length} rules` : "rule";
  const undo = actionOf("undo");
  const state = designStore.getState();
  return [
    { label: `Copy ${what} as text`, icon: "copy", keys: keysHere("Ctrl+C"), onSelect: () => copyPick(pick) },
    { label: `Cut ${what}`, keys: keysHere("Ctrl+X"), onSelect: () => cutPick(pick) },
    { label: `Move ${what} to…`, keys: keysHere("Alt+M"), separated: true, onSelect: () => askWhere("move", pick) },
    { label: `Copy ${what} to…`, keys: keysHere("Alt+Shift+M"), onSelect: () => askWhere("copy", pick) },
    { label: "Show in the text", icon: "arrowRight", separated: true, onSelect: () => showInText(pick) },
    { label: `Remove ${what}`, icon: "trash", danger: true, separated: true, onSelect: () => cutRules(pick) },
    ...(undo?.enabled(state) === true
      ? [{ label: undo.title(state), icon: "undo" as const, separated: true, onSelect: undo.perform }]
      : []),
  ];
}

function showInText(pick: RulePick): void {
  const found = rulesOf(pick);
  const rule = found?.rules[0]?.rule;
  if (rule === undefined) return;
  const range = { start: rule.node.start, end: rule.node.end };
  designStore.getState().select({ path: pick.path, range }, "outline");
}

function dragStart(event: DragEvent): void {
  const pick = isWritten(event.target) ? null : pickAt(event.target);
  if (pick !== null) beginRuleDrag(event, pick);
}

function isWritten(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select, [role="textbox"]'))
  );
}

/** Copy, cut and paste while something of the panels has the keys and no text is selected. */
function heedClipboard(area: { readonly current: HTMLElement | null }): () => void {
  const here = (event: ClipboardEvent) => {
    const focused = document.activeElement;
    const inPanels = area.current?.contains(focused) === true;
    return inPanels && !isWritten(event.target) && !isWritten(focused) && (getSelection()?.isCollapsed ?? true);
  };
  const take = (event: ClipboardEvent, after: (pick: RulePick) => void) => {
    const pick = here(event) ? pickAt(document.activeElement) : null;
    const text = pick === null ? null : rulesAsText(pick);
    if (pick === null || text === null) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
    after(pick);
  };
  const copy = (event: ClipboardEvent) => take(event, ({ indexes: { length } }) => copied(length));
  const cut = (event: ClipboardEvent) => take(event, cutRules);
  const paste = (event: ClipboardEvent) => {
    if (!here(event)) return;
    event.preventDefault();
    pasteHere(event.clipboardData?.getData("text/plain") ?? "");
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", cut);
  document.addEventListener("paste", paste);
  return () => {
    document.removeEventListener("copy", copy);
    document.removeEventListener("cut", cut);
    document.removeEventListener("paste", paste);
  };
}

function copied(count: number): void {
  designStore.getState().notify("info", count === 1 ? "Copied the rule as text." : `Copied ${count} rules as text.`);
}
