import { limitProblem, type RlimitRuleValue } from "../rules/index.ts";
import { rlimits, sizeUnits, timeUnits, wordNamed } from "../vocabulary/index.ts";
import { code, counted } from "./lists.ts";
import { phrase, type Phrase } from "./phrase.ts";

/** A limit in words: what goes on from "May" with an amount, and what there is no end of without a limit. */
interface LimitWords {
  readonly atMost: (amount: string) => string;
  readonly endless: string;
  /** Where an amount of 0 has better words. */
  readonly none?: string;
}

const limits: Readonly<Record<string, LimitWords>> = {
  nofile: openFiles(),
  ofile: openFiles(),
  nproc: {
    atMost: (amount) => `have at most ${amount} processes and threads, all programs of its user counted`,
    endless: "have any number of processes and threads",
  },
  as: size("use at most", "of address space in each process", "use any amount of address space"),
  data: size("use at most", "of heap in each process", "use any amount of heap"),
  stack: size("let its stack grow to at most", "", "let its stack grow without end"),
  fsize: size("make files of at most", "", "make files of any size"),
  core: {
    ...size("leave core dumps of at most", "", "leave core dumps of any size"),
    none: "leave no core dumps behind",
  },
  memlock: size("lock at most", "of memory into RAM", "lock any amount of memory into RAM"),
  msgqueue: size("fill message queues with at most", "", "fill message queues without end"),
  rss: size("keep at most", "of memory resident (kernels of today ignore this)", "keep any amount of memory resident"),
  cpu: {
    atMost: (amount) => `use at most ${amount} of processor time in each process`,
    endless: "use any amount of processor time",
  },
  rttime: {
    atMost: (amount) => `run at real-time priority for at most ${amount} without a pause`,
    endless: "run at real-time priority for any time without a pause",
  },
  nice: {
    atMost: (amount) => `raise its priority to the nice value ${amount} at best`,
    endless: "raise its priority without end",
  },
  rtprio: {
    atMost: (amount) => `use real-time priorities up to ${amount}`,
    endless: "use any real-time priority",
    none: "use no real-time priority",
  },
  sigpending: {
    atMost: (amount) => `have at most ${amount} signals waiting`,
    endless: "have any number of signals waiting",
  },
  locks: {
    atMost: (amount) =>
      `hold at most ${amount} file ${amount === "1" ? "lock" : "locks"} (kernels of today ignore this)`,
    endless: "hold any number of file locks",
  },
};

function openFiles(): LimitWords {
  return {
    atMost: (amount) => `have at most ${amount} files and sockets open at once`,
    endless: "have any number of files and sockets open at once",
  };
}

function size(before: string, after: string, endless: string): LimitWords {
  return { atMost: (amount) => [before, amount, after].filter((part) => part !== "").join(" "), endless };
}

/** A `set rlimit` rule in words. */
export function sayRlimit({ resource, value }: RlimitRuleValue): Phrase {
  const words = Object.hasOwn(limits, resource) ? limits[resource] : undefined;
  if (value === "") return phrase(`use ${code(resource)} up to a limit that can't be read`, null);
  if (words === undefined) return phrase(`use at most ${code(value)} of ${code(resource)}`, null);
  if (value === "infinity") return phrase(words.endless, null);
  const amount = amountWords(resource, value);
  return phrase(amount.zero && words.none !== undefined ? words.none : words.atMost(amount.words), null);
}

/** An amount with its unit, as the parser takes it: bare sizes are bytes, `KB` is 1,024 of them. What it refuses is as written. */
function amountWords(resource: string, value: string): { readonly words: string; readonly zero: boolean } {
  const [, digits = "", unit = ""] = /^(-?\d+)\s*([A-Za-z]*)$/u.exec(value) ?? [];
  if (digits === "" || limitProblem(resource, value) !== null) return { words: code(value), zero: false };
  const zero = Number(digits) === 0;
  const number = counted(Number(digits));
  const counts = wordNamed(rlimits, resource)?.unit;
  if (counts === "bytes") return { words: sizeWords(Number(digits), unit), zero };
  if (counts !== "seconds" && counts !== "microseconds") return { words: number, zero };
  const written = unit === "" ? (counts === "seconds" ? "s" : "us") : unit;
  return { words: timeWords(Number(digits), written), zero };
}

function sizeWords(number: number, unit: string): string {
  const bytes = number * (sizeUnits.find(({ name }) => name === unit)?.bytes ?? 1);
  const plain = bytes === 1 ? "1 byte" : `${counted(bytes)} bytes`;
  if (unit === "") return plain;
  const letter = unit.slice(0, 1);
  return `${counted(number)} ${letter}iB`;
}

const timeNames: readonly (readonly [microseconds: number, one: string])[] = [
  [604_800_000_000, "week"],
  [86_400_000_000, "day"],
  [3_600_000_000, "hour"],
  [60_000_000, "minute"],
  [1_000_000, "second"],
  [1000, "millisecond"],
  [1, "microsecond"],
];

function timeWords(number: number, unit: string): string {
  const each = timeUnits.find(({ name }) => name === unit)?.microseconds ?? 1;
  const name = timeNames.find(([microseconds]) => microseconds === each)?.[1] ?? unit;
  return `${counted(number)} ${name}${number === 1 ? "" : "s"}`;
}
