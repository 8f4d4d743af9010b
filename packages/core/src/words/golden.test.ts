import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { allRules, viewFile } from "../design/index.ts";
import { sayInclude, sayRule } from "./index.ts";

// Renew the sentences by `npx vitest run packages/core/src/words/golden.test.ts -u`, and read each aloud beside its rule.
const folder = join(import.meta.dirname, "golden");
const inputs = readdirSync(folder).filter((name) => name.endsWith(".txt"));

/** What a line of a profile says: the sentences of its rules and includes, with their dangers. */
function wordsOf(line: string): string {
  const view = viewFile("apparmor.d/p", `profile p /usr/bin/p {\n${line}\n}\n`);
  expect(view.tree.errors).toEqual([]);
  const rules = allRules(view).map((placed) => sayRule(view.tree, placed));
  const includes = view.profiles
    .flatMap((profile) => profile.includes)
    .map((include) => sayInclude(view.tree, include));
  const said = [...rules, ...includes].map(
    ({ sentence, danger }) => `    ${sentence}${danger === null ? "" : ` [${danger}]`}`,
  );
  return `${line}\n${said.join("\n")}\n`;
}

describe("the words for", () => {
  it.each(inputs)("%s", async (name) => {
    const lines = readFileSync(join(folder, name), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const words = lines.map(wordsOf);
    expect(words.filter((each) => /undefined|null|unknown|NaN|\[object/u.test(each))).toEqual([]);
    await expect(words.join("\n")).toMatchFileSnapshot(join(folder, name.replace(/txt$/u, "words")));
  });
});
