import type { Place } from "../store/index.ts";
import { designStore } from "../store/index.ts";
import type { DesignModels } from "./design-models.ts";
import { monaco } from "./monaco-api.ts";

/** Milliseconds that the lines of the last change are marked; the fading is the style sheet's. */
const glowTime = 2400;

/** The marks on whole lines: those of the last change glow, those of the selected rule stand out. */
export class LineMarks {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #models: DesignModels;
  readonly #glow: monaco.editor.IEditorDecorationsCollection;
  readonly #selected: monaco.editor.IEditorDecorationsCollection;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(editor: monaco.editor.IStandaloneCodeEditor, models: DesignModels) {
    this.#editor = editor;
    this.#models = models;
    this.#glow = editor.createDecorationsCollection();
    this.#selected = editor.createDecorationsCollection();
  }

  /** Makes the lines of a place glow, and brings them into sight. */
  glow(place: Place): void {
    const range = this.#rangeOf(place);
    if (range === null) return;
    // Set anew, or an animation that still runs would not begin again.
    this.#glow.clear();
    this.#glow.set([{ range, options: { isWholeLine: true, className: "line-glow" } }]);
    this.reveal(range);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#glow.clear(), glowTime);
  }

  /** Marks the lines of the selected rule; null takes the mark away. */
  select(place: Place | null): void {
    const range = place === null ? null : this.#rangeOf(place);
    if (range === null) {
      this.#selected.clear();
      return;
    }
    const options = { isWholeLine: true, className: "line-selected", linesDecorationsClassName: "line-selected-mark" };
    this.#selected.set([{ range, options }]);
  }

  /** Brings a place into sight without jumping where it is there already. */
  reveal(range: monaco.IRange): void {
    this.#editor.revealRangeInCenterIfOutsideViewport(range, monaco.editor.ScrollType.Immediate);
  }

  /** The span of a place in the shown model; null where another file is shown. */
  rangeOf(place: Place): monaco.Range | null {
    return this.#rangeOf(place);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #rangeOf(place: Place): monaco.Range | null {
    const model = this.#editor.getModel();
    if (model === null || this.#models.pathOf(model) !== place.path) return null;
    const text = designStore.getState().texts.get(place.path);
    return text === undefined ? null : this.#models.rangeIn(model, text, place.range);
  }
}
