import type { ParserVersion } from "./word.ts";

/** What the number of a limit counts. */
export type RlimitUnit = "bytes" | "seconds" | "microseconds" | "count" | "priority";

/** A resource limit as `set rlimit` names it. Limits count from the next start of a program into the profile. */
export interface RlimitWord {
  readonly name: string;
  readonly unit: RlimitUnit;
  readonly sentence: string;
  /** A sensible value to begin with, as it is written. */
  readonly example: string;
  readonly since: ParserVersion;
}

function limit(name: string, unit: RlimitUnit, sentence: string, example: string): RlimitWord {
  return { name, unit, sentence, example, since: "3.0.8" };
}

/** All limits that the parsers know. Names and units tried with parser 3.0.8. */
export const rlimits: readonly RlimitWord[] = [
  limit("nofile", "count", "How many files and sockets may be open at once.", "1024"),
  limit("nproc", "count", "How many processes and threads the user may have, all programs counted.", "128"),
  limit("as", "bytes", "How much address space a process may have.", "512MB"),
  limit("data", "bytes", "How much heap a process may have.", "512MB"),
  limit("stack", "bytes", "How large the stack may grow.", "8MB"),
  limit("fsize", "bytes", "How large a file may grow by writing.", "100MB"),
  limit("core", "bytes", "How large a core dump may be; 0 for none.", "0"),
  limit("memlock", "bytes", "How much memory may be locked into RAM.", "64KB"),
  limit("msgqueue", "bytes", "How much room POSIX message queues may take.", "800KB"),
  limit("rss", "bytes", "How much memory may be resident; kernels of today ignore it.", "512MB"),
  limit("cpu", "seconds", "How much processor time a process may use; less than a second is refused.", "60s"),
  limit("rttime", "microseconds", "How long a real-time process may run without waiting.", "10ms"),
  limit("nice", "priority", "The best nice value that may be set, from -20 (first) to 19 (last).", "0"),
  limit("rtprio", "priority", "The highest real-time priority that may be set.", "0"),
  limit("sigpending", "count", "How many signals may wait to be delivered.", "1024"),
  limit("locks", "count", "How many file locks; kernels of today ignore it.", "64"),
  limit("ofile", "count", "An older name of `nofile`.", "1024"),
];

/** Units that may follow a number of bytes. A bare number is bytes; `TB` and lower case are refused. */
export const sizeUnits: readonly { readonly name: string; readonly bytes: number }[] = [
  { name: "K", bytes: 1024 },
  { name: "KB", bytes: 1024 },
  { name: "M", bytes: 1024 ** 2 },
  { name: "MB", bytes: 1024 ** 2 },
  { name: "G", bytes: 1024 ** 3 },
  { name: "GB", bytes: 1024 ** 3 },
];

/** Units that may follow a number of time, in microseconds. A bare number is seconds in `cpu`, microseconds in `rttime`. */
export const timeUnits: readonly { readonly name: string; readonly microseconds: number }[] = [
  ...["us", "microsecond", "microseconds"].map((name) => ({ name, microseconds: 1 })),
  ...["ms", "millisecond", "milliseconds"].map((name) => ({ name, microseconds: 1000 })),
  ...["s", "sec", "second", "seconds"].map((name) => ({ name, microseconds: 1_000_000 })),
  ...["min", "minute", "minutes"].map((name) => ({ name, microseconds: 60_000_000 })),
  ...["h", "hour", "hours"].map((name) => ({ name, microseconds: 3_600_000_000 })),
  ...["d", "day", "days"].map((name) => ({ name, microseconds: 86_400_000_000 })),
  ...["week", "weeks"].map((name) => ({ name, microseconds: 604_800_000_000 })),
];
