import { configReading, explanationStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Goes through a design that a starting point wrote, piece by piece. */
export const explainDesign: Action = {
  id: "explain-design",
  title: () => "Explain this design",
  keys: [],
  enabled: ({ texts }) => {
    const reading = configReading(texts);
    return reading?.ok === true && reading.config.startedFrom !== undefined;
  },
  why: () => "it did not begin as one of the examples",
  perform: () => explanationStore.getState().show(0),
  group: "Help",
  also: "walk through steps example",
};
