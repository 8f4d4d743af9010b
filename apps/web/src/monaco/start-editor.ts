import { elementAt } from "@hauberk/core/editor";
import { openPalette } from "../actions/open-palette.ts";
import { search } from "../actions/search.ts";
import { designStore, fileView, findingsStore, refOf } from "../store/index.ts";
import { afterFirstScreen } from "../timing/first-screen.ts";
import { DesignModels } from "./design-models.ts";
import { setEditor } from "./editor-commands.ts";
import { applyEditorTheme } from "./editor-theme.ts";
import { lineEndsOf } from "./line-ends.ts";
import { LineMarks } from "./line-marks.ts";
import { monaco } from "./monaco-api.ts";
import "./policy-editor.css";
import { PolicyColours } from "./policy-colours.ts";
import { addDefinitionActions } from "./policy-definition.ts";
import { registerLanguages } from "./policy-language.ts";
import { showMarkers } from "./problem-markers.ts";
import type { StandingMarks } from "./standing-marks.ts";

/** A running editor on the design's active file. */
export interface RunningEditor {
  focus(): void;
  dispose(): void;
}

/** Begins to show and edit the design's active file in an element. */
export function startEditor(element: HTMLElement): RunningEditor {
  registerLanguages();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const retheme = () => showTheme(dark.matches);
  retheme();
  const editor = monaco.editor.create(element, editorOptions());
  const models = new DesignModels(designStore);
  const colours = new PolicyColours(editor, models);
  const marks = new LineMarks(editor, models);
  const viewStates = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  let shown: string | null = null;
  let designId = designStore.getState().id;

  const show = (path: string | null) => {
    if (shown !== null) viewStates.set(shown, editor.saveViewState());
    shown = path;
    const model = path === null ? null : models.modelOf(path);
    editor.setModel(model);
    const kept = path === null ? undefined : viewStates.get(path);
    if (kept !== undefined && kept !== null) editor.restoreViewState(kept);
    refreshReadOnly();
    colours.reset();
    if (model !== null) showMarkers(model, models);
  };

  const refreshReadOnly = () => {
    const text = shown === null ? undefined : designStore.getState().texts.get(shown);
    const readOnly = text === undefined || lineEndsOf(text) === "mixed";
    editor.updateOptions({
      readOnly,
      readOnlyMessage: { value: "This file mixes line ends. Make them uniform first: the button is above the text." },
    });
  };

  const followCursor = (position: monaco.IPosition) => {
    const state = designStore.getState();
    const view = fileView(state.texts, shown);
    const model = editor.getModel();
    if (view === null || model === null) return;
    const found = elementAt(view, models.offsetOf(model, view.tree.text, position));
    const ref = found.profile === null ? null : refOf(view, found.profile);
    if (ref !== null && ref.names.join("\n") !== state.activeProfile?.names.join("\n")) state.setActiveProfile(ref);
    const { selection } = state;
    const same =
      found.range === null
        ? selection === null
        : selection !== null &&
          selection.path === view.path &&
          selection.range.start === found.range.start &&
          selection.range.end === found.range.end;
    if (!same) state.select(found.range === null ? null : { path: view.path, range: found.range }, "editor");
  };

  let seen = designStore.getState();
  const heed = () => {
    const state = designStore.getState();
    const before = seen;
    seen = state;
    if (state.id !== designId) {
      designId = state.id;
      viewStates.clear();
      shown = null;
    }
    if (state.texts !== before.texts) models.refresh();
    if (state.activePath !== shown) show(state.activePath);
    else if (state.texts !== before.texts) {
      refreshReadOnly();
      colours.refresh();
    }
    if (state.touched !== before.touched && state.touched !== null) marks.glow(state.touched);
    if (state.selection !== before.selection) {
      marks.select(state.selection);
      if (
        state.selection !== null &&
        state.selection.origin !== "editor" &&
        state.selection.seq !== before.selection?.seq
      ) {
        const range = marks.rangeOf(state.selection);
        if (range !== null) {
          marks.reveal(range);
          editor.setPosition(range.getStartPosition());
        }
      }
    }
  };

  setEditor({ run: (command) => editor.trigger("hauberk", command, null), focus: () => editor.focus() });
  // Before the editor's own chords that begin with the same key.
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyK, openPalette.perform);
  editor.addCommand(monaco.KeyCode.F1, openPalette.perform);
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.KeyF, search.perform);
  addDefinitionActions(editor);
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyZ, undo);
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyY, redo);
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.KeyZ, redo);

  const stops = [
    designStore.subscribe(heed),
    findingsStore.subscribe(() => {
      const model = editor.getModel();
      if (model !== null) showMarkers(model, models);
    }),
    listen(dark, "change", retheme),
  ];
  const themes = new MutationObserver(retheme);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  editor.onDidScrollChange(() => colours.refresh());
  editor.onDidLayoutChange(() => colours.refresh());
  editor.onDidChangeCursorPosition((event) => {
    // Only where the person put it: what the store wrote moves the cursor too.
    if (event.source === "keyboard" || event.source === "mouse") followCursor(event.position);
  });
  leadTab(editor);
  show(designStore.getState().activePath);
  // Nobody waits for these marks: they come when the first screen stands.
  let standings: StandingMarks | null = null;
  let disposed = false;
  const callOff = afterFirstScreen(() => {
    void import("./standing-marks.ts").then(({ StandingMarks }) => {
      if (!disposed) standings = new StandingMarks(editor, models);
      return undefined;
    });
  });
  marks.select(designStore.getState().selection);

  return {
    focus: () => editor.focus(),
    dispose() {
      disposed = true;
      callOff();
      standings?.dispose();
      for (const stop of stops) stop();
      setEditor(null);
      themes.disconnect();
      marks.dispose();
      editor.dispose();
      models.dispose();
    },
  };
}

