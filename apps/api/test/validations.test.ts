import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import type { ClientRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { readinessSchema, targetListSchema, validationEventSchema } from "@hauberk/contract";
import type { ValidationEvent, Verdict } from "@hauberk/contract";
import { createSandbox } from "@hauberk/sandbox";
import { parsersBelowUs } from "./parser-processes.ts";
import type { Received } from "./test-server.ts";
import { postValidation, problemOf, send, startStoppableServer, startTestServer, validationOf } from "./test-server.ts";

const good = `abi <abi/3.0>,
include <tunables/global>

profile test /usr/bin/test-program {
  include <abstractions/base>
  capability net_raw,
  network packet raw,
  /etc/services r,
}
`;

/** Costs any parser minutes, in a hundred bytes. */
const endless = `profile test { /**a${"?".repeat(24)} r, }\n`;

function eventsOf(answer: Received): ValidationEvent[] {
  expect(answer.headers["content-type"]).toBe("application/x-ndjson");
  expect(answer.text.endsWith("\n")).toBe(true);
  return answer.text
    .trimEnd()
    .split("\n")
    .map((line) => validationEventSchema.parse(JSON.parse(line)));
}

function verdictsOf(answer: Received): Verdict[] {
  const events = eventsOf(answer);
  expect(events.at(-1)).toEqual({ type: "done" });
  return events.slice(0, -1).flatMap((event) => (event.type === "verdict" ? [event.verdict] : []));
}

/** For what must come, however busy the machine is. */
const patience = { timeout: 10_000 };

interface StartedValidation {
  readonly request: ClientRequest;
  /** Grows as the answer arrives. */
  readonly lines: string[];
  /** The answer has begun. */
  readonly begun: Promise<void>;
  readonly closed: Promise<void>;
}

/** Starts a validation without waiting for its end. */
function startValidation(url: string, body: object): StartedValidation {
  const { hostname, port } = new URL(url);
  const lines: string[] = [];
  const request = httpRequest({
    hostname,
    port,
    agent: false,
    method: "POST",
    path: "/api/v1/validations",
    headers: { "content-type": "application/json" },
  });
  const closed = new Promise<void>((resolve) => request.once("close", () => resolve()));
  request.on("error", () => undefined);
  const begun = new Promise<void>((resolve) => request.once("response", () => resolve()));
  request.on("response", (response) => {
    response.on("error", () => undefined);
    response.on("data", (chunk: Buffer) => lines.push(...chunk.toString().trimEnd().split("\n")));
  });
  request.end(JSON.stringify(body));
  return { request, lines, begun, closed };
}

describe("a verdict", () => {
  test("a good design is accepted, and its compiled policy can be had by its hash", async () => {
    const url = await startTestServer();
    const [verdict] = verdictsOf(await postValidation(url, validationOf(good)));
    expect(verdict).toMatchObject({ target: "debian-12", verdict: "accepted", reason: null, parser: "3.0.8" });
    const { sha256, size } = verdict?.compiled ?? { sha256: "", size: 0 };
    const { hostname, port } = new URL(url);
    const answer = await fetch(`http://${hostname}:${port}/api/v1/compiled/${sha256}`);
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename=${sha256}.apparmor`);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([size, sha256]);
  });

  test("a broken design is rejected with the parser's complaint at its line", async () => {
    const url = await startTestServer();
    const broken = good.replace("network packet raw,", "network packet raww,");
    const [verdict] = verdictsOf(await postValidation(url, validationOf(broken)));
    expect(verdict).toMatchObject({ verdict: "rejected", compiled: null });
    expect(verdict?.diagnostics).toContainEqual(
      expect.objectContaining({ file: "apparmor.d/test", line: 7, severity: "error" }),
    );
    expect(JSON.stringify(verdict)).not.toMatch(/\/tmp\/|\/var\/|node_modules/);
  });

  test("every target of the request gets one, an unknown one too", async () => {
    const url = await startTestServer();
    const verdicts = verdictsOf(await postValidation(url, validationOf(good, { targets: ["debian-12", "debian-99"] })));
    expect(new Map(verdicts.map(({ target, verdict, reason }) => [target, [verdict, reason]]))).toEqual(
      new Map([
        ["debian-12", ["accepted", null]],
        ["debian-99", ["undecided", "unknown_target"]],
      ]),
    );
  });

  test("a design that costs too much is undecided, not an error", async () => {
    const [verdict] = verdictsOf(await postValidation(await startTestServer(), validationOf(endless)));
    expect(verdict).toMatchObject({ verdict: "undecided", compiled: null });
    expect(["cpu_limit", "time_limit", "memory_limit"]).toContain(verdict?.reason);
  });

  test("markup and line breaks in a profile's name stay data", async () => {
    const url = await startTestServer();
    const text = 'profile "<script>alert(1)</script>\\r\\nSet-Cookie: a=b" { capability chown, }\n';
    const answer = await postValidation(url, validationOf(text));
    expect(verdictsOf(answer)).toHaveLength(1);
    expect(answer.headers).not.toHaveProperty("set-cookie");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });

  test("an include can't read what lies outside the target's own tree", async () => {
    const url = await startTestServer();
    for (const place of ["/etc/shadow", "/proc/self/environ", "../../../../etc/passwd"]) {
      const answer = await postValidation(url, validationOf(`include "${place}"\nprofile test { }\n`));
      expect(verdictsOf(answer)[0]?.verdict).not.toBe("accepted");
      expect(answer.text).not.toMatch(/root:|PATH=/);
    }
  });
});

describe("while a parser runs", () => {
  test("what is decided is sent at once, and a client that leaves takes its parser with it", async () => {
    const url = await startTestServer();
    const body = validationOf(endless, { targets: ["debian-99", "debian-12"], effort: "full" });
    const { request, lines } = startValidation(url, body);
    await expect.poll(() => lines.length, patience).toBe(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ verdict: { target: "debian-99" } });
    await expect.poll(() => parsersBelowUs().length, patience).toBe(1);
    request.destroy();
    await expect.poll(parsersBelowUs, { timeout: 1000, interval: 20 }).toEqual([]);
  });

  test("a connection on which nothing moves is cut, and its parser with it", async () => {
    const url = await startTestServer({ timeouts: { silence: 500 } });
    const { closed, begun } = startValidation(url, validationOf(endless, { effort: "full" }));
    await begun;
    await expect.poll(() => parsersBelowUs().length, patience).toBe(1);
    await closed;
    await expect.poll(parsersBelowUs, { timeout: 1000, interval: 20 }).toEqual([]);
  });

  test("a service that stops lets it end within the bound, then ends it; new work is refused", async () => {
    const server = await startStoppableServer({ timeouts: { stop: 200 } });
    const { closed } = startValidation(server.url, validationOf(endless, { effort: "full" }));
    await expect.poll(() => parsersBelowUs().length, patience).toBe(1);
    const stopped = server.stop();
    await expect(send(server.url, "/healthz")).rejects.toThrow("ECONNREFUSED");
    await stopped;
    await closed;
    expect(parsersBelowUs()).toEqual([]);
  });

  test("a service that stops waits for a verdict that is due", async () => {
    const server = await startStoppableServer();
    const { begun, closed, lines } = startValidation(server.url, validationOf(good));
    await begun;
    await server.stop();
    await closed;
    expect(lines.map((line) => validationEventSchema.parse(JSON.parse(line)))).toEqual([
      expect.objectContaining({ type: "verdict", verdict: expect.objectContaining({ verdict: "accepted" }) }),
      { type: "done" },
    ]);
  });
});

describe("targets and readiness", () => {
  test("the targets are listed, each that can't be used with the reason", async () => {
    const targets = targetListSchema.parse(JSON.parse((await send(await startTestServer(), "/api/v1/targets")).text));
    expect(targets.map(({ id }) => id)).toEqual(expect.arrayContaining(["debian-12", "host"]));
    expect(targets.filter(({ usable, why }) => usable === (why !== null))).toEqual([]);
  });

  test("ready, with each target", async () => {
    const answer = await send(await startTestServer(), "/readyz");
    const readiness = readinessSchema.parse(JSON.parse(answer.text));
    expect([answer.status, readiness.ready, readiness.why]).toEqual([200, true, null]);
    expect(readiness.targets).toContainEqual({ id: "debian-12", usable: true, why: null });
  });

  test("without isolation nothing runs: not ready, and a validation is refused with the reason", async () => {
    const url = await startTestServer({ engine: createSandbox({ searchPath: "/nowhere" }) });
    const answer = await send(url, "/readyz");
    const readiness = readinessSchema.parse(JSON.parse(answer.text));
    expect([answer.status, readiness.ready]).toEqual([503, false]);
    expect(readiness.why).toMatch(/^No parser can be run in isolation here: .*(bwrap|bubblewrap)/);
    expect(problemOf(await postValidation(url, validationOf(good)))).toMatchObject({
      status: 503,
      type: "/problems/sandbox-unavailable",
      detail: expect.stringMatching(/^Nothing is run without isolation: .*(bwrap|bubblewrap)/),
    });
  });

  test("a compiled policy that is not kept is 404, a name that is none 400", async () => {
    const url = await startTestServer();
    expect(problemOf(await send(url, `/api/v1/compiled/${"0".repeat(64)}`)).status).toBe(404);
    for (const name of ["0", "../../etc/passwd".replaceAll("/", "%2f"), "A".repeat(64)]) {
      expect(problemOf(await send(url, `/api/v1/compiled/${name}`)).status).toBe(400);
    }
  });
});
