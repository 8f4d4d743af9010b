import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { configPath, readConfig, viewFile, type DesignFile } from "../design/index.ts";
import { applyEdits, LineIndex, type Diagnostic, type Fix } from "../text/index.ts";
import { diagnose } from "./index.ts";

const golden = new URL("golden/", import.meta.url);
const scenarios = readdirSync(golden);

function filesOf(scenario: string): DesignFile[] {
  const folder = new URL(`${scenario}/`, golden);
  return readdirSync(folder)
    .filter((name) => !/^(?:findings|mended)/u.test(name))
    .map((name) => ({
      path: name === configPath ? name : `apparmor.d/${name}`,
      text: readFileSync(new URL(name, folder), "utf8"),
    }));
}

function findings(files: readonly DesignFile[]): Diagnostic[] {
  const configFile = files.find(({ path }) => path === configPath);
  const reading = configFile === undefined ? null : readConfig(configFile.text);
  const views = files.filter((file) => file !== configFile).map(({ path, text }) => viewFile(path, text));
  const config = reading?.ok === true ? reading.config : null;
  return diagnose(views, { config, ...(configFile === undefined ? {} : { configFile }), knownProfiles: [] });
}

function apply(files: readonly DesignFile[], fix: Fix): DesignFile[] {
  return files.map((file) => {
    const edits = fix.edits.filter(({ path }) => path === file.path).flatMap((edit) => edit.edits);
    return { ...file, text: applyEdits(file.text, edits) };
  });
}

function told(files: readonly DesignFile[]): string {
  const lines = new Map(files.map(({ path, text }) => [path, new LineIndex(text)]));
  return findings(files)
    .map(({ path, range, severity, code, message, fixes = [] }) => {
      const { line, column } = lines.get(path)?.positionAt(range.start) ?? { line: 0, column: 0 };
      return [
        `${path}:${line}:${column} ${severity} ${code}: ${message}`,
        ...fixes.map(({ title }) => `    ${title}`),
      ].join("\n");
    })
    .join("\n");
}

/** Takes the first fix of the first finding that has one, until none has. */
function mended(files: readonly DesignFile[]): DesignFile[] {
  let text = files;
  for (let step = 0; step < 60; step += 1) {
    const fix = findings(text).find(({ fixes = [] }) => fixes.length > 0)?.fixes?.[0];
    if (fix === undefined) return [...text];
    text = apply(text, fix);
  }
  throw new Error("the fixes never come to an end");
}

describe.each(scenarios)("the wishes of %s", (scenario) => {
  const files = filesOf(scenario);

  it("are told apart into what works and what can't", async () => {
    await expect(`${told(files)}\n`).toMatchFileSnapshot(new URL(`${scenario}/findings.txt`, golden).pathname);
  });

  it("come, by the first fix of each finding, to a profile without errors and warnings", async () => {
    const end = mended(files);
    expect(findings(end).filter(({ severity }) => severity !== "info")).toEqual([]);
    const all = end.map(({ path, text }) => `==> ${path}\n${text}`).join("\n");
    await expect(all).toMatchFileSnapshot(new URL(`${scenario}/mended.txt`, golden).pathname);
  });
});
