import { valuesIn } from "@hauberk/core/analysis";
import { fixesAt, hover, type OfferedFix } from "@hauberk/core/editor";
import type { Diagnostic, TextRange } from "@hauberk/core/text";
import { fixesOfFinding } from "../lint/start-lint.ts";
import { policyFilesNow } from "../panel/target-policy.ts";
import { configPath, designStore, fileView, findingsStore, fixFits } from "../store/index.ts";
import { bomLength } from "./line-ends.ts";
import { monaco } from "./monaco-api.ts";
import { registerCompletion } from "./policy-completion.ts";

const policy = "apparmor";
const config = "hauberk-json";
const applyFixCommand = "hauberk.applyFix";

/** The language of a file of the design. */
export function languageOf(path: string): string {
  return path === configPath ? config : policy;
}

let registered = false;

/** Tells Monaco, once, the languages of a design: brackets, comments, hovers and quick fixes. Colours come from core. */
export function registerLanguages(): void {
  if (registered) return;
  registered = true;
  monaco.languages.register({ id: policy });
  monaco.languages.setLanguageConfiguration(policy, {
    comments: { lineComment: "#" },
    brackets: [
      ["{", "}"],
      ["(", ")"],
    ],
    autoClosingPairs: [
      { open: "{", close: "}" },
      { open: "(", close: ")" },
      { open: '"', close: '"' },
    ],
    indentationRules: { increaseIndentPattern: /\{\s*(#.*)?$/, decreaseIndentPattern: /^\s*\}/ },
    // A capability, a variable or a piece of a path is a word.
    wordPattern: /@\{[^}\s]*\}|[A-Za-z0-9_.-]+/,
  });
  monaco.languages.register({ id: config });
  monaco.languages.setMonarchTokensProvider(config, {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, "key"],
        [/"(?:[^"\\]|\\.)*"?/, "string"],
        [/-?\d+(?:\.\d+)?/, "number"],
        [/true|false|null/, "keyword"],
      ],
    },
  });
  registerCompletion(policy);
  monaco.languages.registerHoverProvider(policy, { provideHover });
  monaco.languages.registerCodeActionProvider(
    [policy, config],
    { provideCodeActions },
    { providedCodeActionKinds: ["quickfix"] },
  );
  monaco.editor.registerCommand(applyFixCommand, (_accessor, offered: OfferedFix) => {
    const made = findingsStore.getState().lint?.texts;
    const state = designStore.getState();
    if (made === undefined || !fixFits(offered.fix, made, state.texts)) return;
    state.applyEdits(offered.fix.title, offered.fix.edits);
  });
}

/** The path of a model: its address is the path with a slash before it. */
function pathOf(model: monaco.editor.ITextModel): string {
  return model.uri.path.slice(1);
}

/** The findings at a place; those that came without their fixes get them from the worker. */
function withFixes(
  { diagnostics, texts }: NonNullable<ReturnType<typeof findingsStore.getState>["lint"]>,
  path: string,
  { start, end }: TextRange,
): Promise<Diagnostic[]> {
  const here = diagnostics.filter((each) => each.path === path && each.range.start <= end && start <= each.range.end);
  return Promise.all(
    here.map(async (finding) => {
      if (finding.fixesLater === undefined) return finding;
      return { ...finding, fixes: await fixesOfFinding(finding, texts) };
    }),
  );
}

function provideHover(model: monaco.editor.ITextModel, position: monaco.Position): monaco.languages.Hover | null {
  const path = pathOf(model);
  const view = fileView(designStore.getState().texts, path);
  if (view === null) return null;
  const bom = bomLength(view.tree.text);
  const found = hover(view, model.getOffsetAt(position) + bom, valuesIn(view, policyFilesNow()));
  if (found === null) return null;
  const start = model.getPositionAt(found.range.start - bom);
  const end = model.getPositionAt(found.range.end - bom);
  return {
    range: monaco.Range.fromPositions(start, end),
    // Text of the person's stands in these paragraphs: no HTML, no links that could be followed.
    contents: found.paragraphs.map((value) => ({ value, isTrusted: false, supportHtml: false })),
  };
}

async function provideCodeActions(
  model: monaco.editor.ITextModel,
  range: monaco.Range,
): Promise<monaco.languages.CodeActionList> {
  const path = pathOf(model);
  const lint = findingsStore.getState().lint;
  const { texts } = designStore.getState();
  const bom = bomLength(texts.get(path) ?? "");
  const span = {
    start: model.getOffsetAt(range.getStartPosition()) + bom,
    end: model.getOffsetAt(range.getEndPosition()) + bom,
  };
  const offered = lint === null ? [] : fixesAt(await withFixes(lint, path, span), path, span);
  const actions = offered
    .filter(({ fix }) => lint !== null && fixFits(fix, lint.texts, texts))
    .map((offer) => ({
      title: offer.fix.title,
      kind: "quickfix",
      isPreferred: offer.preferred,
      command: { id: applyFixCommand, title: offer.fix.title, arguments: [offer] },
    }));
  return { actions, dispose: () => undefined };
}
