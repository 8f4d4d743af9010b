import { validationEventSchema } from "@hauberk/contract";
import { expect, test } from "vitest";
import { parsersBelowUs } from "./parser-processes.ts";
import { postValidation, send, startStoppableServer, validationOf } from "./test-server.ts";

/** The profiles that clients send: every fifth is one that the parser must refuse, at a line that is its own. */
function textOf(number: number): string {
  const rules = Array.from({ length: number % 7 }, (_, index) => `  /opt/${number}/${index} r,\n`);
  return `profile p${number} {\n${rules.join("")}  /opt/${number} ${number % 5 === 0 ? "rq" : "r"},\n}\n`;
}

const lineOf = (number: number): number => 2 + (number % 7);

test("two hundred different profiles of twenty clients at once are all answered, and none wrong", async () => {
  const server = await startStoppableServer({ trustedProxies: ["127.0.0.1"] });
  const policies = new Set<string>();
  const wrong: unknown[] = [];
  const ask = async (number: number): Promise<void> => {
    const headers = { "x-forwarded-for": `198.51.100.${number % 20}` };
    const answer = await postValidation(server.url, validationOf(textOf(number)), headers);
    if (answer.status !== 200) {
      wrong.push([number, answer.status, answer.text]);
      return;
    }
    const events = answer.text
      .trim()
      .split("\n")
      .map((line) => validationEventSchema.parse(JSON.parse(line)));
    const [first, last] = events;
    if (events.length !== 2 || first?.type !== "verdict" || last?.type !== "done") {
      wrong.push([number, answer.status, answer.text]);
      return;
    }
    const { verdict, compiled, diagnostics } = first.verdict;
    const isRight =
      number % 5 === 0
        ? verdict === "rejected" &&
          diagnostics.some(({ severity, line }) => severity === "error" && line === lineOf(number))
        : verdict === "accepted" && compiled !== null;
    if (!isRight) wrong.push([number, first.verdict]);
    if (compiled === null) return;
    policies.add(compiled.sha256);
    const policy = await send(server.url, `/api/v1/compiled/${compiled.sha256}`, { headers });
    if (!policy.text.includes(`p${number}\0`)) wrong.push([number, "another one's policy"]);
  };
  await Promise.all(Array.from({ length: 200 }, (_, number) => ask(number)));
  expect(wrong).toEqual([]);
  expect(policies.size).toBe(160);
  await server.stop();
  expect(parsersBelowUs()).toEqual([]);
});
