import { type DesignState, type DesignStore, shortName } from "../store/index.ts";
import { capitalised } from "../ui/index.ts";

/** A remark for a moment. `seen`: on the page too; else for assistive technology alone. */
export interface Announcement {
  readonly text: string;
  readonly seen: boolean;
  /** Grows, so that the same words can be said again. */
  readonly seq: number;
}

/** Tells each change of the design that is worth a word. Typing is not: who types hears it. */
export function watchDesign(store: DesignStore, tell: (announcement: Announcement) => void): () => void {
  let seq = 0;
  return store.subscribe((state, before) => {
    const said = state.id === before.id ? wordsOf(state, before) : null;
    if (said !== null) tell({ ...said, seq: ++seq });
  });
}

function wordsOf(state: DesignState, before: DesignState): Omit<Announcement, "seq"> | null {
  const { history } = state;
  if (history !== before.history) {
    const back = history.future.length - before.history.future.length;
    if (back > 0 && history.past.length < before.history.past.length) {
      const label = history.future[before.history.future.length]?.label ?? "";
      return { text: back === 1 ? `Undone: ${label}` : `${back} steps undone`, seen: true };
    }
    if (back < 0 && history.past.length - before.history.past.length === -back) {
      const label = history.past.at(-1)?.label ?? "";
      return { text: back === -1 ? `Redone: ${label}` : `${-back} steps redone`, seen: true };
    }
    const last = history.past.at(-1);
    if (last === undefined || last.typing !== null || last === before.history.past.at(-1)) return null;
    return { text: capitalised(last.label), seen: false };
  }
  const { selection } = state;
  if (selection !== null && selection !== before.selection && selection.seq !== before.selection?.seq) {
    if (selection.origin !== "outline" && selection.origin !== "problem") return null;
    const text = state.texts.get(selection.path) ?? "";
    return { text: `${shortName(selection.path)}, line ${lineAt(text, selection.range.start)}`, seen: false };
  }
  return null;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
