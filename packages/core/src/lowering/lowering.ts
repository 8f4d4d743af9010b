import type { DesignFile } from "../design/index.ts";

/** What a loss is about. */
export type LossKind =
  | "abi"
  | "block"
  | "conditional"
  | "dbus"
  | "flag"
  | "include"
  | "io_uring"
  | "mount"
  | "mqueue"
  | "network"
  | "priority"
  | "prompt"
  | "rule"
  | "unix"
  | "userns"
  | "variable";

/**
 * What may stand in the place of what is lost. `coarse`: the next coarser rule, with what it leaves open beside it. `omit`: no rule.
 * `companion`: the coarse rule, and the wish kept in `hauberk.json` for what enforces it beside AppArmor. `text`: rules of one's own.
 */
export type AnswerKind = "coarse" | "omit" | "companion" | "text";

/** An answer that is offered for a loss. Plain data: `answerLoss` makes the edit of `hauberk.json` from it. */
export interface LossAnswer {
  /** Unique among the answers of a loss: `coarse`, `companion-nftables`, `text-resolved`. */
  readonly id: string;
  readonly answer: AnswerKind;
  /** What a button says. */
  readonly title: string;
  /** What it comes to: what stays open, or what no longer works. One or two sentences. */
  readonly explanation: string;
  /** The text that then stands in the policy; null for none. */
  readonly instead: string | null;
  /** What enforces the wish, where the answer is a companion. */
  readonly companion: "systemd" | "nftables" | null;
}

/** A place of the source whose meaning a target can't have. Lines and columns are 1-based; offsets count UTF-16 units of the source. */
export interface Loss {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  /** The profile or hat that it stands in; null in a preamble. */
  readonly profile: string | null;
  /** Its text in one line: by this `hauberk.json` names it. */
  readonly rule: string;
  readonly kind: LossKind;
  /**
   * `unreadable`: the parser refuses it or takes it for something else. `widened`: read, and more is opened (a deny: closed).
   * `unmediated`: the kernel asks nobody. `missing`: it needs what the target does not have.
   */
  readonly cause: "unreadable" | "widened" | "unmediated" | "missing";
  /** False where the target's parser refuses the text as it is written, or takes it for something else. */
  readonly readable: boolean;
  /** True for a deny: what is lost then stays open. */
  readonly deny: boolean;
  /** Why it can't be had there: a sentence. */
  readonly why: string;
  /** What that leaves open or breaks as it is emitted now: a sentence. */
  readonly risk: string;
  /** What is emitted now; null for nothing. */
  readonly instead: string | null;
  /** `default`: nobody has chosen yet. */
  readonly choice: "default" | "chosen";
  /** The id of the answer that holds now. */
  readonly answer: string;
  /** The default first. */
  readonly answers: readonly LossAnswer[];
  /** The person's remark on the choice. */
  readonly note: string | null;
}

/** A place that is written otherwise for a target and means the same there. */
export interface Rewriting {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly profile: string | null;
  /** Its text in one line. */
  readonly rule: string;
  /** What stands there instead; null for nothing. */
  readonly instead: string | null;
  readonly why: string;
}

/** A design as it is shipped to one target. */
export interface Lowering {
  readonly target: string;
  readonly parser: string;
  readonly kernel: string;
  /** All files of the design in their order; those that nothing is lost in are the very same. `hauberk.json` stays. */
  readonly files: readonly DesignFile[];
  /** In the order of the files and their texts. */
  readonly lost: readonly Loss[];
  readonly rewritten: readonly Rewriting[];
  /** What a person should know beside that: sentences. */
  readonly notes: readonly string[];
}
