import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { configPath } from "../design/index.ts";
import { lowerDesign, reportLines } from "./index.ts";
import { measuredTargets } from "./test/measured-targets.test-data.ts";

/**
 * Each folder of `golden/` is a design: `source` as it is written, with `hauberk.json` where it has one, and for each target the text that is shipped
 * and the report. `npx vitest run packages/core/src/lowering/golden.test.ts -u` writes them anew: then read what changed.
 */
const golden = new URL("golden/", import.meta.url);

function fileOf(name: string, file: string): string | null {
  try {
    return readFileSync(new URL(`${name}/${file}`, golden), "utf8");
  } catch {
    return null;
  }
}

describe.each(readdirSync(golden))("%s", (name) => {
  const source = fileOf(name, "source") ?? "";
  const config = fileOf(name, configPath);
  const files = [
    ...(config === null ? [] : [{ path: configPath, text: config }]),
    { path: `apparmor.d/${name}`, text: source },
  ];

  it.each(measuredTargets)("for $id", async (target) => {
    const lowering = lowerDesign({ name, files }, target);
    const text = lowering.files.find(({ path }) => path === `apparmor.d/${name}`)?.text;
    const report = `${reportLines(lowering).join("\n")}\n`;
    await expect(text).toMatchFileSnapshot(new URL(`${name}/${target.id}`, golden).pathname);
    await expect(report).toMatchFileSnapshot(new URL(`${name}/${target.id}.report`, golden).pathname);
  });
});
