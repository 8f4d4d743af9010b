import { editorRuns, focusEditor, runInEditor } from "../monaco/editor-commands.ts";
import type { Action } from "./action.ts";

interface TextCommand {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
  /** What Monaco calls it. */
  readonly command: string;
  readonly also?: string;
}

const commands: readonly TextCommand[] = [
  { id: "find", title: "Find in the text", keys: ["Ctrl+F"], command: "actions.find", also: "search" },
  {
    id: "replace",
    title: "Replace in the text",
    keys: ["Ctrl+H"],
    command: "editor.action.startFindReplaceAction",
  },
  { id: "line", title: "Go to a line…", keys: ["Ctrl+G"], command: "editor.action.gotoLine" },
  { id: "fix", title: "Quick fixes here", keys: ["Ctrl+."], command: "editor.action.quickFix", also: "mend repair" },
  { id: "hover", title: "Explain what is at the cursor", keys: [], command: "editor.action.showHover", also: "hover" },
  { id: "comment", title: "Comment lines in or out", keys: ["Ctrl+/"], command: "editor.action.commentLine" },
  { id: "up", title: "Move lines up", keys: ["Alt+ArrowUp"], command: "editor.action.moveLinesUpAction" },
  { id: "down", title: "Move lines down", keys: ["Alt+ArrowDown"], command: "editor.action.moveLinesDownAction" },
  { id: "fold", title: "Fold all profiles", keys: [], command: "editor.foldAll", also: "collapse" },
  { id: "unfold", title: "Unfold all profiles", keys: [], command: "editor.unfoldAll", also: "expand" },
];

/** What the editor does with the text, for those who do not know its keys by heart. */
export const textCommands: readonly Action[] = [
  {
    id: "text-focus",
    title: () => "Go to the text",
    keys: [],
    group: "Go to",
    also: "editor source",
    enabled: () => editorRuns(),
    why: () => "the editor is not loaded",
    perform: focusEditor,
  },
  ...commands.map(({ id, title, keys, command, also }): Action => ({
    id: `text-${id}`,
    title: () => title,
    keys,
    group: "Text",
    where: "text",
    ...(also === undefined ? {} : { also }),
    enabled: () => editorRuns(),
    why: () => "the editor is not loaded",
    perform: () => runInEditor(command),
  })),
];
