import { writeRule, type RuleValue } from "../../rules/index.ts";
import { sayValue } from "../../words/index.ts";
import type { RuleNarrowing } from "../narrowing/narrowings-of.ts";
import type { RuleQuestion } from "./rule-probes.ts";

/** Where the cause of a drop lies. */
export type DropCause = "place" | "abi" | "kernel";

const kindNouns: Readonly<Record<RuleValue["kind"], string>> = {
  file: "access to files",
  link: "links",
  capability: "capabilities",
  network: "sockets",
  unix: "single unix sockets",
  signal: "signals",
  ptrace: "tracing",
  dbus: "D-Bus messages",
  mqueue: "message queues",
  io_uring: "io_uring",
  userns: "user namespaces",
  mount: "mounts",
  remount: "mounts",
  umount: "unmounting",
  pivot_root: "`pivot_root`",
  change_profile: "changes of profile",
  rlimit: "resource limits",
  all: "these kinds of access",
};

/** Compiled as it says. */
export function enforcedSentence({ lax }: RuleQuestion): string {
  if (lax === null) return "Enforced as written.";
  return `Compiled as written; the profile's mode is \`${lax}\`, so everything else is allowed as well.`;
}

/** The parser's own sentence. */
export function rejectedSentence(message: string): string {
  return `The parser refuses it: ${message.replace(/\.$/u, "")}.`;
}

/** What a widened rule means there, and what would help. */
export function widenedSentences(
  question: RuleQuestion,
  becomes: RuleValue,
  idle: readonly RuleNarrowing[],
  isDeny: boolean,
  abiHelps: boolean,
): string {
  const parts = listed(idle.map(({ part }) => part));
  const verb = idle.length === 1 ? "has" : "have";
  const { lead, act } = sayValue(becomes).parts;
  const first = capital(`${parts} ${verb} no effect here: it is compiled as \`${writeRule(becomes)}\`.`);
  const second = isDeny ? `So the program ${small(lead)} ${act}.` : `So the program ${small(lead)} ${act}.`;
  return [first, second, abiHelps ? abiSentence(question) : ""].filter((text) => text !== "").join(" ");
}

/** Why a rule is dropped, and what that leaves. */
export function droppedSentences(
  question: RuleQuestion,
  isDeny: boolean,
  cause: DropCause,
  isMediated: boolean,
): string {
  const { kind } = question.placed.rule.value;
  const what = "Dropped without a word: the profile compiles to the same without it.";
  if (cause === "place") {
    const inBlock = question.placed.within.some((node) => node.kind === "qualified-block");
    return `${what} This parser drops such a rule in ${inBlock ? "a block" : "an `if`"}; write it outside.`;
  }
  const noun = kindNouns[kind];
  const features = cause === "abi" ? "the features that this text asks for" : "this parser and kernel";
  const left =
    kind === "mqueue"
      ? " To open a POSIX queue is refused with and without it."
      : isMediated
        ? isDeny
          ? " What other rules allow stays open."
          : ""
        : ` So ${noun} are open to the program, whatever the profile says.`.replace(
            / (io_uring|tracing|access to files|unmounting|`pivot_root`) are /u,
            " $1 is ",
          );
  const why = isMediated
    ? `With ${features}, such a rule has no effect.`
    : `${capital(features)} do not mediate ${noun}.`;
  return [what, `${why}${left}`, cause === "abi" ? abiSentence(question) : ""].filter((text) => text !== "").join(" ");
}

function abiSentence({ around }: RuleQuestion): string {
  const now = around.abi === "" ? "an `abi` line" : "a newer `abi` than this text's";
  return `This kernel itself could hold it: ${now} makes it enforced.`;
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function small(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
