import { differenceEdit, type DesignStore } from "../store/index.ts";
import { textChangeHeard } from "../timing/text-to-commit.ts";
import { bomLength, lineEndsOf } from "./line-ends.ts";
import { languageOf } from "./policy-language.ts";
import { monaco } from "./monaco-api.ts";

/** A file's text as Monaco shows it, and the store's text that it shows. */
interface KeptModel {
  readonly model: monaco.editor.ITextModel;
  text: string;
}

/** Hears of a model's new text, whoever wrote it. */
type ModelListener = (model: monaco.editor.ITextModel, event: monaco.editor.IModelContentChangedEvent) => void;

/**
 * Monaco's models of the design's files, kept in step with the store both ways. The store is the source: Monaco's own
 * undo is never used, and what Monaco can't hold as it is (mixed line ends) it only shows.
 */
export class DesignModels {
  readonly #store: DesignStore;
  readonly #kept = new Map<string, KeptModel>();
  readonly #listeners: ModelListener[] = [];
  /** True while the store's text is written into a model: that is nobody's typing. */
  #writing = false;

  constructor(store: DesignStore) {
    this.#store = store;
  }

  /** The model of a file, up to date; null where the design has no such file. */
  modelOf(path: string): monaco.editor.ITextModel | null {
    const text = this.#store.getState().texts.get(path);
    const kept = this.#kept.get(path);
    if (text === undefined) {
      kept?.model.dispose();
      this.#kept.delete(path);
      return null;
    }
    if (kept === undefined) return this.#create(path, text);
    if (kept.text !== text) this.#write(kept, text);
    return kept.model;
  }

  /** The file that a model shows. */
  pathOf(model: monaco.editor.ITextModel): string | null {
    for (const [path, kept] of this.#kept) if (kept.model === model) return path;
    return null;
  }

  /** Brings the models of changed files up to date and forgets those of files that are gone. */
  refresh(): void {
    for (const path of this.#kept.keys()) this.modelOf(path);
  }

  /** Tells of each change of a model, before the store hears of it. */
  onChange(listener: ModelListener): void {
    this.#listeners.push(listener);
  }

  /** Turns the store's offsets into those of its model, which has no byte order mark and even line ends. */
  offsetsIn(model: monaco.editor.ITextModel, text: string): (offset: number) => number {
    const bom = bomLength(text);
    if (model.getValueLength() === text.length - bom) return (offset) => Math.max(0, offset - bom);
    return (offset) => text.slice(bom, offset).replace(/\r\n|\r(?!$)|\n/g, model.getEOL()).length;
  }

  /** The span of a store's range in its model. */
  rangeIn(model: monaco.editor.ITextModel, text: string, range: { start: number; end: number }): monaco.Range {
    const place = this.offsetsIn(model, text);
    return monaco.Range.fromPositions(model.getPositionAt(place(range.start)), model.getPositionAt(place(range.end)));
  }

  /** The store's offset of a place in a model. */
  offsetOf(model: monaco.editor.ITextModel, text: string, position: monaco.IPosition): number {
    return model.getOffsetAt(position) + bomLength(text);
  }

  dispose(): void {
    for (const { model } of this.#kept.values()) model.dispose();
    this.#kept.clear();
  }

  #create(path: string, text: string): monaco.editor.ITextModel {
    const uri = monaco.Uri.from({ scheme: "hauberk", path: `/${path}` });
    monaco.editor.getModel(uri)?.dispose();
    const model = monaco.editor.createModel(text.slice(bomLength(text)), languageOf(path), uri);
    const kept: KeptModel = { model, text };
    this.#kept.set(path, kept);
    setLineEnd(model, text);
    model.onDidChangeContent((event) => {
      if (!this.#writing) textChangeHeard();
      for (const listener of this.#listeners) listener(model, event);
      if (!this.#writing) this.#typed(path, kept, event);
    });
    return model;
  }

  #typed(path: string, kept: KeptModel, event: monaco.editor.IModelContentChangedEvent): void {
    const state = this.#store.getState();
    const bom = bomLength(kept.text);
    const edits = event.changes.map(({ rangeOffset, rangeLength, text }) => ({
      range: { start: rangeOffset + bom, end: rangeOffset + rangeLength + bom },
      newText: text,
    }));
    // The store tells everybody while it changes: this model holds the new text already.
    const shown = kept.text.slice(0, bom) + kept.model.getValue();
    kept.text = shown;
    state.type(path, edits, performance.now());
    if (this.#store.getState().texts.get(path) !== shown) state.replaceText(path, shown, "edit text");
  }

  #write(kept: KeptModel, text: string): void {
    const { model } = kept;
    const before = kept.text;
    kept.text = text;
    this.#writing = true;
    try {
      const edit = differenceEdit(before, text);
      const ends = lineEndsOf(text);
      const sameEnds = ends === lineEndsOf(before) && ends !== "mixed" && bomLength(before) === bomLength(text);
      if (edit !== null && sameEnds) {
        model.applyEdits([{ range: this.rangeIn(model, before, edit.range), text: edit.newText }]);
      }
      if (!sameEnds || model.getValueLength() !== text.length - bomLength(text)) {
        model.setValue(text.slice(bomLength(text)));
        setLineEnd(model, text);
      }
    } finally {
      this.#writing = false;
    }
  }
}

/** New lines end as those of the file do; in a file without any, by LF on every system. */
function setLineEnd(model: monaco.editor.ITextModel, text: string): void {
  const crlf = lineEndsOf(text) === "crlf";
  model.setEOL(crlf ? monaco.editor.EndOfLineSequence.CRLF : monaco.editor.EndOfLineSequence.LF);
}
