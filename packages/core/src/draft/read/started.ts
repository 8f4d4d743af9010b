import { interpreterOf, isShell, scriptAt } from "./interpreters.ts";
import { normalPath, shippedPath, shownName } from "../subject/shipped-path.ts";
import { shellCommand } from "./shell-line.ts";

/** What a command of a unit runs in the end, behind `env`, a shell or an interpreter; or why that can't be told. */
export type Started =
  | {
      readonly isKnown: true;
      /** An absolute path, or a bare name that is looked up in `searchPath`. */
      readonly program: string;
      /** The words beside it, those for its interpreter included. */
      readonly args: readonly string[];
      /** What runs before and leads to it, as written: `/usr/bin/env`, then `python3`. */
      readonly by: readonly string[];
      /** The last of `by` reads it as a text: the kernel never executes it. */
      readonly isRead: boolean;
    }
  | {
      readonly isKnown: false;
      /** What the unit does instead, as a sentence without its subject. */
      readonly why: string;
    };

/** Where systemd and `env` look a bare name up, in this order: systemd.exec(5), at `ExecSearchPath=`. */
export const searchPath: readonly string[] = [
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
];

/** What else a command depends on. */
export interface StartPlace {
  /** `WorkingDirectory=`; null where only the machine knows it. */
  readonly folder: string | null;
  /** Puts in the variables that the unit sets: a shell does it as systemd does. */
  expand(text: string): string;
}

/** Programs that start the one behind their own options. */
const wrappers = /(?:^|\/)(?:nice|ionice|nohup|setsid|stdbuf|timeout|chrt|taskset|setpriv|numactl|systemd-cat)$/u;

/** One wrapper in another: more of them nobody writes. */
const mostWrappers = 8;

/** Looks behind `env`, `sh -c`, wrappers and interpreters. */
export function startedBy(program: string, args: readonly string[], place: StartPlace): Started {
  const by: string[] = [];
  let words: readonly string[] = [program, ...args];
  let { folder } = place;
  for (let step = 0; step < mostWrappers; step++) {
    const [first = "", ...rest] = words;
    const isWrapper = wrappers.test(first);
    const inner = isEnv(first) ? behindEnv(rest) : isWrapper ? behindWrapper(rest) : null;
    if (inner !== null) {
      by.push(first);
      words = inner;
      continue;
    }
    if (isWrapper) break;
    const line = isShell(first) ? lineOf(rest) : null;
    if (line === null) return plain(first, rest, by, folder);
    const command = shellCommand(line);
    if (command === null) {
      return unknown(`has ${shownName(first)} run ${shownName(line)}, of which no one program can be told`);
    }
    by.push(first);
    words = command.words.map((word) => place.expand(word));
    if (command.folder !== null) folder = command.folder;
  }
  return unknown(`starts ${shownName(program)}, behind which no program can be told`);
}

function plain(program: string, args: readonly string[], by: readonly string[], folder: string | null): Started {
  const problem = programProblem(program);
  if (problem !== null) return unknown(problem);
  const interpreter = interpreterOf(program);
  const index = interpreter === null ? null : scriptAt(interpreter, args);
  const script = index === null ? null : inFolder(args[index] ?? "", folder);
  if (index === null || script === null || programProblem(script) !== null) {
    return { isKnown: true, program, args, by, isRead: false };
  }
  const beside = args.filter((_, each) => each !== index);
  return { isKnown: true, program: script, args: beside, by: [...by, program], isRead: true };
}

/** Why a text names no program; null where it does. */
function programProblem(program: string): string | null {
  if (program === "") return "names no program";
  if (program.includes("*")) {
    return `starts ${shownName(program)}, where only the machine knows what stands for \`*\`: a specifier that depends on it`;
  }
  if (program.includes("$")) return `starts ${shownName(program)}, whose variable only the machine knows`;
  if (program.endsWith("/")) return `starts ${shownName(program)}, which is a folder`;
  if (!program.startsWith("/") && program.includes("/")) {
    return `starts ${shownName(program)}, which is neither an absolute path nor a bare name`;
  }
  const reading = shippedPath(program);
  return reading.ok ? null : `starts ${shownName(program)}, which can't be used: ${reading.why}`;
}

function unknown(why: string): Started {
  return { isKnown: false, why };
}

function isEnv(program: string): boolean {
  return /(?:^|\/)env$/u.test(program);
}

/** The command behind the options and assignments of env(1); null where it only prints. */
function behindEnv(args: readonly string[]): readonly string[] | null {
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    if (/^(?:-[uC]|--unset|--chdir)$/u.test(word)) index++;
    else if (/^(?:-S|--split-string)$/u.test(word))
      return [...(args[index + 1] ?? "").split(/\s+/u), ...args.slice(index + 2)];
    else if (!word.startsWith("-") && !/^[^/=]+=/u.test(word)) return args.slice(index);
  }
  return null;
}

/** A wrapper's options differ from one to the next, and the program behind them is a path. */
function behindWrapper(args: readonly string[]): readonly string[] | null {
  const index = args.findIndex((word) => word.startsWith("/"));
  return index === -1 ? null : args.slice(index);
}

/** The line behind `-c`, which may stand among other letters; null where a shell gets none. */
function lineOf(args: readonly string[]): string | null {
  for (let index = 0, isLine = false; index < args.length; index++) {
    const word = args[index] ?? "";
    if (/^[-+]o$/u.test(word)) index++;
    else if (/^-[a-z]*c[a-z]*$/u.test(word)) isLine = true;
    else if (!/^[-+]/u.test(word)) return isLine ? word : null;
  }
  return null;
}

/** A path with a folder before it where it is relative; null where that is not known. */
function inFolder(path: string, folder: string | null): string | null {
  if (path.startsWith("/")) return path;
  return folder === null || !folder.startsWith("/") ? null : normalPath(`${folder}/${path}`);
}
