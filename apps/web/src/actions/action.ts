import type { DesignState } from "../store/index.ts";

/** One thing that a person can tell the designer to do. Buttons, keys and (later) the palette use the same one. */
export interface Action {
  readonly id: string;
  /** In the imperative; may name what it acts on: "Undo tick net_raw". */
  readonly title: (design: DesignState) => string;
  /** `Ctrl+Z` style; Ctrl is ⌘ on a Mac. The first is shown. */
  readonly keys: readonly string[];
  readonly enabled: (design: DesignState) => boolean;
  readonly perform: () => void;
}
