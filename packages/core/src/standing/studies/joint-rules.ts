import { differAtPath } from "../../compiled/index.ts";
import { writeRule, type FileRuleValue } from "../../rules/index.ts";
import { textOf } from "../../syntax/index.ts";
import { besideRule } from "../allow-all.ts";
import { profileIn } from "../meaning.ts";
import { narrowingsOf } from "../narrowing/narrowings-of.ts";
import type { Probe } from "../probe.ts";
import { samplePath } from "../sample-path.ts";
import { found, plainly, type LookUp, type StudyState } from "../study.ts";
import { makeProbe } from "../surroundings.ts";
import type { RuleQuestion } from "./rule-probes.ts";
import { enforcedSentence } from "./rule-sentences.ts";

/** Probes that a rule shares with others, and the path at which it shows in them: no other rule of theirs can match there. */
export interface JointRule {
  readonly path: string;
  readonly without: Probe;
  readonly written: Probe;
  /** Each rule without the part that narrows it; null where the rule has none. */
  readonly wider: Probe | null;
}

/** Rules of one probe, about and at most: older parsers take longer for few and for many. */
const aboutTogether = 24;
const mostTogether = 48;

/** How often those are put together that could not be with others before. */
const mostLayers = 3;

/** A plain rule of files, and what can be told of the paths that it matches. */
interface PlainRule {
  readonly question: RuleQuestion;
  readonly text: string;
  readonly path: string;
  readonly wider: string | null;
  /** What every path that it matches holds: it begins with the first and ends with the last. */
  readonly pieces: readonly string[];
}

/**
 * Puts plain rules of files together, so that one compiled profile tells of many. Only such rules share one as can't match
 * the path at which another is looked at: what is said there is that one's doing. Rules without company are left out.
 */
export function joinRules(questions: readonly RuleQuestion[]): ReadonlyMap<RuleQuestion, JointRule> {
  const plain = questions.flatMap((question) => plainRule(question) ?? []);
  const joint = new Map<RuleQuestion, JointRule>();
  for (const alike of Map.groupBy(plain, ({ text }) => text.includes("@{")).values()) {
    for (const neighbours of neighbourhoods(alike)) {
      let left: readonly PlainRule[] = neighbours;
      for (let layer = 0; layer < mostLayers && left.length > 1; layer++) {
        const company = apart(left);
        for (const [question, rule] of joined(company)) joint.set(question, rule);
        left = left.filter((rule) => !company.includes(rule));
      }
    }
  }
  return joint;
}

/** Cuts a list behind rules whose own text says so: where a rule comes or goes, most pieces stay what they are. */
function neighbourhoods(rules: readonly PlainRule[]): readonly (readonly PlainRule[])[] {
  const pieces: PlainRule[][] = [];
  let open: PlainRule[] = [];
  for (const rule of rules) {
    if (open.length === 0) pieces.push(open);
    open.push(rule);
    if (open.length === mostTogether || numberOf(rule.text) % aboutTogether === 0) open = [];
  }
  return pieces;
}

/** What a rule comes to by the probes that it shares; null where they don't show that it is enforced as it is written. */
export function studyJointly<Reason extends string>(
  { path, without, written, wider }: JointRule,
  answers: LookUp<Reason>,
): StudyState<Reason> | null {
  const probes = [without, written, ...(wider === null ? [] : [wider])];
  const missing = probes.filter((probe) => answers(probe) === undefined);
  if (missing.length > 0) return { kind: "needs", probes: missing };
  const isHeld = probes.every((probe) => probe === written || differ(answers(probe), answers(written), path));
  return isHeld ? found(plainly("enforced", enforcedSentence(null))) : null;
}

type Answer = ReturnType<LookUp<string>>;

function differ(first: Answer, second: Answer, path: string): boolean {
  if (first?.kind !== "compiled" || second?.kind !== "compiled") return false;
  const [a, b] = [profileIn(first.policy), profileIn(second.policy)];
  return a !== null && b !== null && differAtPath(a, b, path);
}

