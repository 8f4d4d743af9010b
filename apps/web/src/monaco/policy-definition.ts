import { type Definition, definitionAt } from "@hauberk/core/editor";
import { designPathOf } from "@hauberk/core/analysis";
import { policyFilesNow } from "../panel/target-policy.ts";
import { designStore, fileView, workbenchStore } from "../store/index.ts";
import { bomLength } from "./line-ends.ts";
import { monaco } from "./monaco-api.ts";

/** Adds "go to where it is made" and "find what uses it" to an editor: keys and context menu. */
export function addDefinitionActions(editor: monaco.editor.IStandaloneCodeEditor): void {
  editor.addAction({
    id: "hauberk.goToDefinition",
    label: "Go to where it is made",
    keybindings: [monaco.KeyCode.F12],
    contextMenuGroupId: "navigation",
    contextMenuOrder: 1,
    run: () => goTo(definitionHere(editor)),
  });
  editor.addAction({
    id: "hauberk.findUses",
    label: "Find what uses it",
    keybindings: [monaco.KeyMod.Shift | monaco.KeyCode.F12],
    contextMenuGroupId: "navigation",
    contextMenuOrder: 2,
    run: () => {
      const found = definitionHere(editor);
      if (found === null) return tellNothing();
      workbenchStore.getState().openDialog({ kind: "search", text: found.name });
    },
  });
}

function definitionHere(editor: monaco.editor.IStandaloneCodeEditor): Definition | null {
  const model = editor.getModel();
  const position = editor.getPosition();
  if (model === null || position === null) return null;
  const view = fileView(designStore.getState().texts, model.uri.path.slice(1));
  if (view === null) return null;
  return definitionAt(view, model.getOffsetAt(position) + bomLength(view.tree.text), policyFilesNow());
}

function goTo(found: Definition | null): void {
  if (found === null) return tellNothing();
  // What the person can change comes before what only the target has.
  const place = found.places.find(({ origin }) => origin === "design") ?? found.places[0];
  if (place === undefined) {
    designStore
      .getState()
      .notify("info", `\`${found.name}\` is made neither in this design nor in what is known of the target.`);
    return;
  }
  if (place.origin === "design") {
    designStore.getState().select({ path: designPathOf(place.path), range: place.range }, "outline");
  } else {
    workbenchStore.getState().openDialog({ kind: "policy-file", path: place.path, at: place.range.start });
  }
}

function tellNothing(): void {
  designStore.getState().notify("info", "Put the cursor on an include, a variable or the name of a profile.");
}
