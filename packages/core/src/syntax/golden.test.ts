import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { dumpTree } from "./tree-dump.test-data.ts";

// Renew the dumps by `npx vitest run packages/core/src/syntax/golden.test.ts -u`, and read the difference.
const folder = join(import.meta.dirname, "golden");

function inputs(kind: "ok" | "err"): readonly string[] {
  return readdirSync(join(folder, kind)).filter((name) => name.endsWith(".txt"));
}

describe("texts that the parser accepts", () => {
  it.each(inputs("ok"))("%s", async (name) => {
    const tree = parse(readFileSync(join(folder, "ok", name), "utf8"));
    expect(tree.errors).toEqual([]);
    expect(print(tree)).toBe(tree.text);
    await expect(dumpTree(tree)).toMatchFileSnapshot(join(folder, "ok", name.replace(/txt$/u, "tree")));
  });
});

describe("texts that it refuses", () => {
  it.each(inputs("err"))("%s", async (name) => {
    const tree = parse(readFileSync(join(folder, "err", name), "utf8"));
    expect(tree.errors).not.toEqual([]);
    expect(print(tree)).toBe(tree.text);
    await expect(dumpTree(tree)).toMatchFileSnapshot(join(folder, "err", name.replace(/txt$/u, "tree")));
  });
});
