import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { viewFile } from "../design/index.ts";
import { badFixes } from "./bad-fixes.test-data.ts";
import { diagnose } from "./index.ts";

const context = { config: null };
const corpus = join(
  process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12"),
  "etc/apparmor.d",
);
const conformance = new URL("../../../../../shared/conformance/", import.meta.url).pathname;

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README")
    .map(({ parentPath, name }) => join(parentPath, name));
}

const packaged = filesBelow(corpus);
if (packaged.length === 0) console.log(`lint: no packaged profiles below ${corpus}; their tests are left out`);

describe.runIf(packaged.length > 0)("Debian's packaged profiles", () => {
  const views = packaged.map((at) => viewFile(`apparmor.d/${at.slice(corpus.length + 1)}`, readFileSync(at, "utf8")));

  it("hold no error", () => {
    const errors = views.flatMap((view) => diagnose([view], context)).filter(({ severity }) => severity === "error");
    expect(errors.map(({ path, code, message }) => `${path} ${code} ${message}`)).toEqual([]);
  });

  it("are mended by each fix at the place of the finding", () => {
    expect(views.flatMap((view) => badFixes(view, diagnose([view], context)))).toEqual([]);
  });
});

const verdicts = join(conformance, "tst/verdicts.tsv");
const measured = existsSync(verdicts);
if (!measured) console.log(`lint: no measured verdicts at ${verdicts}; their tests are left out`);

describe.runIf(measured)("policies of which the real parser's verdict is known", () => {
  it("get no error where any of the parsers accepts them", () => {
    const [head = "", ...rows] = readFileSync(verdicts, "utf8").trimEnd().split("\n");
    const parsers = head.split("\t").flatMap((name, index) => (/^\d+\.\d+\.\d+$/u.test(name) ? [index] : []));
    expect(parsers.length).toBeGreaterThan(1);
    const wrong: string[] = [];
    let accepted = 0;
    for (const row of rows) {
      const cells = row.split("\t");
      if (!parsers.some((column) => cells[column] === "accept")) continue;
      accepted += 1;
      const at = join(conformance, "tst", cells[0] ?? "");
      for (const { code, severity, message } of diagnose(
        [viewFile("apparmor.d/x", readFileSync(at, "utf8"))],
        context,
      )) {
        if (severity === "error") wrong.push(`${cells[0]} ${code} ${message}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(500);
  });
});
