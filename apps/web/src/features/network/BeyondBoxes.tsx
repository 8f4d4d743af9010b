import { reachOfRule } from "@hauberk/core/analysis";
import { effectiveQualifiers, type FileView, type ProfileRule } from "@hauberk/core/design";
import type { Condition } from "@hauberk/core/rules";
import { networkCellWords } from "@hauberk/core/vocabulary";

import { type RulePreset, RuleSection } from "../../panel/rule-form/index.ts";
import type { Shown } from "../../panel/use-edit.ts";
import { useShownStanding } from "../../panel/use-rule-standing.ts";
import { Icon, WithCode } from "../../ui/index.ts";
import { anySocket, type FineWords, fineWords, isFine, reachWords } from "./network-model.ts";
import styles from "./NetworkPanel.module.css";

const condition = (key: string, value: string): Condition => ({ key, operator: "=", values: [value] });

const presets: readonly RulePreset[] = [
  { label: "TCP, over IPv4 and IPv6", value: { ...anySocket, protocol: "tcp" } },
  {
    label: "Some operations only: connect, but not listen",
    value: { ...anySocket, domain: "inet", type: "stream", permissions: ["create", "connect", "send", "receive"] },
    hint: "Needs a parser from 4.0 on.",
  },
  {
    label: "One peer, by address and port",
    value: {
      ...anySocket,
      domain: "inet",
      type: "stream",
      peer: [condition("ip", "127.0.0.1"), condition("port", "53")],
    },
    hint: "No Debian kernel holds it to that: see the wishes below.",
  },
  {
    label: "Refuse every socket",
    value: { ...anySocket, qualifiers: { ...anySocket.qualifiers, access: "deny" } },
    hint: "A deny beats every allow.",
  },
];

/** What a fine rule is known to come to on Debian's kernels: told as long as the design's own targets have not answered. */
function WordsOfOld({ index, words, widened }: FineWords & { readonly index: number }) {
  const standing = useShownStanding(({ profile }) => profile.rules[index]?.rule.node);
  if (standing?.there.every(({ row }) => row !== null) === true) return null;
  return (
    <p className={widened ? styles.widened : styles.hint}>
      {widened && <Icon name="alert" size={14} />}
      <span>
        <WithCode text={words} />
      </span>
    </p>
  );
}

/** Below a rule: of a fine one what becomes of it, of a wide one what it leaves open. */
function notesOf({ tree }: FileView, placed: ProfileRule, index: number) {
  const { value } = placed.rule;
  const denies = effectiveQualifiers(tree, placed).access === "deny";
  if (value.kind === "network" && isFine(value)) return <WordsOfOld index={index} {...fineWords(value, denies)} />;
  if (denies) return null;
  const { domain, type } = reachWords(reachOfRule(value) ?? { domains: null, types: null });
  return (
    <p className={styles.hint}>
      <WithCode text={networkCellWords(domain, type).doesNotRestrict} />
    </p>
  );
}

interface BeyondBoxesProps {
  readonly shown: Shown;
  readonly beyond: ReadonlySet<number>;
}

/** Rules over more than one cell, and rules over a part of one: what each says, what becomes of it, and a form. */
export function BeyondBoxes({ shown, beyond }: BeyondBoxesProps) {
  const among = new Set([...beyond].map((index) => shown.profile.rules[index]));
  return (
    <RuleSection
      shown={shown}
      title="Rules beyond the boxes"
      one="network rule"
      kinds={["network", "unix", "all"]}
      among={(placed) => among.has(placed)}
      words="Over more than one box, such as `network tcp,`, or over a part of one: some operations, one address."
      presets={presets}
      notes={notesOf}
    />
  );
}
