import { configPath } from "@hauberk/core/design";
import { startingPoints, type Answers, type StartingPoint } from "@hauberk/core/gallery";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { awkwardAnswers } from "../../core/src/gallery/awkward-answers.test-data.ts";
import { createSandbox } from "../src/index.ts";
import { usableTargets } from "./usable-targets.ts";

/** What the starting points write, judged by the real parser of every target that can be asked here. */
const sandbox = createSandbox({ perClient: 2 });
afterAll(() => sandbox.close());

const targets = await usableTargets();
/** One for each parser: unusual answers are a matter of the text alone. */
const parsers = targets.filter((id) => !["debian-13-kernel-7.2", "kernel-with-addresses"].includes(id));

/** What each target says, with its words where it is no yes, in the order of the targets. */
async function answersTo(point: StartingPoint, answers: Answers, asked = targets): Promise<string[]> {
  const outcome = point.make(answers);
  if (!outcome.ok) return [JSON.stringify([...outcome.problems])];
  const files = outcome.design.files.filter(({ path }) => path !== configPath);
  const said = new Map<string, string>();
  for await (const { verdict } of sandbox.validate({ name: point.id, files, targets: asked, effort: "full" })) {
    const errors = verdict.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    said.set(verdict.target, [verdict.target, verdict.verdict, ...errors].join(" "));
  }
  return asked.map((target) => said.get(target) ?? `${target} said nothing`);
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
        const said = await answersTo(point, answers, parsers);
        // A release has hundreds of profiles: a name that is taken there is refused, and rightly.
        fc.pre(!said.some((line) => line.includes("The target has its own")));
        expect(said).toEqual(parsers.map((target) => `${target} accepted`));
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
