import { configPath } from "@hauberk/core/design";
import { startingPoints, type Answers, type StartingPoint } from "@hauberk/core/gallery";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awkwardAnswers } from "../../core/src/gallery/awkward-answers.test-data.ts";
import { createSandbox } from "../src/index.ts";

/** What the starting points write, judged by the real parser of every target that can be asked here. */
const sandbox = createSandbox({ perClient: 2 });
afterAll(() => sandbox.close());

let targets: string[] = [];
beforeAll(async () => {
  targets = (await sandbox.listTargets()).filter(({ usable }) => usable).map(({ id }) => id);
});

/** What each target says, with its words where it is no yes. */
async function answersTo(point: StartingPoint, answers: Answers): Promise<string[]> {
  const outcome = point.make(answers);
  if (!outcome.ok) return [JSON.stringify([...outcome.problems])];
  const files = outcome.design.files.filter(({ path }) => path !== configPath);
  const said: string[] = [];
  for await (const { verdict } of sandbox.validate({ name: point.id, files, targets, effort: "full" })) {
    const errors = verdict.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    said.push([verdict.target, verdict.verdict, ...errors].join(" "));
  }
  return said;
}

test("there is a target to ask", () => {
  expect(targets).toContain("debian-12");
});

describe.each(startingPoints)("$id", (point) => {
  test("is accepted as it is first shown", async () => {
    expect(await answersTo(point, {})).toEqual(targets.map((target) => `${target} accepted`));
  });

  test("is accepted with unusual answers", async () => {
    await fc.assert(
      fc.asyncProperty(awkwardAnswers(point), async (answers) => {
        expect(await answersTo(point, answers)).toEqual(targets.map((target) => `${target} accepted`));
      }),
      { numRuns: 8 },
    );
  });

  test("is accepted with every choice that it offers", async () => {
    const choices = point.parameters.flatMap(({ id, choices: offered = [] }) =>
      offered.slice(1).map(({ value }) => ({ [id]: value })),
    );
    for (const answers of choices) {
      expect(await answersTo(point, answers)).toEqual(targets.map((target) => `${target} accepted`));
    }
  });
});
