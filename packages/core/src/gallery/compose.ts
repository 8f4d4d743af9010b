import { configPath, type DesignFile, type PeerWish, type ServiceSettings } from "../design/index.ts";
import { quoted } from "../rules/index.ts";
import type { Question } from "./parameters.ts";
import type { Answers, Parameter, Shortfall, StartingDesign, StartingPoint, Step } from "./starting-point.ts";

/** A piece of a file and what is to be said of it. Pieces are parted by an empty line. */
export interface Section {
  readonly title: string;
  readonly words: string;
  /** Whole lines, indented as they stand in the file, without a line end behind the last. */
  readonly text: string;
}

/** A policy file in pieces. */
export interface PolicyFile {
  /** Below `/etc/apparmor.d`. */
  readonly name: string;
  readonly sections: readonly Section[];
}

/** What a starting point writes, before it is put together. */
export interface Writing {
  readonly name: string;
  readonly description: string;
  /** The one to look at first leads. */
  readonly files: readonly PolicyFile[];
  readonly peers: readonly PeerWish[];
  /** Which units run under the profiles, for the companions. */
  readonly services?: readonly ServiceSettings[];
  readonly noNewPrivs?: readonly string[];
  /** What is to be done outside of the policy: steps about no text. */
  readonly around: readonly { readonly title: string; readonly words: string }[];
  readonly shortfalls: readonly Shortfall[];
}

/** Makes a starting point of its questions, in the order in which they are asked, and of what it writes for good answers. */
export function startingPoint<Id extends string>(spec: {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly questions: Readonly<Record<Id, Question>>;
  readonly write: (answers: Readonly<Record<Id, string>>) => Writing;
}): StartingPoint {
  const { id, title, summary, questions, write } = spec;
  const asked = Object.entries<Question>(questions);
  const parameters = asked.map(([key, question]): Parameter => {
    const { label, hint, initial, choices, check } = question;
    return { id: key, label, hint, initial, ...(choices === undefined ? {} : { choices }), check };
  });
  return {
    id,
    title,
    summary,
    parameters,
    make(answers) {
      const given = (key: string, initial: string) =>
        Object.hasOwn(answers, key) ? (answers[key] ?? initial) : initial;
      const problems = new Map<string, string>();
      const normal: Record<string, string> = {};
      for (const [key, question] of asked) {
        const answer = given(key, question.initial);
        const problem = question.check(answer);
        if (problem !== null) problems.set(key, problem);
        normal[key] = question.normal(answer);
      }
      if (problems.size > 0 || !isComplete(normal, questions)) return { ok: false, problems };
      return { ok: true, design: composed(write(normal), { id, answers: normal }) };
    },
  };
}

function isComplete<Id extends string>(
  answers: Answers,
  questions: Readonly<Record<Id, Question>>,
): answers is Readonly<Record<Id, string>> {
  return Object.keys(questions).every((key) => Object.hasOwn(answers, key));
}

/** The files of a design and the steps through them. */
function composed(writing: Writing, startedFrom: { readonly id: string; readonly answers: Answers }): StartingDesign {
  const { name, description, files, peers, services = [], noNewPrivs = [], around, shortfalls } = writing;
  const config = {
    format: 1,
    name,
    description,
    targets: ["debian-12"],
    peers,
    ...(services.length === 0 ? {} : { services }),
    ...(noNewPrivs.length === 0 ? {} : { noNewPrivs }),
    startedFrom,
  };
  const policy = files.map((file): DesignFile => ({ path: pathOf(file), text: textOf(file) }));
  const inText = files.flatMap((file) =>
    file.sections.map(({ title, words, text }): Step => ({ title, words, path: pathOf(file), excerpt: text })),
  );
  return {
    name,
    files: [{ path: configPath, text: `${JSON.stringify(config, null, 2)}\n` }, ...policy],
    steps: [...inText, ...around.map((step): Step => ({ ...step, path: null, excerpt: null }))],
    shortfalls,
  };
}

function pathOf({ name }: PolicyFile): string {
  return `apparmor.d/${name}`;
}

function textOf({ sections }: PolicyFile): string {
  return `${sections.map(({ text }) => text).join("\n\n")}\n`;
}

/** A path as one word of the language, in quotes where a character of it might mean something else. */
export function word(path: string): string {
  return /^\/[A-Za-z0-9/._+-]*$/u.test(path) ? path : quoted(path);
}

/** Lines of a profile's body: each indented by two blanks, empty ones left empty. */
export function body(...lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n");
}

/** The name of a variable for a profile: `@{MY_AGENT_DATA}` for `my-agent` and `DATA`. */
export function variable(profile: string, what: string): string {
  return `@{${profile.replaceAll("-", "_").toUpperCase()}_${what}}`;
}
