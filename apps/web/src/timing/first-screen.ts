import { useSyncExternalStore } from "react";

/** Milliseconds after which what waits begins all the same: an editor may never come. */
const patience = 5000;

let stands = false;
const waiting = new Set<() => void>();
const timer = setTimeout(() => firstScreenStands(), patience);

/** Tells that the person can work now: what the first screen shows is drawn, the editor with its text among it. */
export function firstScreenStands(): void {
  if (stands) return;
  stands = true;
  clearTimeout(timer);
  const tasks = [...waiting];
  waiting.clear();
  for (const task of tasks) task();
}

/** Tells the same, once what was rendered now is drawn: the frame after the one that draws it has begun. */
export function firstScreenStandsSoon(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(firstScreenStands, 0)));
}

/**
 * Does a task once the first screen stands, at once where it does. For all that nobody waits for: while the page loads
 * it would take the processor from what somebody waits for. Returns how to call the task off.
 */
export function afterFirstScreen(task: () => void): () => void {
  if (stands) task();
  else waiting.add(task);
  return () => waiting.delete(task);
}

/** Whether the first screen stands. */
export function useFirstScreen(): boolean {
  return useSyncExternalStore(afterFirstScreen, () => stands);
}
