import { savedKeys } from "../../persistence/index.ts";
import { designStore } from "../../store/index.ts";
import { movedBase } from "./moved-base.ts";
import { baseOf } from "./take-newest.ts";

/**
 * Undo and redo of a step that took a revision in tell again what the texts are made from: else the next save would pass for
 * one that has seen that revision, and drop what it holds. Answers how to stop.
 */
export function followBases(): () => void {
  return designStore.subscribe((now, before) => {
    if (now.id === null || now.id !== before.id || now.history === before.history) return;
    const key = savedKeys.of(now.id);
    if (key === null) return;
    const base = movedBase(baseOf(key), before.history, now.history);
    if (base.number === key.parent && base.hash === key.hash) return;
    try {
      savedKeys.keep(now.id, { ...key, parent: base.number, hash: base.hash });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      now.notify("bad", `This browser can’t note which revision the texts are made from now (${why}).`);
    }
  });
}
