import { semanticTokens } from "@hauberk/core/editor";
import { designStore, fileView } from "../store/index.ts";
import type { DesignModels } from "./design-models.ts";
import { bomLength } from "./line-ends.ts";
import type { monaco } from "./monaco-api.ts";

/** Lines coloured above and below what is in sight, so that scrolling shows no bare text. */
const margin = 60;

/** Colours the lines in sight from core's tree: the colours and the boxes are always of one parse. */
export class PolicyColours {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #models: DesignModels;
  readonly #decorations: monaco.editor.IEditorDecorationsCollection;
  #coloured: { text: string; first: number; last: number } | null = null;

  constructor(editor: monaco.editor.IStandaloneCodeEditor, models: DesignModels) {
    this.#editor = editor;
    this.#models = models;
    this.#decorations = editor.createDecorationsCollection();
  }

  /** Colours what is in sight, where it is not coloured yet. */
  refresh(): void {
    const model = this.#editor.getModel();
    const path = model === null ? null : this.#models.pathOf(model);
    const view = fileView(designStore.getState().texts, path);
    if (model === null || view === null) {
      this.#decorations.clear();
      this.#coloured = null;
      return;
    }
    const { text } = view.tree;
    const visible = this.#editor.getVisibleRanges();
    const top = visible[0]?.startLineNumber ?? 1;
    const bottom = visible.at(-1)?.endLineNumber ?? top + margin;
    const known = this.#coloured;
    if (known !== null && known.text === text && known.first <= top && bottom <= known.last) return;
    const first = Math.max(1, top - margin);
    const last = Math.min(model.getLineCount(), bottom + margin);
    const bom = bomLength(text);
    const range = {
      start: model.getOffsetAt({ lineNumber: first, column: 1 }) + bom,
      end: model.getOffsetAt({ lineNumber: last, column: model.getLineMaxColumn(last) }) + bom,
    };
    this.#decorations.set(
      semanticTokens(view.tree, range).map((token) => ({
        range: this.#models.rangeIn(model, text, token),
        options: { inlineClassName: `syntax-${token.type}`, stickiness: 1 },
      })),
    );
    this.#coloured = { text, first, last: last === model.getLineCount() ? Number.POSITIVE_INFINITY : last };
  }

  /** Another model is shown: everything is to be coloured anew. */
  reset(): void {
    this.#coloured = null;
    this.refresh();
  }
}
