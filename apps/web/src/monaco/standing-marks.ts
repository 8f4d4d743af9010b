import { openRuleStanding } from "../actions/rule-standing.ts";
import "../panel/standing-mark.css";
import { standingText } from "../panel/standing-words.ts";
import {
  designStore,
  fileStandings,
  fileView,
  type PlacedStanding,
  type StandingMark,
  standingStore,
  worstMark,
} from "../store/index.ts";
import type { DesignModels } from "./design-models.ts";
import { bomLength } from "./line-ends.ts";
import { monaco } from "./monaco-api.ts";

/** Lines above and below what is in sight that have their marks, so that scrolling shows no bare margin. */
const margin = 60;

/** Milliseconds of quiet after a change of the text: until then Monaco moves the marks along with their lines. */
const pause = 150;

/** Milliseconds of rest before lines that were scrolled to get their marks: drawn in passing, they make the scrolling jerk. */
const rest = 90;

/**
 * The column of marks beside the text: what each rule comes to on the design's targets. Never drawn in the frame of a
 * keystroke, and only for the lines in sight.
 */
export class StandingMarks {
  readonly #editor: monaco.editor.ICodeEditor;
  readonly #models: DesignModels;
  readonly #shown: monaco.editor.IEditorDecorationsCollection;
  readonly #stops: (() => void)[];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #covered: { readonly first: number; readonly last: number } | null = null;
  #signature = "";

  constructor(editor: monaco.editor.ICodeEditor, models: DesignModels) {
    this.#editor = editor;
    this.#models = models;
    this.#shown = editor.createDecorationsCollection();
    const heard = [
      editor.onDidChangeModel(() => {
        this.#shown.clear();
        this.#signature = "";
        this.#later(0);
      }),
      editor.onDidChangeModelContent(() => this.#later(pause)),
      editor.onDidScrollChange(() => {
        if (!this.#covers()) this.#later(rest);
      }),
      editor.onDidLayoutChange(() => {
        if (!this.#covers()) this.#later(0);
      }),
      editor.onMouseDown(({ target }) => {
        if (target.type !== monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN) return;
        const line = target.position.lineNumber;
        if (this.#shown.getRanges().some(({ startLineNumber }) => startLineNumber === line)) this.#open(line);
      }),
    ];
    this.#stops = [...heard.map((each) => () => each.dispose()), standingStore.subscribe(() => this.#later(0))];
    this.#later(0);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
    this.#shown.clear();
  }

  #later(milliseconds: number): void {
    this.#covered = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#draw();
    }, milliseconds);
  }

  /** True where the lines in sight have their marks. */
  #covers(): boolean {
    const { top, bottom } = this.#inSight();
    return this.#covered !== null && this.#covered.first <= top && bottom <= this.#covered.last;
  }

  #inSight(): { readonly top: number; readonly bottom: number } {
    const visible = this.#editor.getVisibleRanges();
    const top = visible[0]?.startLineNumber ?? 1;
    return { top, bottom: visible.at(-1)?.endLineNumber ?? top + margin };
  }

  #draw(): void {
    const model = this.#editor.getModel();
    const view = fileView(designStore.getState().texts, model === null ? null : this.#models.pathOf(model));
    // Files whose line ends Monaco made even have other offsets: theirs are not marked.
    if (
      model === null ||
      view === null ||
      model.getValueLength() !== view.tree.text.length - bomLength(view.tree.text)
    ) {
      this.#shown.clear();
      this.#signature = "";
      return;
    }
    const { top, bottom } = this.#inSight();
    const first = Math.max(1, top - margin);
    const last = Math.min(model.getLineCount(), bottom + margin);
    this.#covered = { first, last: last === model.getLineCount() ? Number.POSITIVE_INFINITY : last };
    const bom = bomLength(view.tree.text);
    const span = {
      start: model.getOffsetAt({ lineNumber: first, column: 1 }) + bom,
      end: model.getOffsetAt({ lineNumber: last, column: model.getLineMaxColumn(last) }) + bom,
    };
    const placed = fileStandings(standingStore.getState().targets, view, span);
    const byLine = Map.groupBy(placed, ({ range }) => model.getPositionAt(range.start - bom).lineNumber);
    const marks = [...byLine].map(([line, here]) => markOf(line, here));
    const signature = JSON.stringify(marks);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#shown.set(marks.map(decorationOf));
  }

  #open(line: number): void {
    const model = this.#editor.getModel();
    const path = model === null ? null : this.#models.pathOf(model);
    const text = path === null ? undefined : designStore.getState().texts.get(path);
    if (model === null || path === null || text === undefined) return;
    const column = model.getLineFirstNonWhitespaceColumn(line);
    openRuleStanding(path, this.#models.offsetOf(model, text, { lineNumber: line, column: Math.max(1, column) }));
  }
}

/** A mark of the margin: the gravest of its line, and the words on everything that begins there. */
interface LineMark {
  readonly line: number;
  readonly mark: StandingMark;
  readonly words: string;
}

function markOf(line: number, here: readonly PlacedStanding[]): LineMark {
  const words = here.map(({ place, standing }) => {
    const text = standingText(standing);
    return here.length === 1 ? text : `\`${place.text.replaceAll(/\s+/g, " ")}\`\n${text}`;
  });
  return { line, mark: worstMark(here.map(({ standing }) => standing.worst)), words: words.join("\n") };
}

function decorationOf({ line, mark, words }: LineMark): monaco.editor.IModelDeltaDecoration {
  return {
    range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
    options: {
      glyphMarginClassName: `standing-glyph glyph-${mark}`,
      // Text of the person's stands in these lines: no HTML, no links that could be followed.
      glyphMarginHoverMessage: words.split("\n").map((value) => ({ value, isTrusted: false, supportHtml: false })),
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  };
}
