import { limitProblem } from "../../rules/index.ts";
import { sizeUnits } from "../../vocabulary/index.ts";
import type { UnitEntry, UnitFile } from "./unit-file.ts";

/** A `Limit…=` of a unit in AppArmor's words, or why it has none there. */
export type LimitReading =
  | {
      readonly entry: UnitEntry;
      readonly resource: string;
      /** The hard limit: a rule sets no other. */
      readonly value: string;
      /** The soft limit is another one. */
      readonly hasSoft: boolean;
    }
  | { readonly entry: UnitEntry; readonly reason: string };

/** How systemd reads the number of a limit: in the resource's own measure, or null where it refuses it. */
type ReadLimit = (text: string) => bigint | null;

/** How a number is written in a rule. */
type WriteLimit = (amount: bigint) => string;

const count = [plainNumber, String] as const;
const size = [sizeOf, writtenSize] as const;
const kinds: Readonly<Record<string, readonly [ReadLimit, WriteLimit]>> = {
  cpu: [(text) => roundedUp(timeOf(text, 1_000_000), 1_000_000n), (seconds) => writtenTime(seconds * 1_000_000n)],
  rttime: [(text) => timeOf(text, 1), writtenTime],
  nice: [niceOf, (raw) => String(raw - 20n)],
  ...Object.fromEntries(["nofile", "nproc", "locks", "sigpending", "rtprio"].map((name) => [name, count])),
  ...Object.fromEntries(
    ["fsize", "data", "stack", "core", "rss", "as", "memlock", "msgqueue"].map((name) => [name, size]),
  ),
};

/** The limits that a service sets: of each the last one that systemd takes, and all that it does not. */
export function limitsOf(unit: UnitFile): LimitReading[] {
  const taken = new Map<string, LimitReading>();
  const refused: LimitReading[] = [];
  for (const entry of unit.entries) {
    const name = entry.section === "Service" ? /^Limit([A-Z]+)$/u.exec(entry.key)?.[1]?.toLowerCase() : undefined;
    if (name === undefined) continue;
    // An empty one takes back those before it.
    if (entry.value === "") taken.delete(name);
    else {
      const reading = readLimit(name, entry);
      if ("reason" in reading) refused.push(reading);
      else taken.set(name, reading);
    }
  }
  return [...taken.values(), ...refused];
}

function readLimit(resource: string, entry: UnitEntry): LimitReading {
  const kind = kinds[resource];
  if (kind === undefined) return { entry, reason: "systemd knows no such limit" };
  const [read, write] = kind;
  const parts = entry.value.split(":").map((part) => (part === "infinity" ? part : read(part)));
  const [soft = null, hard = soft] = parts;
  if (parts.length > 2 || soft === null || hard === null) return { entry, reason: "systemd takes no such value" };
  if (hard !== "infinity" && (soft === "infinity" || soft > hard)) {
    return { entry, reason: "its soft limit is above its hard one, which systemd refuses" };
  }
  const value = hard === "infinity" ? hard : write(hard);
  const problem = limitProblem(resource, value);
  if (problem !== null) return { entry, reason: `no rule can say it: ${problem}` };
  if (resource === "nice") {
    // Tried with 3.0.8, 4.1.0 and 5.0.2: `nice <= -5` comes out as 15, where the kernel counts 20 less the nice value.
    const reason = `parsers turn the sign of \`nice\` round, so that it is \`set rlimit nice <= ${value},\` which sets the same number (${hard})`;
    return { entry, reason };
  }
  return { entry, resource, value, hasSoft: soft !== hard };
}

/** A number that begins with a 0 may be octal or hexadecimal there: nobody writes limits so. */
function plainNumber(text: string): bigint | null {
  return /^(?:0|[1-9]\d{0,17})$/u.test(text) ? BigInt(text) : null;
}

/** `+5` and `-5` are nice values; a number without a sign is what the kernel counts: 20 less the nice value. */
function niceOf(text: string): bigint | null {
  const [, sign = "", digits = ""] = /^([+-]?)(\d{1,2})$/u.exec(text) ?? [];
  if (digits === "") return null;
  const amount = BigInt(digits);
  if (sign === "") return amount <= 40n ? amount : null;
  if (sign === "+") return amount < 20n ? 20n - amount : null;
  return amount <= 20n ? 20n + amount : null;
}

const sizeSuffixes = ["", "K", "M", "G", "T", "P", "E"];

/** `16G`, `1.5G` and `1G 512M`, to the base of 1024. */
function sizeOf(text: string): bigint | null {
  let before = sizeSuffixes.length;
  return sum(text, (suffix) => {
    const power = sizeSuffixes.indexOf(suffix === "B" ? "" : suffix);
    // The larger unit comes first.
    if (power === -1 || power >= before) return null;
    before = power;
    return 1024 ** power;
  });
}

/** Bytes in the largest unit that says them exactly. */
function writtenSize(bytes: bigint): string {
  const units = sizeUnits.filter(({ name }) => name.endsWith("B")).toReversed();
  const unit = units.find((each) => bytes > 0n && bytes % BigInt(each.bytes) === 0n);
  return unit === undefined ? String(bytes) : `${bytes / BigInt(unit.bytes)}${unit.name}`;
}

/** Units of time in microseconds, as systemd.time(7) names them. */
const timeUnits: readonly (readonly [names: readonly string[], microseconds: number])[] = [
  [["us", "usec", "µs", "μs"], 1],
  [["ms", "msec"], 1000],
  [["s", "sec", "second", "seconds"], 1_000_000],
  [["m", "min", "minute", "minutes"], 60_000_000],
  [["h", "hr", "hour", "hours"], 3_600_000_000],
  [["d", "day", "days"], 86_400_000_000],
  [["w", "week", "weeks"], 604_800_000_000],
  [["M", "month", "months"], 2_629_800_000_000],
  [["y", "year", "years"], 31_557_600_000_000],
];

/** `5s`, `1min 30s` and `2.5h` in microseconds; `bare` is what a number without a unit counts. */
function timeOf(text: string, bare: number): bigint | null {
  return sum(text, (unit) => (unit === "" ? bare : (timeUnits.find(([names]) => names.includes(unit))?.[1] ?? null)));
}

/** Microseconds in the largest unit up to hours that says them exactly. */
function writtenTime(microseconds: bigint): string {
  const units = [
    ["h", 3_600_000_000n],
    ["min", 60_000_000n],
    ["s", 1_000_000n],
    ["ms", 1000n],
  ] as const;
  const unit = units.find(([, length]) => microseconds > 0n && microseconds % length === 0n);
  return unit === undefined ? `${microseconds}us` : `${microseconds / unit[1]}${unit[0]}`;
}

/** Numbers with units that follow one another, added up; null where one is none. */
function sum(text: string, lengthOf: (unit: string) => number | null): bigint | null {
  const parts = [...text.matchAll(/(\d{1,15})(?:\.(\d{1,9}))?\s*(\p{L}*)\s*/gu)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text.trimStart()) return null;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of parts) {
    const length = lengthOf(unit);
    if (length === null) return null;
    total += BigInt(whole) * BigInt(length) + BigInt(Math.floor(Number(`0.${fraction || "0"}`) * length));
  }
  return total < 2n ** 63n ? total : null;
}

function roundedUp(amount: bigint | null, unit: bigint): bigint | null {
  return amount === null ? null : (amount + unit - 1n) / unit;
}
