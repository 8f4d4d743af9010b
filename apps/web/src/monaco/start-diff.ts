import "monaco-editor/editor/browser/widget/diffEditor/diffEditor.contribution.js";
import { applyEditorTheme } from "./editor-theme.ts";
import { bomLength } from "./line-ends.ts";
import { monaco } from "./monaco-api.ts";
import "./policy-editor.css";
import { languageOf, registerLanguages } from "./policy-language.ts";
import { paintWhole } from "./policy-paint.ts";

/** A running comparison of two texts. */
export interface RunningDiff {
  /** Shows two texts of a file. */
  show(path: string, from: string, to: string): void;
  /** Brings a line (from 0) of the text of now into sight. */
  reveal(line: number): void;
  /** Brings a line (from 0) of the text of before into sight. */
  revealBefore(line: number): void;
  dispose(): void;
}

/**
 * Begins to compare texts in an element; side by side where there is room. Both sides are only to be read. The names are
 * what a reader hears of either side.
 */
export function startDiff(
  element: HTMLElement,
  dark: boolean,
  names = { from: "Text as it was", to: "Text as it is now" },
): RunningDiff {
  registerLanguages();
  applyEditorTheme(dark);
  const editor = monaco.editor.createDiffEditor(element, {
    theme: "hauberk",
    readOnly: true,
    originalEditable: false,
    automaticLayout: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--font-mono"),
    fontSize: 12.5,
    lineHeight: 20,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    renderSideBySideInlineBreakpoint: 860,
    renderMarginRevertIcon: false,
    renderGutterMenu: false,
    renderOverviewRuler: false,
    // Blanks count in a policy: every difference is shown.
    ignoreTrimWhitespace: false,
    hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 4 },
    diffAlgorithm: "legacy",
    originalAriaLabel: names.from,
    modifiedAriaLabel: names.to,
  });
  let models: monaco.editor.ITextModel[] = [];
  return {
    show(path, from, to) {
      const before = models;
      const model = (text: string) => monaco.editor.createModel(text.slice(bomLength(text)), languageOf(path));
      const original = model(from);
      const modified = model(to);
      models = [original, modified];
      editor.setModel({ original, modified });
      dismiss(before);
      paintWhole(original, from, path);
      paintWhole(modified, to, path);
    },
    reveal(line) {
      editor.getModifiedEditor().revealLineInCenter(line + 1);
    },
    revealBefore(line) {
      editor.getOriginalEditor().revealLineInCenter(line + 1);
    },
    dispose() {
      editor.dispose();
      dismiss(models);
    },
  };
}

/** Only once the editor has let go of them: a comparison under way whose texts are gone ends in an error. */
function dismiss(models: readonly monaco.editor.ITextModel[]): void {
  for (const model of models) model.dispose();
}
