import type { DesignState } from "../store/index.ts";

/** Under which heading the palette and the page of keys show an action. */
export type ActionGroup = "Edit" | "Rules" | "Design" | "Go to" | "Text" | "View" | "Help";

/** One thing that a person can tell the designer to do. Buttons, keys, menus and the palette use the same one. */
export interface Action {
  readonly id: string;
  /** In the imperative; may name what it acts on: "Undo tick net_raw". */
  readonly title: (design: DesignState) => string;
  /** `Ctrl+Z` style; Ctrl is ⌘ on a Mac. The first is shown. */
  readonly keys: readonly string[];
  readonly enabled: (design: DesignState) => boolean;
  readonly perform: () => void;
  /** Under which heading it stands; "Design" unless told. */
  readonly group?: ActionGroup;
  /** Why it can't be done now, in a few words; asked only where it is not enabled. */
  readonly why?: (design: DesignState) => string;
  /** Further words that find it: what other programs call it. */
  readonly also?: string;
  /** Its keys hold in the text alone, where the editor heeds them itself, or on the rows of rules. */
  readonly where?: "text" | "row";
}
