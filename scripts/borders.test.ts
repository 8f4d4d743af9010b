import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const planted: string[] = [];

/** Lints a file with this one import, planted where it would stand; gives the names of the rules that it broke. */
function rulesBrokenBy(folder: string, specifier: string): string[] {
  const made = mkdirSync(join(root, folder), { recursive: true });
  const file = join(root, folder, "planted-import.ts");
  writeFileSync(file, `import { x } from "${specifier}";\n\nexport const y = x;\n`);
  planted.push(made ?? file, file);
  const run = spawnSync(process.execPath, [join(root, "node_modules/oxlint/bin/oxlint"), "--format", "json", file], {
    cwd: root,
    encoding: "utf8",
  });
  const report: unknown = JSON.parse(run.stdout);
  if (typeof report !== "object" || report === null || !("diagnostics" in report)) throw new Error(run.stdout);
  if (!Array.isArray(report.diagnostics)) throw new Error("no list of diagnostics");
  return report.diagnostics.map((diagnostic: { code?: string }) => diagnostic.code ?? "none");
}

afterEach(() => {
  for (const file of planted.splice(0)) rmSync(file, { recursive: true, force: true });
});

const restricted = "eslint(no-restricted-imports)";

describe("a forbidden import fails", () => {
  test.each([
    ["packages/core/src/text", "../syntax/index.ts", "a low room reaches up"],
    ["packages/core/src/syntax", "../lint/index.ts", "a low room reaches up"],
    ["packages/core/src/edit", "../syntax/tree.ts", "past a room's door"],
    ["packages/core/src/rules/write", "../../edit/index.ts", "from a folder inside a room"],
    ["packages/core/src/lint", "node:fs", "Node in core"],
    ["packages/core/src/lint", "@hauberk/contract", "core knows no other package"],
    ["packages/contract/src", "@hauberk/sandbox", "the contract knows no sandbox"],
    ["packages/sandbox/src", "@hauberk/api", "the sandbox knows no app"],
    ["apps/cli/src", "@hauberk/web", "an app knows no other app"],
    ["apps/web/src/ui", "@hauberk/core/syntax", "ui knows no AppArmor"],
    ["apps/web/src/features/paths", "../network/network-model.ts", "a feature reaches into another"],
    ["apps/web/src/features/paths", "../../app/layout.tsx", "a feature reaches up"],
    ["apps/web/src/store", "node:fs", "Node in the browser"],
  ])("%s importing %s (%s)", (folder, specifier) => {
    expect(rulesBrokenBy(folder, specifier)).toContain(restricted);
  });
});

describe("a permitted import passes", () => {
  test.each([
    ["packages/core/src/edit", "../syntax/index.ts"],
    ["packages/core/src/edit", "./edit-outcome.ts"],
    ["packages/core/src/rules/write", "../rule-values.ts"],
    ["packages/core/src/rules/write", "../../syntax/index.ts"],
    ["apps/api/src/features/validations", "@hauberk/sandbox"],
    ["apps/web/src/features/paths", "../../store/design-store.ts"],
  ])("%s importing %s", (folder, specifier) => {
    expect(rulesBrokenBy(folder, specifier)).not.toContain(restricted);
  });
});
