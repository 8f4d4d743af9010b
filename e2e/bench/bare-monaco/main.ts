/**
 * Monaco and nothing else: the parts of it that the designer loads, on the text at `/text`, without a language. Measures from
 * the moment the model tells of a change to the end of what runs before the browser may do something else: where a
 * framework's commit would come at the earliest.
 */
/// <reference types="vite/client" />
import { monaco } from "../../../apps/web/src/monaco/monaco-api.ts";

const element = document.getElementById("editor");
if (element === null) throw new Error("index.html has no #editor");
const text = await (await fetch("text.txt")).text();
const editor = monaco.editor.create(element, {
  value: text,
  language: "plaintext",
  ariaLabel: "Policy editor",
  automaticLayout: true,
  fontSize: 12.5,
  lineHeight: 20,
  minimap: { enabled: false },
  wordBasedSuggestions: "off",
  quickSuggestions: false,
  suggestOnTriggerCharacters: false,
  links: false,
  stickyScroll: { enabled: false },
});
editor.onDidChangeModelContent(() => {
  const start = performance.now();
  queueMicrotask(() => performance.measure("bare:text-to-commit", { start }));
});
