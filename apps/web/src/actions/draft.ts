import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Makes a first draft from a package, a unit or a program. */
export const draft: Action = {
  id: "draft",
  title: () => "Start from a program…",
  keys: [],
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "draft", files: [] }),
  group: "Design",
  also: "deb package systemd unit service executable first draft generate aa-genprof",
};

/** Lists what the comments over the lines say of where they came from. */
export const showOrigins: Action = {
  id: "origins",
  title: () => "Where each line came from",
  keys: [],
  enabled: ({ activePath }) => activePath?.startsWith("apparmor.d/") ?? false,
  why: () => "no policy file is open",
  perform: () => workbenchStore.getState().openDialog({ kind: "origins" }),
  group: "Design",
  also: "origin reason comment draft why",
};
