import { expect, test } from "vitest";
import { standingEventSchema } from "@hauberk/contract";
import { problemOf, send, startTestServer, validationOf } from "./test-server.ts";

function post(url: string, body: object) {
  return send(url, "/api/v1/standings", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

test("the rows of each target come in a line, then that it is done", async () => {
  const text = "profile test {\n  network inet dgram peer=(port=53),\n}\n";
  const answer = await post(await startTestServer(), validationOf(text, { targets: ["debian-13", "nowhere"] }));
  expect(answer.headers["content-type"]).toBe("application/x-ndjson");
  const events = answer.text
    .trimEnd()
    .split("\n")
    .map((line) => standingEventSchema.parse(JSON.parse(line)));
  expect(events.at(-1)).toEqual({ type: "done" });
  const rows = events.flatMap((event) => (event.type === "standing" ? event.rows : []));
  const rule = rows.filter(({ subject }) => subject === "rule");
  expect(rule).toContainEqual(expect.objectContaining({ target: "debian-13", standing: "widened", line: 2 }));
  expect(rule).toContainEqual(
    expect.objectContaining({ target: "nowhere", standing: "undecided", reason: "unknown_target" }),
  );
});

test("what is no request for standings is refused", async () => {
  const answer = await post(await startTestServer(), validationOf("", { features: "all" }));
  expect(problemOf(answer).status).toBe(400);
});
