import { expect, it } from "vitest";

import { keysFor } from "./stable-keys.ts";

it("a row keeps its key when its text changes, and when others come or go before it", () => {
  const first = keysFor([], ["a", "b", "b"]);
  const [a, b, c] = first.map(({ key }) => key);
  expect(new Set([a, b, c]).size).toBe(3);
  const changed = keysFor(first, ["a", "x", "b"]);
  expect(changed.map(({ key }) => key)).toEqual([a, b, c]);
  const more = keysFor(changed, ["new", "a", "x", "b"]);
  expect(more.slice(1).map(({ key }) => key)).toEqual([a, b, c]);
  expect(keysFor(more, ["new", "x", "b"]).map(({ key }) => key)).toEqual([more[0]?.key, b, c]);
});
