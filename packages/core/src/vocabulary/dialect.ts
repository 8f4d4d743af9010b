import { parserVersions, type ParserVersion } from "./word.ts";

/** The constructs that came after the oldest measured parser; newer words of closed lists carry their own `since`. */
export type DialectId =
  | "abi-kernel"
  | "all"
  | "auto-variable"
  | "boolean-expression"
  | "conditional-expression"
  | "conditional-rule"
  | "default-assignment"
  | "deny-block"
  | "io_uring"
  | "mqueue"
  | "network-address"
  | "network-label"
  | "network-operation"
  | "priority"
  | "prompt"
  | "userns";

/**
 * The oldest of the measured parsers that reads each construct and takes it for what it is: one table, held against the 342 samples
 * of the conformance data.
 */
export const dialectSince: Readonly<Record<DialectId, ParserVersion>> = {
  /** `abi <kernel>` */
  "abi-kernel": "5.0.2",
  all: "4.1.0",
  /** `@{exec_path}` and `@{attach_path}`, set by the parser */
  "auto-variable": "5.0.2",
  /** `$x = $a and $b`, `$x ?= true` */
  "boolean-expression": "5.0.2",
  /** comparisons, `and`, `or` and parentheses in an `if`; `not defined`, which 4.1.0 refuses */
  "conditional-expression": "5.0.2",
  /** rules of network, unix, signals, tracing, mounts and limits in an `if`: 3.0.8 reads and forgets them */
  "conditional-rule": "4.1.0",
  /** `@{X} ?= a` */
  "default-assignment": "5.0.2",
  /** `deny { … }` and `prompt { … }` */
  "deny-block": "4.1.0",
  io_uring: "4.1.0",
  /** 3.0.8 takes `mqueue r,` for a rule on a file */
  mqueue: "4.1.0",
  /** `ip=` and `port=`, port ranges too */
  "network-address": "4.1.0",
  /** `interface=` and `label=` */
  "network-label": "5.0.2",
  /** `network (create, connect) …` */
  "network-operation": "4.1.0",
  priority: "4.1.0",
  prompt: "4.1.0",
  userns: "4.1.0",
};

/** The measured parser whose answers stand for a version: the newest one that is not newer; the oldest below that. */
export function measuredParser(version: string): ParserVersion {
  const older = parserVersions.filter((each) => compareVersions(each, version) <= 0);
  return older.at(-1) ?? "3.0.8";
}

/** True where a parser of this version reads what is known since another. */
export function isReadBy(since: ParserVersion, version: string): boolean {
  return compareVersions(since, measuredParser(version)) <= 0;
}

/** True where a parser of this version reads the construct. */
export function readsDialect(id: DialectId, version: string): boolean {
  return isReadBy(dialectSince[id], version);
}

/** Below 0 where the first version is the older one. Only the leading numbers count; 4.0 counts as 4.1.0, which came of it. */
function compareVersions(a: string, b: string): number {
  const [first, second] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (first[at] ?? 0) - (second[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  const numbers = /^\d+(?:\.\d+){0,2}/u.exec(version)?.[0].split(".").map(Number) ?? [];
  return numbers[0] === 4 && numbers[1] === 0 ? [4, 1, 0] : numbers;
}
