import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { Design, DesignFile } from "../design/index.ts";
import { reviewChanges, reviewSummary, type ReviewChanges, type ReviewSummary, type SummarySection } from "./index.ts";

// Renew what is told by `npx vitest run packages/core/src/review/golden.test.ts -u`, and read it aloud beside the texts.
const folder = join(import.meta.dirname, "golden");
const cases = readdirSync(folder).filter((name) => name.endsWith(".change"));
const designs = readdirSync(folder).filter((name) => name.endsWith(".design"));

/** The files of a case: before `=== after` the earlier revision, then the later; each file below `--- its path`. */
function revisions(text: string): readonly [Design, Design] {
  const [before = "", after = ""] = text.split(/^=== after\n/mu);
  return [designOf(before), designOf(after)];
}

function designOf(text: string): Design {
  const files = text.split(/^--- /mu).slice(1);
  return {
    name: "case",
    files: files.map((file): DesignFile => {
      const end = file.indexOf("\n");
      return { path: file.slice(0, end), text: file.slice(end + 1) };
    }),
  };
}

const signs = { added: "+", removed: "-", changed: "~", renamed: "~" } as const;

function told({ headline, changes, files }: ReviewChanges): string {
  const lines = changes.map((change) => {
    const { act, file, profile, before, after, sentence, danger, gives, brings } = change;
    const place = `${file}${after === null ? "" : `:${after.line}`}${before === null ? "" : ` (was ${before.line})`}`;
    const marks = [danger, gives].filter((word) => word !== null).join(", ");
    const brought =
      brings === null
        ? ""
        : brings.known
          ? `\n    Brings ${brings.rules} rules.`
          : "\n    What it brings is not known.";
    return `${signs[act]} [${marks}] ${sentence}${brought}\n    ${place}${profile === null ? "" : ` in ${profile}`}`;
  });
  const states = files.map(
    ({ path, renamedFrom, state }) => `${path}${renamedFrom === null ? "" : ` (was ${renamedFrom})`}: ${state}`,
  );
  return `${[headline, "", ...lines, "", ...states].join("\n")}\n`;
}

describe("what changed is told of", () => {
  it.each(cases)("%s", async (name) => {
    const [before, after] = revisions(readFileSync(join(folder, name), "utf8"));
    const text = told(reviewChanges(before, after));
    expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object/u);
    expect(told(reviewChanges(after, after)).trimEnd()).toBe("Nothing is different.");
    await expect(text).toMatchFileSnapshot(join(folder, name.replace(/change$/u, "told")));
  });
});

function mark(danger: string | null): string {
  return danger === null ? "" : `[${danger}] `;
}

function sectionText({ title, notes, own, taken, danger }: SummarySection): string {
  return [
    `  ${mark(danger)}${title}`,
    ...notes.map((note) => `    (${note})`),
    ...own.map(
      (saying) => `    ${mark(saying.danger)}${saying.sentence} {${saying.from.map(({ line }) => line).join(", ")}}`,
    ),
    ...taken.flatMap(({ include, sayings, more }) => [
      `    by ${include}:`,
      ...sayings.map(
        (saying) =>
          `      ${mark(saying.danger)}${saying.sentence} {${saying.from.map(({ file, line }) => `${file}:${line}`).join(", ")}}`,
      ),
      ...(more === 0 ? [] : [`      and ${more} more`]),
    ]),
  ].join("\n");
}

function summaryText({ profiles, unknown }: ReviewSummary): string {
  const said = profiles.flatMap(({ file, line, head, danger, may, refused, about, includes }) => [
    `${head} (${file}:${line}, ${danger ?? "harmless"})`,
    ...[...may, ...(refused === null ? [] : [refused]), ...about].map(sectionText),
    ...includes.map(({ path, standing, rules, danger: worst }) => `  ${path}: ${standing}, ${rules}, ${worst ?? "-"}`),
    "",
  ]);
  return `${said.join("\n")}\nNot seen: ${unknown.join(", ")}\n`;
}

describe("what a design lets programs do is summed up", () => {
  it.each(designs)("%s", async (name) => {
    const { files } = designOf(readFileSync(join(folder, name), "utf8"));
    const tree = files.filter(({ path }) => path.startsWith("tree/"));
    const text = summaryText(
      reviewSummary(
        { name: "case", files: files.filter(({ path }) => !path.startsWith("tree/")) },
        { target: "debian-13", files: new Map(tree.map(({ path, text: own }) => [path.slice("tree/".length), own])) },
      ),
    );
    expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object/u);
    await expect(text).toMatchFileSnapshot(join(folder, name.replace(/design$/u, "summary")));
  });
});
