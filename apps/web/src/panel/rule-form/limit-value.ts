import { limitProblem } from "@hauberk/core/rules";
import { rlimits, type RlimitUnit, sizeUnits, timeUnits, wordNamed } from "@hauberk/core/vocabulary";

/** The value of a limit in its parts, as a form shows them. */
export interface LimitParts {
  /** Digits as typed; empty with `infinity`. */
  readonly amount: string;
  /** As written; empty where none is. */
  readonly unit: string;
  readonly infinite: boolean;
}

/** Takes the value apart. What the limit can't have is all amount: it is shown as it is written. */
export function limitParts(resource: string, value: string): LimitParts {
  if (value === "infinity") return { amount: "", unit: "", infinite: true };
  const parts = limitProblem(resource, value) === null ? /^(-?\d+)\s*([A-Za-z]*)$/u.exec(value) : null;
  return { amount: parts?.[1] ?? value, unit: parts?.[2] ?? "", infinite: false };
}

/** What a typed text comes to: the value of a limit, or why it can't be one. */
export type TypedLimit =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: string };

/** Reads what was typed into the field of the number: digits have the chosen unit, a unit behind them stands in its place. */
export function readTypedLimit(resource: string, typed: string, unit: string): TypedLimit {
  const text = typed.trim();
  const value = /^-?\d+$/u.test(text) ? `${text}${unit}` : text.replace(/^(-?\d+)\s+/u, "$1");
  const reason = limitProblem(resource, value);
  return reason === null ? { ok: true, value } : { ok: false, reason };
}

/** Puts the parts together as they are written. */
export function limitText({ amount, unit, infinite }: LimitParts): string {
  return infinite ? "infinity" : `${amount}${unit}`;
}

/** A unit that can be chosen, and how it is called. */
export interface LimitUnit {
  readonly unit: string;
  readonly title: string;
}

const bare: Readonly<Record<RlimitUnit, readonly LimitUnit[]>> = {
  bytes: [
    { unit: "KB", title: "KB (1,024 bytes)" },
    { unit: "MB", title: "MB (1,024 KB)" },
    { unit: "GB", title: "GB (1,024 MB)" },
    { unit: "", title: "bytes" },
  ],
  seconds: [
    { unit: "s", title: "seconds" },
    { unit: "min", title: "minutes" },
    { unit: "h", title: "hours" },
    { unit: "d", title: "days" },
    { unit: "", title: "seconds, without a word" },
  ],
  microseconds: [
    { unit: "us", title: "microseconds" },
    { unit: "ms", title: "milliseconds" },
    { unit: "s", title: "seconds" },
    { unit: "", title: "microseconds, without a word" },
  ],
  count: [{ unit: "", title: "" }],
  priority: [{ unit: "", title: "" }],
};

/** What a limit counts; null where Hauberk does not know the limit. */
export function limitUnit(resource: string): RlimitUnit | null {
  return wordNamed(rlimits, resource)?.unit ?? null;
}

/** The units to choose from for a limit, the written one among them. */
export function unitsOf(resource: string, written: string): readonly LimitUnit[] {
  const unit = limitUnit(resource);
  const list = unit === null ? [{ unit: "", title: "" }] : bare[unit];
  return list.some((each) => each.unit === written) ? list : [...list, { unit: written, title: written }];
}

const grouped = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

function plural(amount: number, word: string): string {
  return `${grouped.format(amount)} ${word}${amount === 1 ? "" : "s"}`;
}

/** An amount of bytes as people say it. */
export function sizeWords(bytes: number): string {
  const steps = [
    { bytes: 1024 ** 3, title: "GiB" },
    { bytes: 1024 ** 2, title: "MiB" },
    { bytes: 1024, title: "KiB" },
  ];
  const step = steps.find((each) => bytes >= each.bytes);
  return step === undefined ? plural(bytes, "byte") : `${grouped.format(bytes / step.bytes)} ${step.title}`;
}

function timeWords(microseconds: number): string {
  const steps = [
    { of: 86_400_000_000, word: "day" },
    { of: 3_600_000_000, word: "hour" },
    { of: 60_000_000, word: "minute" },
    { of: 1_000_000, word: "second" },
    { of: 1000, word: "millisecond" },
  ];
  const step = steps.find(({ of }) => microseconds >= of);
  return step === undefined ? plural(microseconds, "microsecond") : plural(microseconds / step.of, step.word);
}

/** What a value comes to in words (`512 MiB`), and what to beware of; empty where nothing can be said. */
export interface LimitWords {
  readonly means: string;
  readonly trap: string | null;
}

/** Below these a bare number can hardly be meant. */
const unlikelyBytes = 65_536;
const unlikelyMicroseconds = 10_000;

/** Reads the value of a limit aloud. */
export function limitWords(resource: string, value: string): LimitWords {
  const unit = limitUnit(resource);
  const { amount, unit: written, infinite } = limitParts(resource, value);
  if (infinite) return { means: "no limit", trap: null };
  if (unit === null || limitProblem(resource, value) !== null) return { means: "", trap: null };
  const number = Number(amount);
  switch (unit) {
    case "bytes":
      return bytesWords(number, written);
    case "seconds":
      return secondsWords(number, written);
    case "microseconds":
      return microsecondsWords(number, written);
    case "count":
      return { means: grouped.format(number), trap: null };
    case "priority":
      return { means: String(number), trap: null };
  }
}

function bytesWords(number: number, written: string): LimitWords {
  const bytes = number * (sizeUnits.find(({ name }) => name === written)?.bytes ?? 1);
  const small = written === "" && number > 0 && number < unlikelyBytes;
  return {
    means: bytes < 1024 ? plural(bytes, "byte") : `${sizeWords(bytes)}, ${grouped.format(bytes)} bytes`,
    trap: small ? `A bare number counts bytes: ${plural(number, "byte")}, with which hardly a program works.` : null,
  };
}

function secondsWords(number: number, written: string): LimitWords {
  const factor = timeUnits.find(({ name }) => name === written)?.microseconds ?? 1_000_000;
  return { means: timeWords(number * factor), trap: null };
}

function microsecondsWords(number: number, written: string): LimitWords {
  const factor = timeUnits.find(({ name }) => name === written)?.microseconds ?? 1;
  const small = written === "" && number > 0 && number < unlikelyMicroseconds;
  return {
    means: timeWords(number * factor),
    trap: small ? "A bare number counts microseconds here, in `cpu` seconds." : null,
  };
}