/** Reads a rule of which a look at one path tells all, and which every parser reads; null for any other. */
function plainRule(question: RuleQuestion): PlainRule | null {
  const { placed, tree, lax, around } = question;
  const { value } = placed.rule;
  if (value.kind !== "file" || value.path === null || lax !== null || placed.within.length > 0) return null;
  const path = samplePath(value);
  // An alias makes a rule match elsewhere, too.
  const hasAliases = [around.statements, ...around.includes].some((text) => /\balias\b/u.test(text));
  if (path === null || hasAliases || !isPlainlyAllowed(value) || !plainPath.test(value.path)) return null;
  const pieces = value.path.split(pathParts);
  if (pieces.length > mostParts) return null;
  const [narrowing, ...further] = narrowingsOf(value);
  if (further.length > 0) return null;
  return {
    question,
    path,
    text: textOf(tree, placed.rule.node),
    wider: narrowing === undefined ? null : writeRule(narrowing.drop(value)),
    pieces: pieces.map((piece) => piece.replaceAll(/\/{2,}/gu, "/")),
  };
}

function isPlainlyAllowed({ qualifiers, exec, execTarget, safety, permissions }: FileRuleValue): boolean {
  const { priority, audit, quiet, access, owner } = qualifiers;
  const isQualified =
    priority !== null || audit || quiet || access === "deny" || access === "prompt" || owner === "other";
  const isAccess = permissions.length > 0 && !permissions.includes("l");
  return !isQualified && isAccess && exec === null && execTarget === null && safety === null;
}

/** Text, variables, and globs that lie in no other glob. */
const pathPart = String.raw`@\{\w+\}|\{[^{}[\]@*?]*\}|\[[^{}[\]@*?\\]+\]|\*+|\?`;
const plainPath = new RegExp(String.raw`^(?:[\w/.,:+%~=-]|${pathPart})+$`, "u");
const pathParts = new RegExp(pathPart, "u");

/** A rule of many globs may cost a parser more than all others together. */
const mostParts = 6;

/** Rules none of which can match where another is looked at, the most telling ones first chosen; in the order of the text. */
function apart(rules: readonly PlainRule[]): readonly PlainRule[] {
  const told = ({ pieces }: PlainRule): number => pieces.join("").length;
  const chosen = new Set<PlainRule>();
  for (const rule of rules.toSorted((a, b) => told(b) - told(a))) {
    if (![...chosen].some((other) => mayMatch(rule, other.path) || mayMatch(other, rule.path))) chosen.add(rule);
  }
  return rules.filter((rule) => chosen.has(rule));
}

/** Whether a rule could match a path, whatever its globs and variables stand for. Slashes may melt together between pieces. */
function mayMatch({ pieces }: PlainRule, path: string): boolean {
  return (
    path.startsWith(pieces[0] ?? "") &&
    path.endsWith(pieces.at(-1) ?? "") &&
    pieces.every((piece) => path.includes(piece))
  );
}

function joined(rules: readonly PlainRule[]): readonly (readonly [RuleQuestion, JointRule])[] {
  const [first] = rules;
  if (first === undefined || rules.length < 2) return [];
  const probe = (texts: readonly string[]): Probe =>
    makeProbe(first.question.around, { body: [besideRule, ...texts].join("\n  "), plain: true });
  const without = makeProbe(first.question.around, { body: besideRule, plain: true });
  const written = probe(rules.map(({ text }) => text));
  const narrowed = rules.flatMap(({ wider }) => wider ?? []);
  const wider = narrowed.length === 0 ? null : probe(narrowed);
  return rules.map((rule) => {
    return [rule.question, { path: rule.path, without, written, wider: rule.wider === null ? null : wider }];
  });
}

/** A number that hangs on a text, the same everywhere (FNV-1a). */
function numberOf(text: string): number {
  let number = 0x811c_9dc5;
  for (let index = 0; index < text.length; index++) number = Math.imul(number ^ text.charCodeAt(index), 0x0100_0193);
  return number >>> 0;
}
