import { writeRule, type RuleValue } from "../../rules/index.ts";
import { sayValue } from "../../words/index.ts";
import type { RuleNarrowing } from "../narrowing/narrowings-of.ts";
import type { RuleQuestion } from "./rule-probes.ts";

/** Where the cause of a drop lies. */
export type DropCause = "place" | "abi" | "kernel";

/** A kind of access, and the verb that goes with it. */
const kindNouns: Readonly<Record<RuleValue["kind"], readonly [noun: string, verb: "is" | "are"]>> = {
  file: ["access to files", "is"],
  link: ["making links", "is"],
  capability: ["capabilities", "are"],
  network: ["sockets", "are"],
  unix: ["unix sockets", "are"],
  signal: ["signals", "are"],
  ptrace: ["tracing", "is"],
  dbus: ["D-Bus messages", "are"],
  mqueue: ["message queues", "are"],
  io_uring: ["io_uring", "is"],
  userns: ["user namespaces", "are"],
  mount: ["mounts", "are"],
  remount: ["mounts", "are"],
  umount: ["unmounting", "is"],
  pivot_root: ["`pivot_root`", "is"],
  change_profile: ["changes of profile", "are"],
  rlimit: ["resource limits", "are"],
  all: ["every kind of access", "is"],
};

/** A rule that holds, in a profile whose mode may make that worth little. */
export function enforcedSentence(mode: string | null): string {
  if (mode === null) return "Enforced as written.";
  return `Compiled as written, but the profile's mode is \`${mode}\`: the kernel allows everything else as well.`;
}

/** A rule that holds but for its `audit`. */
export function unloggedSentence(isDeny: boolean): string {
  return `Enforced, but \`audit\` has no effect here: what it ${isDeny ? "refuses" : "allows"} is not logged.`;
}

/** A deny in a profile whose mode refuses nothing. */
export function laxSentence(mode: string): string {
  return `The profile's mode is \`${mode}\`: the kernel enforces none of its denies.`;
}

/** A prompt that is compiled: it allows nothing by itself. */
export const promptSentence =
  "Kept in the policy: a kernel that can ask a person asks. One that can't refuses the access, as without the rule.";

/** The parser's own sentence. */
export function rejectedSentence(message: string): string {
  return `The parser refuses it: ${message.replace(/\.$/u, "")}.`;
}

/** A rule that the parser reads alone, and refuses beside another of its profile; `line` counts from 1. */
export function rivalSentence(other: string, line: number, message: string): string {
  const written = other.replaceAll(/\s+/gu, " ").trim();
  return `The parser refuses the profile: this rule and \`${written}\` on line ${line} start one program in different ways. ${rejectedSentence(message).replace("refuses it", "says")}`;
}

/** A deny in a block that a parser makes an allow. */
export const turnedSentence =
  "This parser makes an allow of a deny in a block: it closes nothing, and opens what it names. Write it outside of the block.";

/** A rule of a young kind that an old parser takes for one about a file. */
export function misreadSentence({ placed }: RuleQuestion): string {
  const { kind } = placed.rule.value;
  return `This parser knows no \`${kind}\` rules and takes it for a rule about a file named \`${kind}\`, which matches nothing.`;
}

/** What a widened rule means there, and what would help. */
export function widenedSentences(
  { becomes, parts, abiHelps }: WidenedWords,
  { around }: Pick<RuleQuestion, "around">,
): string {
  const { lead, act } = sayValue(becomes).parts;
  const verb = parts.length === 1 ? "has" : "have";
  const said = capital(listed(parts.map(({ part }) => part)));
  const means = `${said} ${verb} no effect here: it is compiled as \`${writeRule(becomes)}\`.`;
  const sentences = [means, `So the program ${small(lead)} ${act}.`, ...(abiHelps ? [abiSentence(around.abi)] : [])];
  return sentences.join(" ");
}

interface WidenedWords {
  readonly becomes: RuleValue;
  readonly parts: readonly RuleNarrowing[];
  readonly abiHelps: boolean;
}

/** Why a rule is dropped, and what that leaves. */
export function droppedSentences(
  { isDeny, cause, isMediated, inBlock }: DroppedWords,
  { placed, around }: Pick<RuleQuestion, "placed" | "around">,
): string {
  const { kind } = placed.rule.value;
  const [noun, verb] = kindNouns[kind];
  const what = isDeny ? "Dropped without a word: it closes nothing." : "Dropped without a word: it opens nothing.";
  if (cause === "place") {
    return `${what} This parser drops such a rule in ${inBlock ? "a block" : "an `if`"}; write it outside.`;
  }
  const who = cause === "abi" ? "The features that this text asks for" : "This parser and kernel";
  const why = isMediated ? `${who} have no room for such a rule.` : `${who} do not mediate ${noun}.`;
  const open = isDeny ? "What other rules allow stays open." : "";
  const left = isMediated ? open : `So ${noun} ${verb} open to the program, whatever the profile says.`;
  const queue = "To open a POSIX queue is refused with and without such rules.";
  const sentences = [what, why, kind === "mqueue" ? queue : left, cause === "abi" ? abiSentence(around.abi) : ""];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

interface DroppedWords {
  readonly isDeny: boolean;
  readonly cause: DropCause;
  readonly isMediated: boolean;
  readonly inBlock: boolean;
}

function abiSentence(abi: string): string {
  const what = abi === "" ? "an `abi` line that asks for it" : "a newer `abi` than this text's";
  return `The kernel itself could hold it: ${what} makes it enforced.`;
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
