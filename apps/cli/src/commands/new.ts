import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StartingDesign, StartingPoint } from "@hauberk/core/gallery";
import type { Command } from "commander";
import { CallError, systemReason } from "../call-error.ts";
import type { Answer } from "../output/answer.ts";
import { faint, good, harmless, remark, say } from "../output/terminal.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { answer, withJson, type TakeStatus } from "./command-host.ts";

/** A starting point and what it asks. */
interface PointRow {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly label: string;
    readonly hint: string;
    readonly initial: string;
    /** Where only these answers are taken. */
    readonly choices: readonly string[] | null;
  }[];
}

/** A written file. */
interface FileRow {
  readonly path: string;
  readonly size: number;
}

interface NewOptions {
  readonly list?: boolean;
  readonly set: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** `hauberk new`: a whole design from a starting point. */
export function addNewCommand(program: Command, take: TakeStatus): void {
  withJson(program.command("new"))
    .description("write a whole design to start from: hauberk.json and the policy files")
    .argument("[ID]", "which one; --list names them")
    .option("--list", "name the starting points; with an ID, what that one asks")
    .option("--set <NAME=VALUE>", "answer one of its questions; may stand several times", collected, [])
    .option("--out <DIR>", "directory to write into; made where it is missing. Without it: the ID")
    .addHelpText(
      "after",
      `
Examples:
  hauberk new --list
  hauberk new --list nodejs-service
  hauberk new nodejs-service --set name=shop --set code=/srv/shop --set port=8080 --out shop

What is not answered is written as usual. No file is written over.

Exit status: 0 written, 2 the call is wrong or a file can't be written.`,
    )
    .action(async (id: string | undefined, options: NewOptions) => {
      const { startingPoints, startingPointNamed } = await import("@hauberk/core/gallery");
      const point = id === undefined ? undefined : startingPointNamed(id);
      if (id !== undefined && point === undefined)
        throw new CallError(`there is no starting point \`${id}\`; hauberk new --list names them`);
      if (options.list === true) {
        answer(listAnswer(point === undefined ? startingPoints : [point], point !== undefined), options, take);
        return;
      }
      if (point === undefined) throw new CallError("say which starting point; hauberk new --list names them");
      const design = designOf(point, options.set);
      const folder = options.out ?? point.id;
      answer(writtenAnswer(writeFiles(design, folder), design, folder), options, take);
    });
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function designOf(point: StartingPoint, settings: readonly string[]): StartingDesign {
  const answers = new Map<string, string>();
  for (const setting of settings) {
    const at = setting.indexOf("=");
    const name = at === -1 ? setting : setting.slice(0, at);
    if (at === -1) throw new CallError(`--set wants NAME=VALUE, not \`${setting}\``);
    if (!point.parameters.some(({ id }) => id === name)) {
      const known = point.parameters.map(({ id }) => id).join(", ");
      throw new CallError(`\`${point.id}\` does not ask for \`${name}\`; it asks for ${known}`);
    }
    if (answers.has(name)) throw new CallError(`\`${name}\` is answered twice`);
    answers.set(name, setting.slice(at + 1));
  }
  const outcome = point.make(Object.fromEntries(answers));
  if (outcome.ok) return outcome.design;
  throw new CallError([...outcome.problems].map(([name, problem]) => `${name}: ${problem}`).join("\n"));
}

/** Writes all files or none that was there before: a design of somebody's own is never written over. */
function writeFiles({ files }: StartingDesign, folder: string): FileRow[] {
  const places = files.map(({ path, text }) => ({ path: join(folder, path), text }));
  const taken = places.filter(({ path }) => existsSync(fromStandingPlace(path)));
  if (taken.length > 0)
    throw new CallError(`${taken.map(({ path }) => path).join(", ")}: there already; choose another --out`);
  return places.map(({ path, text }) => {
    const place = fromStandingPlace(path);
    try {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text, { flag: "wx" });
    } catch (error) {
      throw new CallError(`cannot write ${path}: ${systemReason(error)}`);
    }
    return { path, size: Buffer.byteLength(text) };
  });
}

function listAnswer(points: readonly StartingPoint[], whole: boolean): Answer<PointRow> {
  const rows = points.map(({ id, title, summary, parameters }) => ({
    id,
    title,
    summary,
    parameters: parameters.map(({ id: name, label, hint, initial, choices }) => ({
      name,
      label,
      hint,
      initial,
      choices: choices?.map(({ value }) => value) ?? null,
    })),
  }));
  return {
    rows,
    standings: rows.map(() => "yes"),
    print() {
      const width = Math.max(...rows.map(({ id }) => id.length));
      for (const { id, title, summary, parameters } of rows) {
        say(`${good(id.padEnd(width))}  ${title}`);
        say(faint(`${" ".repeat(width)}  ${summary}`));
        if (!whole) continue;
        const names = Math.max(...parameters.map(({ name }) => name.length));
        for (const { name, label, hint, initial, choices } of parameters) {
          say(`  ${name.padEnd(names)}  ${label}: ${choices === null ? initial : choices.join(" or ")}`);
          say(faint(`  ${" ".repeat(names)}  ${hint}`));
        }
      }
    },
  };
}

function writtenAnswer(rows: readonly FileRow[], { shortfalls }: StartingDesign, folder: string): Answer<FileRow> {
  return {
    rows,
    standings: rows.map(() => "yes"),
    print() {
      for (const { path } of rows) say(harmless(path));
      say(faint(`hauberk check ${harmless(folder)} asks the parsers; hauberk bundle ${harmless(folder)} packs it`));
      for (const { wish, instead } of shortfalls) remark(`AppArmor can't do: ${wish}\n  instead: ${instead}`);
    },
  };
}
