import { isDropped } from "../design/index.ts";
import { writeRule, type AllRuleValue, type MountRuleValue, type RuleValue } from "../rules/index.ts";
import { isReadBy, mountOptions } from "../vocabulary/index.ts";
import type { LossAnswer } from "./lowering.ts";
import { judgeNetwork } from "./network.ts";
import { judgePriority, withoutPriority } from "./priority.ts";
import { answerOf, kept, parserName, reads, type Judgement, type RuleScene } from "./scene.ts";
import { judgeUnix } from "./unix.ts";
import { judgeUnmediated } from "./unmediated.ts";

/** What a rule comes to on a target. */
export function judgeRule(scene: RuleScene): Judgement {
  const { value } = scene.placed.rule;
  // No parser keeps it, so nothing is lost.
  if (isDropped(scene.placed)) return kept;
  const judged = judgeUnmediated(scene, value) ?? judgePrompt(scene, value) ?? judgeKind(scene, value);
  if (judged.kind === "kept") return judgePriority(scene, value);
  return value.qualifiers.priority === null || reads(scene, "priority") ? judged : withPlainAnswers(judged);
}

function judgeKind(scene: RuleScene, value: RuleValue): Judgement {
  if (value.kind === "network") return judgeNetwork(scene, value);
  if (value.kind === "unix") return judgeUnix(scene, value);
  if (value.kind === "mount" || value.kind === "remount") return judgeMount(scene, value);
  return value.kind === "all" ? judgeAll(scene, value) : kept;
}

/** Texts that are offered, without the priority that the parser can't read. */
function withPlainAnswers(judged: Judgement): Judgement {
  if (judged.kind !== "lost") return judged;
  return { kind: "lost", lost: { ...judged.lost, answers: judged.lost.answers.map(withoutPriorities) } };
}

function withoutPriorities(answer: LossAnswer): LossAnswer {
  const instead = answer.instead?.replaceAll(/^priority *= *[+-]?\d+ +/gmu, "") ?? null;
  return { ...answer, instead };
}

function judgePrompt(scene: RuleScene, value: RuleValue): Judgement | null {
  if (value.qualifiers.access !== "prompt" || reads(scene, "prompt")) return null;
  const plain = withoutPriority(value);
  const instead = writeRule({ ...plain, qualifiers: { ...plain.qualifiers, access: null } });
  return {
    kind: "lost",
    lost: {
      kind: "prompt",
      cause: "unreadable",
      why: `${parserName(scene)} can't read \`prompt\`: nobody can be asked there.`,
      answers: [
        answerOf(
          "omit",
          "Allow nothing of it",
          null,
          "It is refused without a question, unless another rule allows it: it fails closed.",
        ),
        answerOf("coarse", "Allow it without a question", instead, "It happens without anybody being asked."),
      ],
    },
  };
}

/** Options of mounts that the parser does not know. */
function judgeMount(scene: RuleScene, value: MountRuleValue): Judgement {
  const known = (word: string): boolean => {
    const option = mountOptions.find(({ name, aliases }) => name === word || aliases.includes(word));
    return option === undefined || isReadBy(option.since, scene.target.parserVersion);
  };
  const unknown = value.conditions.flatMap(({ key, values }) =>
    key === "options" ? values.filter((word) => !known(word)) : [],
  );
  if (unknown.length === 0) return kept;
  const conditions = value.conditions.filter(({ key, values }) => key !== "options" || values.every(known));
  const instead = writeRule({ ...value, conditions });
  const named = [...new Set(unknown)].map((word) => `\`${word}\``).join(", ");
  const why = `${parserName(scene)} does not know the mount option${unknown.length > 1 ? "s" : ""} ${named}.`;
  const omit = scene.deny
    ? "What it should close stays open wherever another rule opens it. A coarser deny is not offered: it would close other mounts."
    : "Such mounts are refused, unless another rule allows them: it fails closed.";
  const answers: LossAnswer[] = [
    answerOf("omit", scene.deny ? "Deny nothing of it" : "Allow nothing of it", null, omit),
  ];
  if (!scene.deny) {
    answers.unshift(
      answerOf(
        "coarse",
        "Allow it with any options",
        instead,
        "It opens such mounts with whatever options, `suid` and `dev` among them.",
      ),
    );
  }
  return { kind: "lost", lost: { kind: "mount", cause: "unreadable", why, answers } };
}

/** What `all,` stands for where it can't be read: with 4.1.0 and 5.0.2 both compile to the same bytes, beside what only those can say. */
const everyKind = [
  "file",
  "capability",
  "network",
  "mount",
  "umount",
  "pivot_root",
  "ptrace",
  "signal",
  "dbus",
  "unix",
];

function judgeAll(scene: RuleScene, { qualifiers }: AllRuleValue): Judgement {
  if (reads(scene, "all")) return kept;
  const why = `${parserName(scene)} can't read \`all\``;
  if (scene.deny) {
    const open = "What it should close stays open wherever another rule opens it.";
    const answers = [answerOf("omit", "Deny nothing of it", null, open)];
    return { kind: "lost", lost: { kind: "rule", cause: "unreadable", why: `${why}.`, answers } };
  }
  const prefix = `${qualifiers.audit ? "audit " : ""}${qualifiers.access === "allow" ? "allow " : ""}`;
  const kinds = everyKind.filter((kind) => kind !== "dbus" || scene.mediation.mediates("dbus"));
  const instead = kinds.map((kind) => `${prefix}${kind},`).join("\n");
  return { kind: "rewritten", instead, why: `${why}; these rules together mean the same.` };
}
