import { basename } from "node:path";
import { viewFile } from "@hauberk/core/design";
import { formatFile } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";
import { expect, test } from "vitest";
import { compiled, packagedProfiles } from "./compile-many.ts";

/** A packaged profile before and after formatting, and the names of its profiles. */
interface Pair {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly names: readonly string[];
}

/** Every so many of the packaged profiles is compiled twice. */
const sampled = 3;

test("a formatted profile compiles to the same policy", { timeout: 300_000 }, async () => {
  const pairs = packagedProfiles().map(({ source, text }): Pair => {
    const file = viewFile(`apparmor.d/tidy.${basename(source)}`, text);
    const outcome = formatFile(file);
    if (!outcome.ok) throw new Error(`${source}: ${outcome.reason}`);
    const after = applyEdits(text, outcome.edits[0]?.edits ?? []);
    return { path: file.path, before: text, after, names: file.profiles.map(({ name }) => name) };
  });
  const changed = pairs.filter(({ before, after }) => before !== after);
  const wrong: string[] = [];
  const sample = changed.filter((_pair, at) => at % sampled === 0);
  for (const batch of batchesOf(sample)) {
    const old = await compiled(batch.map(({ path, before }) => ({ path, text: before })));
    const now = await compiled(batch.map(({ path, after }) => ({ path, text: after })));
    if (typeof old === "string" || typeof now === "string" || old.join("|") !== now.join("|")) {
      wrong.push(`${batch.map(({ path }) => path).join(", ")}: ${typeof now === "string" ? now : "differs"}`);
    }
  }
  console.log(
    `format: ${changed.length} of ${pairs.length} packaged profiles changed; ${sample.length} compiled, with the same policy`,
  );
  expect(wrong).toEqual([]);
  expect(sample.length).toBeGreaterThan(20);
});

/** Few enough profiles for the limits of one run, and no two files or profiles of one name. */
function batchesOf(pairs: readonly Pair[]): Pair[][] {
  const batches: Pair[][] = [];
  for (const pair of pairs) {
    const fits = (batch: Pair[]): boolean =>
      batch.length < 12 &&
      !batch.some(({ path, names }) => path === pair.path || names.some((name) => pair.names.includes(name)));
    const batch = batches.find(fits);
    if (batch === undefined) batches.push([pair]);
    else batch.push(pair);
  }
  return batches;
}
