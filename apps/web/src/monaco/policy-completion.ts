import { completions, type CompletionItem, type CompletionKind } from "@hauberk/core/editor";
import { policyFilesNow } from "../panel/target-policy.ts";
import { designStore, fileView } from "../store/index.ts";
import { bomLength } from "./line-ends.ts";
import { monaco } from "./monaco-api.ts";

/** Signs after which something new can be chosen from. */
const triggerCharacters = ["<", "@", "{", "(", "=", " ", "/", ">"];

/** Offers what could stand at the cursor, from core. */
export function registerCompletion(language: string): void {
  monaco.languages.registerCompletionItemProvider(language, { triggerCharacters, provideCompletionItems });
}

function provideCompletionItems(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
): monaco.languages.CompletionList {
  const view = fileView(designStore.getState().texts, model.uri.path.slice(1));
  if (view === null) return { suggestions: [] };
  const bom = bomLength(view.tree.text);
  const items = completions(view, model.getOffsetAt(position) + bom, { files: policyFilesNow() });
  const placeOf = (offset: number) => model.getPositionAt(offset - bom);
  return {
    suggestions: items.map((item, index) => {
      const range = monaco.Range.fromPositions(placeOf(item.range.start), placeOf(item.range.end));
      return suggestionOf(item, index, range);
    }),
  };
}

function suggestionOf(
  { label, kind, detail, documentation, insert, snippet }: CompletionItem,
  index: number,
  range: monaco.Range,
): monaco.languages.CompletionItem {
  return {
    label: { label, description: detail },
    kind: kinds[kind],
    // Sentences of core and descriptions of files: text, no markup.
    documentation,
    insertText: insert,
    range,
    // Core's order, not that of the alphabet.
    sortText: String(index).padStart(4, "0"),
    filterText: label,
    ...(snippet ? { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    // What ends within brackets or behind a key goes on there.
    ...(/[<(=]\$0[>)]?$/.test(insert) ? { command: { id: "editor.action.triggerSuggest", title: "Go on" } } : {}),
  };
}

const kinds: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
  keyword: monaco.languages.CompletionItemKind.Keyword,
  value: monaco.languages.CompletionItemKind.Value,
  variable: monaco.languages.CompletionItemKind.Variable,
  file: monaco.languages.CompletionItemKind.File,
  profile: monaco.languages.CompletionItemKind.Class,
  snippet: monaco.languages.CompletionItemKind.Snippet,
};
