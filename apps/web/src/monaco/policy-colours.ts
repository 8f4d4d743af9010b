import { semanticTokens, type SemanticTokenType } from "@hauberk/core/editor";
import { designStore, fileView } from "../store/index.ts";
import type { DesignModels } from "./design-models.ts";
import { bomLength } from "./line-ends.ts";
import type { monaco } from "./monaco-api.ts";

/**
 * Lines coloured above and below what is in sight, before the next frame shows them. Few: a turn of the wheel colours what it
 * brings, where many would let every third turn pay for all.
 */
const margin = 12;

/** A coloured piece of the text: its place in the model as Monaco moves it along, and the decoration that shows it. */
interface Piece {
  start: number;
  end: number;
  readonly type: SemanticTokenType;
  readonly id: string;
}

/** Moves a piece as the edits of a change do, one after the other; false where one of them touched it inside. */
function moved(piece: Piece, changes: readonly monaco.editor.IModelContentChange[]): boolean {
  for (const { rangeOffset, rangeLength, text } of changes) {
    if (piece.start >= rangeOffset + rangeLength) {
      piece.start += text.length - rangeLength;
      piece.end += text.length - rangeLength;
    } else if (piece.end > rangeOffset) return false;
  }
  return true;
}

/**
 * Colours the lines in sight from core's tree: the colours and the boxes are always of one parse. A keystroke changes few
 * colours, and Monaco moves the others along with their text: only those that differ are set anew.
 */
export class PolicyColours {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #models: DesignModels;
  #model: monaco.editor.ITextModel | null = null;
  #pieces: readonly Piece[] = [];
  /** Decorations whose text was edited: to be taken away with the next colouring. */
  #spent: string[] = [];
  #coloured: { text: string; first: number; last: number } | null = null;
  /** The version of the model's text in which the pieces' places count. */
  #version = 0;

  constructor(editor: monaco.editor.IStandaloneCodeEditor, models: DesignModels) {
    this.#editor = editor;
    this.#models = models;
    models.onChange((model, event) => {
      if (model !== this.#model) return;
      this.#version = event.versionId;
      const anew = event.isFlush || event.isEolChange;
      const kept: Piece[] = [];
      for (const piece of this.#pieces) {
        if (!anew && moved(piece, event.changes)) kept.push(piece);
        else this.#spent.push(piece.id);
      }
      this.#pieces = kept;
    });
  }

  /** Colours what is in sight, where it is not coloured yet. */
  refresh(): void {
    const model = this.#editor.getModel();
    const path = model === null ? null : this.#models.pathOf(model);
    const view = fileView(designStore.getState().texts, path);
    if (model === null || view === null) {
      this.#set(model, []);
      this.#coloured = null;
      return;
    }
    // A change that scrolls is told to the view before the pieces have moved along: what comes after it colours.
    if (model === this.#model && model.getVersionId() !== this.#version) return;
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
    const place = this.#models.offsetsIn(model, text);
    this.#set(
      model,
      semanticTokens(view.tree, range).map(({ start, end, type }) => ({ start: place(start), end: place(end), type })),
    );
    this.#coloured = { text, first, last: last === model.getLineCount() ? Number.POSITIVE_INFINITY : last };
  }

  /** Another model is shown: everything is to be coloured anew. */
  reset(): void {
    this.#coloured = null;
    this.refresh();
  }

  /** Shows these pieces, which come in the order of the text, and keeps the decorations of those that show already. */
  #set(model: monaco.editor.ITextModel | null, wanted: readonly Omit<Piece, "id">[]): void {
    if (model !== this.#model) {
      const old = [...this.#pieces.map(({ id }) => id), ...this.#spent];
      if (this.#model?.isDisposed() === false) this.#model.deltaDecorations(old, []);
      this.#model = model;
      this.#pieces = [];
      this.#spent = [];
    }
    if (model === null) return;
    this.#version = model.getVersionId();
    const gone = this.#spent;
    this.#spent = [];
    const fresh: Omit<Piece, "id">[] = [];
    const shown: (Piece | null)[] = [];
    let at = 0;
    for (const piece of wanted) {
      let old = this.#pieces[at];
      while (old !== undefined && old.start < piece.start) {
        gone.push(old.id);
        old = this.#pieces[++at];
      }
      if (old !== undefined && old.start === piece.start && old.end === piece.end && old.type === piece.type) {
        shown.push(old);
        at++;
      } else {
        fresh.push(piece);
        shown.push(null);
      }
    }
    gone.push(...this.#pieces.slice(at).map(({ id }) => id));
    const ids = gone.length === 0 && fresh.length === 0 ? [] : decorate(model, gone, fresh);
    let next = 0;
    this.#pieces = shown.flatMap((piece): Piece[] => {
      if (piece !== null) return [piece];
      const made = fresh[next];
      const id = ids[next++];
      return made === undefined || id === undefined ? [] : [{ ...made, id }];
    });
  }
}

/** Takes decorations away and sets new ones, and gives the names of these. */
function decorate(model: monaco.editor.ITextModel, gone: string[], fresh: readonly Omit<Piece, "id">[]): string[] {
  const decorations = fresh.map(({ start, end, type }) => {
    const from = model.getPositionAt(start);
    const to = model.getPositionAt(end);
    return {
      range: {
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      },
      options: { inlineClassName: `syntax-${type}`, stickiness: 1 },
    };
  });
  return model.deltaDecorations(gone, decorations);
}