/**
 * Who comes by Tab goes on by Tab, and nothing is written. Who clicks or types means the text: Tab indents then, until
 * Escape or leaving gives it back.
 */
function leadTab(editor: monaco.editor.IStandaloneCodeEditor): void {
  const tabLeaves = (leaves: boolean) => editor.updateOptions({ tabFocusMode: leaves });
  tabLeaves(true);
  editor.onMouseDown(() => tabLeaves(false));
  editor.onDidBlurEditorWidget(() => tabLeaves(true));
  editor.onKeyDown(({ keyCode, ctrlKey, metaKey, browserEvent }) => {
    if (keyCode === monaco.KeyCode.Escape) tabLeaves(true);
    else if (browserEvent.key === "Enter" || (browserEvent.key.length === 1 && !ctrlKey && !metaKey)) tabLeaves(false);
  });
}

function undo(): void {
  designStore.getState().undo();
}

function redo(): void {
  designStore.getState().redo();
}

/** The chosen colours, or the system's where none is chosen. */
function showTheme(systemDark: boolean): void {
  const chosen = document.documentElement.dataset["theme"];
  applyEditorTheme(chosen === "dark" || (chosen !== "light" && systemDark));
}

function listen(target: EventTarget, type: string, heed: () => void): () => void {
  target.addEventListener(type, heed);
  return () => target.removeEventListener(type, heed);
}

function editorOptions(): monaco.editor.IStandaloneEditorConstructionOptions {
  const style = getComputedStyle(document.documentElement);
  return {
    model: null,
    theme: "hauberk",
    ariaLabel: "Policy editor. F6 leaves it.",
    automaticLayout: true,
    // The marks of standing come here; their place is kept, so that no line moves when they come.
    glyphMargin: true,
    fontFamily: style.getPropertyValue("--font-mono"),
    fontSize: 12.5,
    lineHeight: 20,
    lineNumbersMinChars: 4,
    lineDecorationsWidth: 10,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    wordBasedSuggestions: "off",
    // Offers come of themselves, and leave Enter and the arrows alone where they change nothing.
    quickSuggestions: { other: true, comments: false, strings: true },
    quickSuggestionsDelay: 120,
    suggestOnTriggerCharacters: true,
    acceptSuggestionOnEnter: "smart",
    acceptSuggestionOnCommitCharacter: false,
    snippetSuggestions: "inline",
    suggest: { showIcons: true, preview: false, localityBonus: false, snippetsPreventQuickSuggestions: false },
    links: false,
    // The text's own indentation is kept; new lines follow the lines around.
    detectIndentation: true,
    insertSpaces: true,
    tabSize: 2,
    trimAutoWhitespace: false,
    unusualLineTerminators: "off",
    renderWhitespace: "selection",
    // In a file that is read-only for its mixed line ends too.
    renderValidationDecorations: "on",
    renderLineHighlight: "line",
    occurrencesHighlight: "singleFile",
    guides: { indentation: false },
    folding: true,
    showFoldingControls: "mouseover",
    overviewRulerBorder: false,
    fixedOverflowWidgets: true,
    contextmenu: true,
    stickyScroll: { enabled: false },
    padding: { top: 8, bottom: 8 },
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true, nonBasicASCII: false },
  };
}
