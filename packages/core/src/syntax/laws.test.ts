import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { maximalDepth } from "./cursor.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { isNode, type SyntaxNode, type SyntaxTree } from "./tree.ts";

const golden = join(import.meta.dirname, "golden");
const samples = ["ok", "err"].flatMap((kind) =>
  readdirSync(join(golden, kind))
    .filter((name) => name.endsWith(".txt"))
    .map((name) => readFileSync(join(golden, kind, name), "utf8")),
);

/**
 * What is unsound in a tree, or null: every code unit lies in one token, children follow one another, and a node spans its
 * first to its last child, neither of them white space.
 */
function flawOf(tree: SyntaxTree): string | null {
  let at = 0;
  const visit = (node: SyntaxNode): string | null => {
    const first = node.children[0];
    const last = node.children.at(-1);
    if (node.kind !== "file") {
      if (first?.start !== node.start || last?.end !== node.end) return `${node.kind} does not span its children`;
      for (const edge of [first, last]) {
        if (!isNode(edge) && (edge.type === "whitespace" || edge.type === "comment"))
          return `${node.kind} has loose trivia`;
      }
    }
    for (const child of node.children) {
      if (child.start !== at) return `a gap or overlap at ${at}`;
      const flaw = isNode(child) ? visit(child) : null;
      if (flaw !== null) return flaw;
      if (child.end <= child.start) return `nothing at ${at}`;
      at = child.end;
    }
    return null;
  };
  const flaw = visit(tree.root);
  if (flaw !== null) return flaw;
  if (at !== tree.text.length) return `the tokens end at ${at}`;
  const outside = tree.errors.find(({ start, end }) => start < 0 || end < start || end > tree.text.length);
  return outside === undefined ? null : `an error lies at ${outside.start}-${outside.end}`;
}

function expectLossless(text: string): void {
  const tree = parse(text);
  expect(print(tree)).toBe(text);
  expect(flawOf(tree)).toBeNull();
}

const fragment = fc.constantFrom(
  ...'{ } ( ) [ ] , = -> += ?= := " # \\ \n \r\n \t @{X} $b ^h :ns:x &y /a rw Px <= < > ! == in'.split(" "),
  ..."profile hat if else not defined audit deny owner priority=3 file capability network unix dbus mount".split(" "),
  ..."peer=( label= options= set rlimit include #include <a/b> abi alias change_profile link signal userns all,".split(
    " ",
  ),
  "\0",
  "\ud800",
  "\ufeff",
);

describe("for every text", () => {
  it("keeps each character, in one token each, in nodes that nest", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), expectLossless), { numRuns: 300 });
  });

  it("does so for pieces of the language in any order", () => {
    const texts = fc.array(fragment, { maxLength: 40 }).map((pieces) => pieces.join(" "));
    fc.assert(fc.property(texts, expectLossless), { numRuns: 500 });
    const dense = fc.array(fragment, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(fc.property(dense, expectLossless), { numRuns: 500 });
  });

  it("does so for policies with a piece taken out or put in anywhere", () => {
    const mutation = fc.tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(8), fragment);
    const mutated = mutation.map(([text, place, length, piece]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + length);
    });
    fc.assert(fc.property(mutated, expectLossless), { numRuns: 800 });
  });
});

describe("texts made to hurt", () => {
  it.each([
    ["blocks", "profile x {".repeat(5000)],
    ["plain blocks", `profile x ${"{".repeat(20_000)}`],
    ["closed blocks", `profile x ${"{ ".repeat(3000)}${"}".repeat(3000)}`],
    ["parentheses", `profile x { if ${"(".repeat(20_000)}`],
    ["negations", `profile x { if ${"not ".repeat(20_000)} true { } }`],
    ["else if", `profile x { if true { } ${"else if true { } ".repeat(5000)} }`],
    ["a long word", `profile x { ${"a".repeat(200_000)} r, }`],
    ["quotes", '"'.repeat(50_000)],
    ["commas", ",".repeat(50_000)],
    ["open lists", "unix (".repeat(5000)],
    ["backslashes", `profile x { /${"\\".repeat(50_000)} r, }`],
  ])("ends on %s", (_name, text) => {
    const tree = parse(text);
    expect(print(tree)).toBe(text);
  });

  it("says where blocks nest too deep", () => {
    const tree = parse(`profile x ${"{ ".repeat(maximalDepth + 5)}${"} ".repeat(maximalDepth + 5)}`);
    expect(tree.errors.map(({ code }) => code)).toEqual(["syntax/too-deep"]);
  });
});
