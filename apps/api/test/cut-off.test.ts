import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { send, startTestServer } from "./test-server.ts";

/** A built web application whose files take a while on their way. */
function largeWeb(): string {
  const root = mkdtempSync(join(tmpdir(), "hauberk-web-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "assets"));
  const text = "x".repeat(8 * 1024 * 1024);
  for (const path of ["index.html", "assets/big-0a1b2c3d.js", "assets/big-0a1b2c3d.js.gz"]) {
    writeFileSync(join(root, path), text);
  }
  return root;
}

const lineSchema = z.object({ level: z.number(), msg: z.string() });

test("whoever cuts their connection while a file is on its way is no failure of the service", async () => {
  const lines: string[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const url = await startTestServer({ webRoot: largeWeb(), logger });
  const cut = (path: string, header: string, when: "asked" | "data"): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      // It is reset at our end.
      socket.on("error", () => undefined);
      socket.once("close", () => resolve());
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`, () => {
        // Before the service has looked for the file, or once it has sent a part of it.
        if (when === "asked") socket.resetAndDestroy();
        else socket.once("data", () => socket.resetAndDestroy());
      });
    });
  let asked = 0;
  for (const [path, header] of [
    ["/", "Accept: text/html"],
    ["/assets/big-0a1b2c3d.js", "Accept-Encoding: gzip"],
    ["/assets/big-0a1b2c3d.js", "Accept-Encoding: identity"],
  ] as const) {
    for (const when of ["asked", "data", "asked", "data"] as const) {
      await cut(path, header, when);
      asked++;
    }
  }
  await expect.poll(() => lines.length).toBe(asked);
  const said = lines.map((line) => lineSchema.parse(JSON.parse(line)));
  expect(said).toEqual(said.map(() => ({ level: 30, msg: "request aborted" })));
  expect((await send(url, "/healthz")).status).toBe(200);
});
