export { type CodeAction, codeActions, fixesAt, type OfferedFix } from "./code-actions.ts";
export { completions } from "./completion/completion.ts";
export type { CompletionItem, CompletionKind } from "./completion/item.ts";
export type { CompletionContext } from "./completion/known.ts";
export { definitionAt, type Definition, type DefinitionPlace } from "./definition.ts";
export { diagnoseDesign, type DiagnoseContext, fixesOf, type LspDiagnostic, toLspDiagnostics } from "./diagnostics.ts";
export { type DocumentSymbol, documentSymbols, outline, type OutlineItem, type RuleCount } from "./document-symbols.ts";
export { hover, type Hover } from "./hover.ts";
export {
  fromLspPosition,
  type LspPosition,
  type LspRange,
  type LspTextEdit,
  toLspPosition,
  toLspRange,
} from "./lsp.ts";
export { elementAt, type ElementAt } from "./rule-at.ts";
export {
  encodeSemanticTokens,
  type SemanticToken,
  semanticTokens,
  type SemanticTokenType,
  semanticTokenTypes,
} from "./semantic-tokens.ts";
