import { currentPick } from "../panel/rule-pick.ts";
import { cutRules, pasteRules, ruleGoals, rulesAsText } from "../panel/rule-transfer.ts";
import { shownNow } from "../panel/use-edit.ts";
import { designStore, refOf, type RulePick, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

const noRule = "no rule is chosen";

function ruleAction(
  parts: Pick<Action, "id" | "title" | "keys" | "also" | "where"> & { perform: (pick: RulePick) => void },
): Action {
  return {
    ...parts,
    group: "Rules",
    enabled: () => currentPick() !== null,
    why: () => noRule,
    perform: () => {
      const pick = currentPick();
      if (pick !== null) parts.perform(pick);
    },
  };
}

/** "the rule", or how many. */
function words(): string {
  const count = currentPick()?.indexes.length ?? 1;
  return count === 1 ? "the rule" : `${count} rules`;
}

/** Writes rules on the clipboard as the text that they are. */
export function copyPick(pick: RulePick): void {
  const text = rulesAsText(pick);
  if (text === null) return;
  writeClipboard(text);
}

/** Writes rules on the clipboard and takes them away. */
export function cutPick(pick: RulePick): void {
  copyPick(pick);
  cutRules(pick);
}

/** Asks where rules shall go. */
export function askWhere(verb: "move" | "copy", pick: RulePick): void {
  if (ruleGoals().length < 2) {
    designStore.getState().notify("info", "There is no other profile in this design. Add a profile or a child first.");
    return;
  }
  workbenchStore.getState().openDialog({ kind: "move-rules", verb, pick });
}

/** Copies, cuts, pastes, moves: what can be done with the rule or the rules that are chosen. */
export const ruleCommands: readonly Action[] = [
  ruleAction({
    id: "copy-rule",
    title: () => `Copy ${words()} as text`,
    keys: ["Ctrl+C"],
    where: "row",
    perform: copyPick,
  }),
  ruleAction({ id: "cut-rule", title: () => `Cut ${words()}`, keys: ["Ctrl+X"], where: "row", perform: cutPick }),
  {
    id: "paste-rules",
    title: () => "Paste rules into the profile",
    keys: ["Ctrl+V"],
    group: "Rules",
    where: "row",
    enabled: () => shownNow() !== null,
    why: () => "the file has no profile",
    perform: () => void pasteFromClipboard(),
  },
  ruleAction({
    id: "move-rule",
    title: () => `Move ${words()} to…`,
    keys: ["Alt+M"],
    also: "profile child hat drag",
    perform: (pick) => askWhere("move", pick),
  }),
  ruleAction({
    id: "copy-rule-to",
    title: () => `Copy ${words()} to…`,
    keys: ["Alt+Shift+M"],
    also: "profile child hat duplicate",
    perform: (pick) => askWhere("copy", pick),
  }),
];

/** The shown profile as a place for rules; null where there is none. */
function shownGoal() {
  const shown = shownNow();
  return shown === null ? null : { path: shown.file.path, profile: refOf(shown.file, shown.profile) };
}

/** Adds the rules of a text to the shown profile. */
export function pasteHere(text: string): void {
  const goal = shownGoal();
  if (goal !== null) pasteRules(text, goal);
}

async function pasteFromClipboard(): Promise<void> {
  try {
    pasteHere(await navigator.clipboard.readText());
  } catch {
    designStore
      .getState()
      .notify(
        "info",
        "The browser gives the clipboard to keys only: press Ctrl+V while a row of a panel has the focus.",
      );
  }
}

/** Writes any text on the clipboard. */
export function copyText(text: string): void {
  writeClipboard(text);
}

/** Writes text on the clipboard; where the browser gives a page none (plain http), the old way does it. */
function writeClipboard(text: string): void {
  const heed = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
  };
  addEventListener("copy", heed, true);
  const done = document.execCommand("copy");
  removeEventListener("copy", heed, true);
  if (!done) void navigator.clipboard?.writeText(text).catch(() => undefined);
}
