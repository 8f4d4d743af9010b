import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// What SECURITY.md says is shown by a test is shown by none where that was renamed.

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const files = globSync("{packages/*,apps/*,scripts,e2e}/**/*.{ts,tsx}", {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  exclude: ["**/node_modules", "**/dist"],
});
const testFiles = files.filter((path) => /\.(test|spec)\.tsx?$|\/test\/[^/]+\.ts$/.test(path));

/** The last cells of the tables of which that column says what shows it. */
function shownBy(page: string): string[] {
  const tables = page.split("\n\n").filter((part) => part.startsWith("|"));
  return tables.flatMap((table) => {
    const [head = "", , ...rows] = table.split("\n").map((row) => row.split("|").at(-2)?.trim() ?? "");
    return head.startsWith("shown by") ? rows : [];
  });
}

const cells = shownBy(read("SECURITY.md"));
const names = cells.flatMap((cell) => [...cell.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => ({ cell, name })));

/** The files that a cell names, by the ends of their paths. */
const namedIn = (cell: string): string[][] =>
  [...cell.matchAll(/`([\w./-]+\.tsx?)`/g)].map(([, path = ""]) =>
    files.filter((file) => `/${file}`.endsWith(`/${path}`)),
  );

test("every file that SECURITY.md says shows something is there", () => {
  expect(cells.length).toBeGreaterThan(50);
  for (const cell of cells) expect([cell, namedIn(cell).filter((found) => found.length === 0)]).toEqual([cell, []]);
});

test.each(names)("the test that SECURITY.md calls `$name` is there", ({ cell, name }) => {
  const named = namedIn(cell).flat();
  // What follows the dots differs from case to case.
  const literal = (name.split(" …")[0] ?? "").replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const title = new RegExp(`(["'\`])(?:(?!\\1).)*${literal}`);
  const holding = (named.length > 0 ? named : testFiles).filter((file) => title.test(read(file)));
  expect(holding).not.toEqual([]);
});
