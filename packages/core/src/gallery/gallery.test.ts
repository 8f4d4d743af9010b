import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allRules, configPath, readConfig, viewFile, type DesignFile, type FileView } from "../design/index.ts";
import { diagnose } from "../lint/index.ts";
import { awkwardAnswers, hostileAnswers } from "./awkward-answers.test-data.ts";
import { explainAgain, startingPoints, type Answers, type StartingDesign, type StartingPoint } from "./index.ts";

function made(point: StartingPoint, answers: Answers): StartingDesign {
  const outcome = point.make(answers);
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify([...outcome.problems])} of ${JSON.stringify(answers)}`);
  return outcome.design;
}

function viewsOf(design: StartingDesign): FileView[] {
  return design.files.filter(({ path }) => path !== configPath).map(({ path, text }) => viewFile(path, text));
}

function configOf(design: StartingDesign): {
  readonly file: DesignFile;
  readonly reading: ReturnType<typeof readConfig>;
} {
  const file = design.files.find(({ path }) => path === configPath);
  if (file === undefined) throw new Error("no hauberk.json");
  return { file, reading: readConfig(file.text) };
}

/** Everything that a written design must hold, whatever the answers were. */
function checkDesign(design: StartingDesign): void {
  const views = viewsOf(design);
  expect(views.flatMap(({ tree }) => tree.errors)).toEqual([]);
  const { file, reading } = configOf(design);
  if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join("; "));
  expect(reading.warnings).toEqual([]);
  const findings = diagnose(views, { config: reading.config, configFile: file, knownProfiles: [] });
  expect(findings.map(({ code, severity, message }) => `${severity} ${code}: ${message}`)).toEqual([]);
  checkSteps(design, views);
  const ids = new Set(reading.config.peers.map(({ id }) => id));
  expect(design.shortfalls.flatMap(({ peers }) => peers).filter((id) => !ids.has(id))).toEqual([]);
}

/** Each step's text stands in its file once, and together they are all of it but the empty lines between. */
function checkSteps({ files, steps }: StartingDesign, views: readonly FileView[]): void {
  for (const view of views) {
    let rest = files.find(({ path }) => path === view.path)?.text ?? "";
    for (const { path, excerpt } of steps) {
      if (path !== view.path || excerpt === null) continue;
      expect(view.tree.text.split(excerpt)).toHaveLength(2);
      rest = rest.replace(excerpt, () => "");
    }
    expect(rest.trim()).toBe("");
  }
  expect(steps.filter(({ path }) => path !== null && !views.some((view) => view.path === path))).toEqual([]);
}

/** What a design is made of, without the words that came from answers. */
function shapeOf(design: StartingDesign): unknown {
  return viewsOf(design).map((view) => ({
    includes: view.includes.length,
    variables: view.variables.map(({ values }) => values.length),
    profiles: view.profiles.map(({ children }) => children.length),
    rules: allRules(view).map(({ rule }) => rule.value.kind),
  }));
}

function isRefused(point: StartingPoint, id: string, answer = ""): boolean {
  return (point.parameters.find((parameter) => parameter.id === id)?.check(answer) ?? null) !== null;
}

test("there are ten, each under a name of its own", () => {
  expect(startingPoints).toHaveLength(10);
  expect(new Set(startingPoints.map(({ id }) => id)).size).toBe(10);
  expect(new Set(startingPoints.map(({ title }) => title)).size).toBe(10);
});

describe.each(startingPoints)("$id", (point) => {
  test("writes a clean design, every piece of it explained", () => {
    const design = made(point, {});
    checkDesign(design);
    expect(design.steps.every(({ title, words }) => title !== "" && /[.)`]$/u.test(words))).toBe(true);
    expect(design.shortfalls.length).toBeGreaterThan(0);
  });

  test("has initial answers that are right, and says of an empty one what is wrong", () => {
    const wrong = point.parameters.filter(({ initial, check, choices = [] }) =>
      [initial, ...choices.map(({ value }) => value)].some((answer) => check(answer) !== null),
    );
    expect(wrong).toEqual([]);
    const words = point.parameters.flatMap(({ id, check }) => (id === "tools" ? [] : [check("") ?? ""]));
    expect(words.filter((message) => !/^[a-z`]/u.test(message))).toEqual([]);
  });

  test("takes unusual answers in their places", () => {
    fc.assert(
      fc.property(awkwardAnswers(point), (answers) => {
        const design = made(point, answers);
        checkDesign(design);
        expect(viewsOf(design)).not.toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("lets no hostile answer out of its place", () => {
    fc.assert(
      fc.property(hostileAnswers(point), (answers) => {
        const outcome = point.make(answers);
        // What was taken changes words, never the shape; only questions with choices and lists may.
        const shaping = ["name", "lookups", "port", "tools", "publicPort", "adminPort", "managementPort", "mail"];
        const plain = Object.fromEntries(Object.entries(answers).filter(([id]) => shaping.includes(id)));
        const expected = outcome.ok ? shapeOf(made(point, plain)) : [...outcome.problems.keys()];
        const found = outcome.ok
          ? shapeOf(outcome.design)
          : Object.keys(answers).filter((id) => isRefused(point, id, answers[id]));
        expect(found).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test("writes the same bytes for the same answers, blanks and slashes at the ends aside", () => {
    const answers = Object.fromEntries(point.parameters.map(({ id, initial }) => [id, initial]));
    expect(made(point, answers)).toEqual(made(point, {}));
    const untidy = Object.fromEntries(
      point.parameters.map(({ id, initial, label }) => [
        id,
        / folder$|volume$/u.test(label) ? ` ${initial}// ` : ` ${initial} `,
      ]),
    );
    expect(made(point, untidy)).toEqual(made(point, {}));
  });

  test("can be explained again from what hauberk.json keeps", () => {
    const design = made(point, { name: "other" });
    const { reading } = configOf(design);
    const again = reading.ok ? explainAgain(reading.config) : null;
    expect(again).toEqual({ point, written: design });
  });
});

test("a configuration that names no starting point, or none that there is, has no explanation", () => {
  for (const extra of [
    "",
    ', "startedFrom": {"id": "no-such", "answers": {}}',
    ', "startedFrom": {"id": "static-site", "answers": {"site": "relative"}}',
  ]) {
    const read = readConfig(`{"format": 1, "name": "x"${extra}}`);
    expect(read.ok && explainAgain(read.config)).toBeNull();
  }
  expect(readConfig('{"format": 1, "name": "x", "startedFrom": {"id": "x"}}').ok).toBe(false);
});
