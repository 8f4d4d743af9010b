import { shownNow } from "../panel/use-edit.ts";
import { type OpenDialog, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

function asks(
  parts: Pick<Action, "id" | "title" | "also" | "enabled"> & { readonly why: string; readonly dialog: OpenDialog },
): Action {
  const { why, dialog, ...rest } = parts;
  return {
    ...rest,
    keys: [],
    group: "Rules",
    why: () => why,
    perform: () => workbenchStore.getState().openDialog(dialog),
  };
}

const isProfile = (): boolean => shownNow()?.profile.form === "profile";

/** What a profile is made of: children, hats, conditions. */
export const profileParts: readonly Action[] = [
  asks({
    id: "add-child",
    title: () => "Add a child profile…",
    also: "subprofile local profile Cx",
    enabled: isProfile,
    why: "no profile is shown that can hold one",
    dialog: { kind: "new-child", form: "profile", name: "" },
  }),
  asks({
    id: "add-hat",
    title: () => "Add a hat…",
    also: "change_hat",
    enabled: isProfile,
    why: "no profile is shown that can hold one",
    dialog: { kind: "new-child", form: "hat", name: "" },
  }),
  asks({
    id: "into-child",
    title: () => "Move rules into a child profile or hat…",
    also: "choose",
    enabled: () => (shownNow()?.profile.children.length ?? 0) > 0,
    why: "the profile has no child yet",
    dialog: { kind: "into-child", child: null },
  }),
  asks({
    id: "under-condition",
    title: () => "Put rules under a condition…",
    also: "if else conditional boolean",
    enabled: () => (shownNow()?.profile.rules.length ?? 0) > 0,
    why: "the profile has no rules yet",
    dialog: { kind: "under-condition", place: null },
  }),
];
