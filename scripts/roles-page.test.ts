import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rolesPage, rolesPagePath } from "./roles-page.ts";

test("docs/roles.md is what the service asks of each role", () => {
  expect(readFileSync(rolesPagePath, "utf8")).toBe(rolesPage());
});
