import { viewFile } from "@hauberk/core/design";
import { semanticTokens } from "@hauberk/core/editor";
import { configPath } from "../store/index.ts";
import { bomLength } from "./line-ends.ts";
import type { monaco } from "./monaco-api.ts";

/** Longer texts stay in one colour here: nobody reads them whole beside another. */
const mostText = 400_000;

/** Colours the whole of a text that does not change any more. */
export function paintWhole(model: monaco.editor.ITextModel, text: string, path: string): void {
  if (path === configPath || text.length > mostText) return;
  const bom = bomLength(text);
  // Where Monaco made the line ends even, offsets are others: such a text stays in one colour.
  if (model.getValueLength() !== text.length - bom) return;
  const { tree } = viewFile(path, text);
  const decorations = semanticTokens(tree).map(({ start, end, type }) => {
    const from = model.getPositionAt(start - bom);
    const to = model.getPositionAt(end - bom);
    return {
      range: {
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      },
      options: { inlineClassName: `syntax-${type}` },
    };
  });
  model.deltaDecorations([], decorations);
}
