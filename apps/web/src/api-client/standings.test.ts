import type { StandingRow } from "@hauberk/contract";
import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ServiceError } from "./problem-answer.ts";
import { requestStandings } from "./standings.ts";

let server: Server | null = null;

/** A service of the test's own that answers with these lines; the client's addresses are relative, as in a page. */
async function serve(lines: readonly unknown[]): Promise<void> {
  server = createServer((_incoming, answer) => {
    answer.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const plain = fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => plain(`http://127.0.0.1:${port}${path}`, init));
}

afterEach(() => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
  server = null;
});

function row(line: number): StandingRow {
  const place = { target: "debian-12", file: "apparmor.d/x", line, column: 3, start: 10 * line, end: 10 * line + 5 };
  const about = { subject: "rule" as const, profile: "x", rule: "/a r,", standing: "enforced" as const };
  return { ...place, ...about, detail: "Enforced as written.", also: [], becomes: null, reason: null };
}

async function collect(): Promise<readonly (readonly StandingRow[])[]> {
  const request = { name: "x", files: [{ path: "apparmor.d/x", text: "" }], targets: ["debian-12"] };
  const seen: (readonly StandingRow[])[] = [];
  for await (const { rows } of requestStandings(request, new AbortController().signal)) seen.push(rows);
  return seen;
}

describe("requestStandings", () => {
  const rows = Array.from({ length: 1001 }, (_, index) => row(index + 1));
  const event = { type: "standing", target: "debian-12", rows, milliseconds: 1 };

  it("gives the rows of a target, however many, and passes over what it can't read", async () => {
    const unknown = { ...event, rows: [...rows.slice(0, 300), { ...row(1), standing: "blessed" }] };
    await serve([{ type: "weather" }, unknown, event, { type: "done" }]);
    expect(await collect()).toEqual([rows]);
  });

  it("takes an answer that is cut off for no answer", async () => {
    await serve([event]);
    await expect(collect()).rejects.toThrow(ServiceError);
  });
});
