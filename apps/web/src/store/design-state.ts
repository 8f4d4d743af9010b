import type { EditOutcome } from "@hauberk/core/edit";
import type { FileEdit, TextEdit, TextRange } from "@hauberk/core/text";
import type { Bases } from "./bases.ts";
import type { History, HistoryEntry, Place, Texts } from "./history.ts";

/** Path of the one file that is not policy. */
export const configPath = "hauberk.json";

/** Where the policy files of a design lie. */
export const policyFolder = "apparmor.d/";

/** Which profile the panels show: by the names from the outermost to it, or where a name changed by its places. */
export interface ProfileRef {
  readonly path: string;
  readonly names: readonly string[];
  readonly indexes: readonly number[];
}

/** Who selected a rule; that part does not scroll to it again. */
export type SelectionOrigin = "panel" | "editor" | "outline" | "problem";

/** The selected rule or place. `seq` grows with each selection, so that the same place can be revealed again. */
export interface Selection extends Place {
  readonly origin: SelectionOrigin;
  readonly seq: number;
}

/** Where the last tick, undo or redo changed the text; the lines glow. */
export interface Touched extends Place {
  readonly seq: number;
}

/** A remark that passes: what was done or why something could not be. */
export interface Notice {
  readonly id: number;
  readonly tone: "info" | "good" | "warn" | "bad";
  readonly text: string;
  /** Offers to take back the step just made. */
  readonly undoable: boolean;
}

/** Whether the last change is in the browser's storage. `failed` says why. */
export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly why: string };

/** What is kept of a design: enough to go on where it stopped, undo included. Plain data. */
export interface DesignSnapshot {
  readonly name: string;
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly history: History;
  readonly activePath: string | null;
  readonly activeProfile: ProfileRef | null;
}

/** The open design and everything done to it. */
export interface DesignState {
  /** Identity in the browser's storage; null while no design is open. */
  readonly id: string | null;
  /** From `hauberk.json`; the last readable one where that is broken at the moment. */
  readonly name: string;
  readonly texts: Texts;
  readonly history: History;
  /** Grows with each change of the texts. */
  readonly revision: number;
  readonly activePath: string | null;
  readonly activeProfile: ProfileRef | null;
  readonly selection: Selection | null;
  readonly touched: Touched | null;
  readonly notices: readonly Notice[];
  readonly save: SaveState;
  /** What the design can be compared with. */
  readonly bases: Bases;

  /** Opens a design in place of the one open now (which is saved under its own identity). */
  readonly open: (id: string, snapshot: DesignSnapshot, bases?: Bases) => void;
  /** Takes over what another tab did to this design; what is shown here stays shown. */
  readonly follow: (snapshot: DesignSnapshot) => void;
  /** From now on these files are compared with these texts: they were just imported. */
  readonly setOpened: (files: readonly (readonly [path: string, text: string])[]) => void;
  /** From now on the design is compared, where that is asked for, with the bundle that was just downloaded. */
  readonly setDownloaded: () => void;
  /** Makes what the outcome says, as one step; where it says no, a notice tells why. True where done. */
  readonly apply: (outcome: EditOutcome) => boolean;
  /** Edits over several files as one step, for quick fixes. */
  readonly applyEdits: (label: string, edits: readonly FileEdit[]) => boolean;
  /** A file's whole new text, or edits in it, as one step. */
  readonly replaceText: (path: string, to: string | readonly TextEdit[], label: string) => void;
  /** What was typed; joined into sensible steps. `time` in milliseconds, any clock that only grows. */
  readonly type: (path: string, edits: readonly TextEdit[], time: number) => void;
  /**
   * New files and removed ones, as one step. Existing files of the same path get the new text. `base` where they are made
   * from another revision than before.
   */
  readonly changeFiles: (
    label: string,
    put: readonly (readonly [path: string, text: string])[],
    remove?: readonly string[],
    base?: HistoryEntry["base"],
  ) => void;
  readonly renameFile: (from: string, to: string) => void;
  /** Takes back the last step, or that many of them at once. */
  readonly undo: (steps?: number) => void;
  /** Makes again what was taken back, one step or that many of them. */
  readonly redo: (steps?: number) => void;
  readonly setActivePath: (path: string) => void;
  readonly setActiveProfile: (ref: ProfileRef | null) => void;
  select(place: { readonly path: string; readonly range: TextRange } | null, origin: SelectionOrigin): void;
  readonly notify: (tone: Notice["tone"], text: string, undoable?: boolean) => void;
  readonly dismiss: (id: number) => void;
  readonly setSave: (save: SaveState) => void;
}

/** What is kept of the state. */
export function snapshotOf(state: DesignState): DesignSnapshot {
  return {
    name: state.name,
    files: [...state.texts],
    history: state.history,
    activePath: state.activePath,
    activeProfile: state.activeProfile,
  };
}
