/** What can be asked of the editor from outside, without loading it. */
export interface EditorHandle {
  /** Runs one of Monaco's own commands with the editor focused. */
  run(command: string): void;
  focus(): void;
}

let running: EditorHandle | null = null;

/** Tells which editor commands go to; null where there is none any more. */
export function setEditor(handle: EditorHandle | null): void {
  running = handle;
}

/** True once the editor is loaded. */
export function editorRuns(): boolean {
  return running !== null;
}

/** Gives the editor the keys and has it run one of its commands. */
export function runInEditor(command: string): void {
  running?.focus();
  running?.run(command);
}

/** Gives the editor the keys. */
export function focusEditor(): void {
  running?.focus();
}
