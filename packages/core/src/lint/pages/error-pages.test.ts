import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { viewFile } from "../../design/index.ts";
import { languageErrors } from "../language-errors.ts";
import { errorPage, errorPages } from "./error-pages.ts";

/** What can be seen only with the files of a target around the example. */
const needTarget = new Set([
  "policy/include-depth",
  "policy/missing-abi",
  "policy/missing-include",
  "policy/outside-preamble",
]);
/** What is about more than one file, or not about policy. */
const otherwise = new Set(["design/profile-twice"]);

const source = join(import.meta.dirname, "../..");

/** Every code that core's source names. */
function codesInSource(): Set<string> {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.includes("pages"),
  );
  const codes = files.flatMap((name) => [
    ...readFileSync(join(source, name), "utf8").matchAll(/"((?:syntax|rule|policy|profile|design)\/[a-z-]+)"/gu),
  ]);
  return new Set(codes.map(([, code = ""]) => code));
}

function codesOf(text: string): string[] {
  return languageErrors([viewFile("apparmor.d/example", text)]).map(({ code }) => code);
}

describe("the pages of findings", () => {
  test("every code has one, and no page is about a code that nothing reports", () => {
    const own = errorPages.map(({ code }) => code).filter((code) => !code.startsWith("lint/"));
    expect(own.toSorted()).toEqual([...codesInSource()].toSorted());
    expect(new Set(errorPages.map(({ code }) => code)).size).toBe(errorPages.length);
    expect(errorPage("lint/shared-tmp")?.title).toBeTruthy();
  });

  const seen = errorPages.filter(({ code }) => !code.startsWith("lint/") && !otherwise.has(code));

  test.each(seen.filter(({ code }) => !needTarget.has(code)).map((page) => [page.code, page] as const))(
    "%s: the bad example has it",
    (code, { bad }) => expect(codesOf(bad)).toContain(code),
  );

  test.each(seen.map((page) => [page.code, page] as const))("%s: the good example is clean", (_, { good }) =>
    expect(codesOf(good)).toEqual([]),
  );
});
