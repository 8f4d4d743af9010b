import { describe, expect, it } from "vitest";
import type { ArrivedVerdict } from "../../api-client/index.ts";
import { verdictState, verdictWords } from "./verdict-state.ts";

const accepted: ArrivedVerdict = {
  target: "debian-12",
  verdict: "accepted",
  reason: null,
  summary: "The parser accepts it.",
  parser: "3.0.8",
  kernel: "6.1",
  diagnostics: [],
  compiled: null,
  milliseconds: 20,
};

describe("the words of a verdict", () => {
  const states = [
    verdictState({ subject: false, current: undefined, previous: accepted, failure: null }),
    verdictState({ subject: true, current: undefined, previous: accepted, failure: null }),
    verdictState({ subject: true, current: undefined, previous: accepted, failure: { kind: "unreachable" } }),
    verdictState({
      subject: true,
      current: undefined,
      previous: accepted,
      failure: { kind: "refused", status: 503, problem: null, title: "No", detail: "no sandbox" },
    }),
    verdictState({ subject: true, current: { ...accepted, verdict: "undecided" }, previous: accepted, failure: null }),
  ];

  it("say accepted only where the parser said so of this very text", () => {
    for (const state of states) expect(verdictWords(state).word).not.toBe("Accepted");
    const state = verdictState({ subject: true, current: accepted, previous: undefined, failure: null });
    expect(verdictWords(state)).toEqual({ word: "Accepted", tone: "good", detail: "The parser accepts it." });
  });

  it("keep the verdict before in sight while the next one is made", () => {
    expect(states[1]).toEqual({ kind: "checking", previous: accepted });
    expect(states[2]).toEqual({ kind: "unreachable", previous: accepted });
  });
});
