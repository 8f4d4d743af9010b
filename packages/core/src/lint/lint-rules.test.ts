import { describe, expect, it } from "vitest";

import { configPath, readConfig, viewFile, type FileView } from "../design/index.ts";
import { applyEdits, type Diagnostic, type Fix } from "../text/index.ts";
import { diagnose, lintRules, type LintContext, type LintExample, type LintRule } from "./index.ts";
import { lintFile } from "./lint-design.ts";

const path = "apparmor.d/x";

function contextOf({ config, knownProfiles }: LintExample): LintContext {
  const known = knownProfiles === undefined ? {} : { knownProfiles };
  if (config === undefined) return { config: null, ...known };
  const reading = readConfig(config);
  if (!reading.ok) throw new Error(`the example's hauberk.json is wrong: ${JSON.stringify(reading.errors)}`);
  return { config: reading.config, configFile: { path: configPath, text: config }, ...known };
}

function found(rule: LintRule, example: LintExample, text = example.text): Diagnostic[] {
  const file = viewFile(path, text);
  return lintFile(file, [file], contextOf(example), [rule]);
}

function applied(text: string, fix: Fix): string {
  return applyEdits(
    text,
    fix.edits.filter((edit) => edit.path === path).flatMap(({ edits }) => edits),
  );
}

function errorsOf(file: FileView, example: LintExample): number {
  return diagnose([file], contextOf(example)).filter(({ severity }) => severity === "error").length;
}

describe.each(lintRules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  it("finds its bad example, at its place", () => {
    const [first, ...others] = found(rule, rule.bad);
    expect(others).toEqual([]);
    expect(rule.bad.text.slice(first?.range.start, first?.range.end)).toBe(rule.bad.at);
    expect(first?.code).toBe(`lint/${rule.id}`);
  });

  it("finds nothing in its good example, and no other rule finds an error or warning there", () => {
    expect(found(rule, rule.good)).toEqual([]);
    const file = viewFile(path, rule.good.text);
    expect(diagnose([file], contextOf(rule.good)).filter(({ severity }) => severity !== "info")).toEqual([]);
  });

  it("offers fixes, each of which takes the finding away and leaves no new error", () => {
    const [first] = found(rule, rule.bad);
    expect(first?.fixes?.length ?? 0).toBeGreaterThan(0);
    const before = errorsOf(viewFile(path, rule.bad.text), rule.bad);
    for (const fix of first?.fixes ?? []) {
      const text = applied(rule.bad.text, fix);
      expect(found(rule, rule.bad, text), `${fix.title}:\n${text}`).toEqual([]);
      expect(errorsOf(viewFile(path, text), rule.bad), `${fix.title}:\n${text}`).toBeLessThanOrEqual(before);
    }
  });

  it("says what, why and what to do in whole sentences, and the finding in small ones", () => {
    for (const sentence of Object.values(rule.explanation)) expect(sentence).toMatch(/^[`"A-Z].*[.!?]$/u);
    for (const { message, fixes = [] } of found(rule, rule.bad)) {
      expect(message).toMatch(/^[^A-Z].*[^.]$/u);
      for (const { title, explanation = "X." } of fixes) {
        expect(title).toMatch(/^[A-Z].*[^.]$/u);
        expect(explanation).toMatch(/\.$/u);
      }
    }
  });
});

describe("the registry", () => {
  it("names each check once, in kebab case", () => {
    const ids = lintRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
  });
});
