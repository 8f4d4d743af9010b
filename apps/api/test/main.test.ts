import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { send } from "./test-server.ts";

const mainFile = fileURLToPath(new URL("../src/main.ts", import.meta.url));

interface Started {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  /** What it wrote up to now. */
  readonly output: { out: string; err: string };
}

function startMain(environment: Readonly<Record<string, string>>): Started {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-main-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const child = spawn(process.execPath, [mainFile], {
    env: { ...process.env, LOG_LEVEL: "silent", HAUBERK_DATA: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.err += chunk.toString()));
  return { child, output, exit: new Promise((resolve) => child.once("close", (code) => resolve(code))) };
}

async function readyUrl({ output }: Started): Promise<string> {
  await expect.poll(() => output.out, { timeout: 15_000 }).toContain("\n");
  return /^Hauberk is ready at (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(output.out)?.[1] ?? `not ready: ${output.out}`;
}

/** Takes a port until the test ends. */
async function takePort(port: number): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

describe("the program", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "says where it is, and ends well on %s with a client connected",
    async (signal) => {
      const started = startMain({ PORT: "0" });
      const url = await readyUrl(started);
      expect((await send(url, "/healthz")).text).toBe('{"status":"ok"}');
      const idle = connect(Number(new URL(url).port), "127.0.0.1");
      onTestFinished(() => void idle.destroy());
      idle.on("error", () => undefined);
      await new Promise<void>((resolve) => idle.once("connect", () => resolve()));
      started.child.kill(signal);
      expect(await started.exit).toBe(0);
      expect(started.output.err).toBe("");
    },
  );

  test("a port that was asked for and is taken is told in one line", async () => {
    const port = await takePort(0);
    const started = startMain({ PORT: String(port) });
    expect(await started.exit).toBe(1);
    expect(started.output.err).toBe(
      `Hauberk can't listen on port ${port}: another program has it. Set PORT to a free one.\n`,
    );
  });

  test("without one, the next free port is taken", async () => {
    // Whoever has the usual port already, this test or another program: it is taken.
    await takePort(8137).catch(() => undefined);
    const url = await readyUrl(startMain({ PORT: "" }));
    expect(Number(new URL(url).port)).toBeGreaterThan(8137);
  });

  test("a setting that can't be used is named", async () => {
    const started = startMain({ PORT: "http", LOG_LEVEL: "loud" });
    expect(await started.exit).toBe(2);
    expect(started.output.err).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
    expect(started.output.err).not.toContain("    at ");
  });

  test.each([
    [
      "a file in the way",
      { HAUBERK_DATA: "FILE" },
      /^Hauberk can't keep designs in the folder .*\. Set HAUBERK_DATA to a /,
    ],
    [
      "a database out of reach",
      { HAUBERK_DATABASE_URL: "postgres://me:secret@127.0.0.1:1/hauberk" },
      /^Hauberk can't keep designs in the PostgreSQL database 127\.0\.0\.1:1\/hauberk: .*ECONNREFUSED.*\. See whether it/,
    ],
  ])("a store that can't be had is told in one line: %s", async (_what, environment, line) => {
    const folder = mkdtempSync(join(tmpdir(), "hauberk-main-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "file");
    writeFileSync(file, "");
    const given = Object.entries(environment).map(([name, value]) => [name, value === "FILE" ? file : value]);
    const started = startMain({ PORT: "0", ...Object.fromEntries(given) });
    expect(await started.exit).toBe(1);
    expect(started.output.err).toMatch(line);
    expect(started.output.err).not.toContain("secret");
    expect(started.output.err.trimEnd()).not.toContain("\n");
  });
});
