import { configPath, readConfig, type Design, type LoweringChoice, type PeerWish } from "../design/index.ts";
import { addPeer, chooseLowering, forgetLowering, type EditOutcome, type PeerDraft } from "../edit/index.ts";
import { readRuleText, type Condition } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import type { Loss, LossAnswer } from "./lowering.ts";
import { protocolsOf } from "./network.ts";

/** How an answer is given: for which target (`*`: wherever the rule is lost), and why. */
export interface AnswerWish {
  readonly target?: string;
  readonly note?: string;
}

/**
 * The edit of `hauberk.json` that chooses an answer for a loss; a companion also adds the peers that the rule names, where they are not wished
 * for yet. Refused where the design has no `hauberk.json`.
 */
export function answerLoss(
  design: Design,
  target: string,
  loss: Loss,
  answer: LossAnswer,
  wish: AnswerWish = {},
): EditOutcome {
  const choice: LoweringChoice = {
    target: wish.target ?? target,
    rule: loss.rule,
    answer: answer.answer,
    instead: answer.instead,
    ...(answer.companion !== null && { companion: answer.companion }),
    ...(wish.note !== undefined && { note: wish.note }),
  };
  return chosen(design, choice, answer.answer === "companion" ? peersOf(loss) : []);
}

/** The same for rules of one's own in the place of a lost one. */
export function answerLossByText(
  design: Design,
  target: string,
  loss: Loss,
  text: string,
  wish: AnswerWish = {},
): EditOutcome {
  return chosen(
    design,
    {
      target: wish.target ?? target,
      rule: loss.rule,
      answer: "text",
      instead: text,
      ...(wish.note !== undefined && { note: wish.note }),
    },
    [],
  );
}

/** Takes back what was chosen for a loss: for the target where that has a choice of its own, else for all. */
export function forgetAnswer(design: Design, target: string, loss: Loss): EditOutcome {
  const file = design.files.find(({ path }) => path === configPath);
  if (file === undefined) return noConfig;
  const own = forgetLowering(file, { target, rule: loss.rule });
  return own.ok ? own : forgetLowering(file, { target: "*", rule: loss.rule });
}

const noConfig: EditOutcome = {
  ok: false,
  reason: `choices are kept in ${configPath}, and the design has none: it is a lone file`,
};

function chosen(design: Design, choice: LoweringChoice, peers: readonly PeerDraft[]): EditOutcome {
  const file = design.files.find(({ path }) => path === configPath);
  if (file === undefined) return noConfig;
  const first = chooseLowering(file, choice);
  if (!first.ok || peers.length === 0) return first;
  let text = file.text;
  const take = (outcome: EditOutcome): void => {
    if (outcome.ok) for (const { edits } of outcome.edits) text = applyEdits(text, edits);
  };
  take(first);
  for (const peer of peers) {
    const reading = readConfig(text);
    if (reading.ok && reading.config.peers.some((known) => isSame(known, peer))) continue;
    const outcome = addPeer({ path: file.path, text }, peer);
    if (!outcome.ok) return outcome;
    take(outcome);
  }
  const edits = [changedPart(file.text, text)];
  return { ok: true, label: first.label, edits: [{ path: file.path, edits }] };
}

function isSame(a: PeerDraft | PeerWish, b: PeerDraft): boolean {
  return (["profile", "direction", "protocol", "address", "port"] as const).every((key) => a[key] === b[key]);
}

/** The peers that the rule of a loss names. */
function peersOf(loss: Loss): PeerDraft[] {
  const value = readRuleText(loss.rule);
  if (value?.kind !== "network" || loss.profile === null) return [];
  const { profile } = loss;
  const sides = [
    { direction: "connect" as const, conditions: value.peer },
    { direction: "listen" as const, conditions: value.local },
  ].filter(({ conditions }) => conditions.some(({ key }) => key === "ip" || key === "port"));
  return sides.flatMap(({ direction, conditions }) =>
    protocolsOf(value).map((protocol) => ({
      profile,
      direction,
      protocol,
      address: valueOf(conditions, "ip") ?? "any",
      port: portOf(valueOf(conditions, "port")),
    })),
  );
}

function valueOf(conditions: readonly Condition[], key: string): string | null {
  return conditions.find((condition) => condition.key === key)?.values[0] ?? null;
}

function portOf(written: string | null): PeerWish["port"] {
  if (written === null) return null;
  return /^\d{1,5}$/u.test(written) ? Number(written) : written;
}

/** One edit over what differs between two texts. */
function changedPart(before: string, after: string): { range: { start: number; end: number }; newText: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { range: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
}
