import { writeRule, type PeerRuleValue } from "../rules/index.ts";
import { networkCellWords } from "../vocabulary/index.ts";
import type { LossAnswer } from "./lowering.ts";
import { denyAnswers } from "./network.ts";
import { answerOf, kept, kernelName, listed, parserName, wholeReach, type Judgement, type RuleScene } from "./scene.ts";

const plainKeys: ReadonlySet<string> = new Set(["type", "protocol"]);

/**
 * A unix rule where sockets are not told apart by address: 3.0.8 drops operations, addresses and labels, later parsers keep the
 * operations; every parser forgets the deny of one.
 */
export function judgeUnix(scene: RuleScene, value: PeerRuleValue): Judgement {
  if (scene.mediation.mediates("unix by address")) return kept;
  const keepsOperations = scene.mediation.parser !== "3.0.8";
  const coarse: PeerRuleValue = {
    ...value,
    permissions: keepsOperations ? value.permissions : [],
    local: value.local.filter(({ key }) => plainKeys.has(key)),
    peer: [],
  };
  const types = value.local.find(({ key }) => key === "type")?.values ?? [];
  if (scene.deny) return lostDeny(scene, value, types);
  const instead = writeRule(coarse);
  if (instead === writeRule(value)) return kept;
  const lostOperations = !keepsOperations && value.permissions.length > 0;
  const lostPeer = value.local.some(({ key }) => !plainKeys.has(key)) || value.peer.length > 0;
  const parts = [...(lostOperations ? ["operations"] : []), ...(lostPeer ? ["addresses", "labels"] : [])];
  const opened = types.length === 0 ? [null] : types;
  const words = opened.map((type) => networkCellWords("unix", type).allows.replace(/\.$/u, ""));
  const risk = `\`${instead}\` opens: ${[...new Set(words)].join("; ")}. Whoever it is that listens there.`;
  const answers: LossAnswer[] = [
    answerOf("coarse", `Allow \`${instead.replace(/,$/u, "")}\``, instead, risk),
    answerOf(
      "omit",
      "Allow nothing of it",
      null,
      "These sockets are refused, unless another rule allows them: it fails closed.",
    ),
  ];
  const why =
    `${kernelName(scene)} tells sockets within the machine apart by their type alone: ${parserName(scene)} reads the rule and ` +
    `drops its ${listed(parts)}.`;
  return { kind: "lost", lost: { kind: "unix", cause: "widened", why, answers } };
}

function lostDeny(scene: RuleScene, value: PeerRuleValue, types: readonly string[]): Judgement {
  const audit = value.qualifiers.audit ? "audit " : "";
  const rules = types.length === 0 ? ["network unix,"] : types.map((type) => `network unix ${type},`);
  const instead = rules.map((rule) => `${audit}deny ${rule}`).join("\n");
  const why =
    `${parserName(scene)} reads a \`deny unix\` and forgets it where the kernel, as ${kernelName(scene)}, can't tell these sockets ` +
    "apart: it refuses nothing.";
  const reach = wholeReach(value) ?? { domains: ["unix"], types: null };
  return {
    kind: "lost",
    lost: { kind: "unix", cause: "unmediated", why, answers: denyAnswers(scene, reach, instead) },
  };
}
