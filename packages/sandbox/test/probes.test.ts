import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { containerProblem, inContainer } from "./launcher-container.ts";
import { layOutProbes, probes } from "./probe-programs.ts";

const program = fileURLToPath(new URL("run-probes.ts", import.meta.url));
let laidOut: Awaited<ReturnType<typeof layOutProbes>>;

beforeAll(async () => {
  laidOut = await layOutProbes();
  chmodSync(laidOut.all, 0o755);
});
afterAll(() => rmSync(laidOut.all, { recursive: true }));

const expected = Object.fromEntries(Object.entries(probes).map(([name, probe]) => [name, probe.expected]));

describe.each([
  ["bubblewrap", null],
  ["launcher", containerProblem],
] as const)("a parser in an attacker's hands, in the %s", (kind, problem) => {
  if (problem !== null) console.log(`not tried in the ${kind}: ${problem}`);

  test.skipIf(problem !== null)("can do none of what it should not", () => {
    const args = [program, kind, laidOut.root, laidOut.programs];
    const [command = "", ...rest] =
      kind === "bubblewrap" ? [process.execPath, ...args] : inContainer(args, [{ folder: laidOut.all }]);
    const env = { ...process.env, HAUBERK_SECRET: "hauberk_must_not_be_told" };
    expect(JSON.parse(execFileSync(command, rest, { env, encoding: "utf8" }))).toEqual(expected);
    expect(readFileSync(join(laidOut.programs, "secret"), "utf8")).toBe("secret");
  });
});
