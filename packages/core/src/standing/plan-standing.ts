import {
  designPathOf,
  includeBrings,
  policyFiles,
  resolveAmong,
  type PolicyFiles,
  type PolicyTree,
} from "../analysis/index.ts";
import { viewFile, type DesignFile, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import { childOfKind, textOf, tokensWithRole, tokenWithRole, type SyntaxNode } from "../syntax/index.ts";
import type { ProbeFeatures } from "./probe.ts";
import { studyAbi } from "./studies/abi-study.ts";
import { flaggedProbe, studyFlag, studyLax, studyXattrs } from "./studies/flag-study.ts";
import { broughtQuestion, oneLine, studyInclude } from "./studies/include-study.ts";
import { joinRules } from "./studies/joint-rules.ts";
import { rivalsOf } from "./studies/rival-rules.ts";
import type { RuleQuestion } from "./studies/rule-probes.ts";
import { studyRule } from "./studies/rule-study.ts";
import { onceMade, type StudiedPlace, type Study } from "./study.ts";
import { surroundingsOf, type Surroundings } from "./surroundings.ts";

/** What is asked: a design on one target. */
export interface StandingQuestion {
  /** The policy files of the design; `hauberk.json` need not be among them. */
  readonly files: readonly DesignFile[];
  /** What the target brings. */
  readonly tree: PolicyTree;
  /** `kernel`: as if the text asked for all that the kernel can. */
  readonly features: ProbeFeatures;
}

/** The studies of a design on one target, in the order of its files and texts. */
export interface StandingPlan {
  readonly studies: readonly Study[];
}

/** Makes the studies of a design: each rule, include, flag, xattrs and abi of its files with profiles. */
export function planStanding({ files, tree, features }: StandingQuestion): StandingPlan {
  const views = files
    .filter(({ path }) => path.startsWith(designPathOf("")))
    .map(({ path, text }) => viewFile(path, text));
  const among = policyFiles(views, tree);
  const studies = views
    .filter(({ profiles }) => profiles.length > 0)
    .flatMap((view) => fileStudies(view, among, features));
  return { studies };
}

function fileStudies(view: FileView, among: PolicyFiles, features: ProbeFeatures): readonly Study[] {
  const instead = view.abi === null ? null : otherAbi(view.abi, among);
  const around = surroundingsOf(view, among, features, instead === null ? null : `abi <${instead}>,`);
  return [
    abiStudy(view, instead, around),
    ...view.profiles.flatMap((profile) => profileStudies({ view, among, around }, profile, null)),
  ];
}

/** The abi that stands in for one that the release does not have: the newest that it has; null where it has the abi. */
function otherAbi(abi: NonNullable<FileView["abi"]>, among: PolicyFiles): string | null {
  const { standing } = resolveAmong({ ...abi, ifExists: false }, among);
  if (standing !== "missing") return null;
  const own = among.folder("abi").filter((path) => /^abi\/\d+\.\d+$/u.test(path));
  return own.toSorted((a, b) => Number(a.slice("abi/".length)) - Number(b.slice("abi/".length))).at(-1) ?? null;
}

function abiStudy(view: FileView, instead: string | null, around: Surroundings): Study {
  const node = view.abi?.node;
  const written = node === undefined ? null : textOf(view.tree, node);
  const end = view.tree.text.indexOf("\n");
  const range = node ?? { start: 0, end: end === -1 ? view.tree.text.length : end };
  return {
    place: {
      file: view.path,
      start: range.start,
      end: range.end,
      subject: "abi",
      profile: null,
      text: written === null ? "no abi line" : oneLine(written),
    },
    read: (answers) => studyAbi({ written, instead, around }, answers),
  };
}

interface FileAround {
  readonly view: FileView;
  readonly among: PolicyFiles;
  readonly around: Surroundings;
}

function profileStudies(file: FileAround, profile: ProfileView, parent: string | null): readonly Study[] {
  const { view, among, around } = file;
  const name = parent === null ? profile.name : `${parent}//${profile.name}`;
  // In `/usr/bin/x { }` the name is what it attaches to.
  const role = tokenWithRole(profile.node, "attachment") === undefined ? "name" : "attachment";
  const written = profile.attachment === null ? undefined : tokenWithRole(profile.node, role);
  const attachment = written === undefined ? "" : textOf(view.tree, written);
  const place = { around, attachment, lax: laxFlag(profile, around) };
  const at = (node: Pick<SyntaxNode, "start" | "end">, subject: StudiedPlace["subject"]): StudiedPlace => {
    const { start, end } = node;
    return { file: view.path, start, end, subject, profile: name, text: oneLine(view.tree.text.slice(start, end)) };
  };
  const questions = profile.rules.map((placed): RuleQuestion => {
    return { ...place, tree: view.tree, placed, isBehindNetwork: isBehindNetwork(placed, profile) };
  });
  const joint = onceMade(() => joinRules(questions));
  const rivals = onceMade(() => rivalsOf(questions));
  return [
    ...headStudies(file, profile, at),
    ...questions.map((question): Study => ({
      place: at(question.placed.rule.node, "rule"),
      read: (answers) => studyRule(question, answers, { joint: joint().get(question), rivals: rivals().get(question) }),
    })),
    ...profile.includes.map((include): Study => {
      const brought = onceMade(() => broughtQuestion(includeBrings(include, among), place));
      return { place: at(include.node, "include"), read: (answers) => studyInclude(brought(), answers) };
    }),
    ...profile.children.flatMap((child) => profileStudies(file, child, name)),
  ];
}

function isBehindNetwork({ rule, within }: ProfileRule, { rules }: ProfileView): boolean {
  if (rule.value.kind !== "network" || !within.some(({ kind }) => kind === "conditional-branch")) return false;
  return rules.some(
    (other) =>
      other.rule.value.kind === "network" && other.within.length === 0 && other.rule.node.start < rule.node.start,
  );
}

const laxFlags: ReadonlySet<string> = new Set(["unconfined", "default_allow"]);

/** The flag that may make a profile refuse nothing; the compiled profile tells whether it does. */
function laxFlag({ flags }: ProfileView, around: Surroundings): RuleQuestion["lax"] {
  const flag = flags.find((each) => laxFlags.has(each));
  if (flag === undefined) return null;
  return { flag, probe: flaggedProbe(around, [flag]) };
}

function headStudies(
  { view, around }: FileAround,
  profile: ProfileView,
  at: (node: Pick<SyntaxNode, "start" | "end">, subject: StudiedPlace["subject"]) => StudiedPlace,
): readonly Study[] {
  const flagsNode = childOfKind(profile.node, "flags");
  const flagTokens = flagsNode === undefined ? [] : tokensWithRole(flagsNode, "flag");
  const xattrs = childOfKind(profile.node, "xattrs");
  return [
    ...laxStudies(profile, around, at),
    ...flagTokens.map((token): Study => ({
      place: at(token, "flag"),
      read: (answers) => studyFlag({ flag: textOf(view.tree, token), flags: profile.flags, around }, answers),
    })),
    ...(xattrs === undefined
      ? []
      : [
          {
            place: at(xattrs, "xattrs"),
            read: (answers) => studyXattrs({ text: textOf(view.tree, xattrs), around }, answers),
          } satisfies Study,
        ]),
  ];
}

/** A profile whose mode refuses nothing has a row of its own, so that nobody trusts the rows of its rules. */
function laxStudies(
  profile: ProfileView,
  around: Surroundings,
  at: (node: Pick<SyntaxNode, "start" | "end">, subject: StudiedPlace["subject"]) => StudiedPlace,
): readonly Study[] {
  const lax = laxFlag(profile, around);
  const head = tokenWithRole(profile.node, "name") ?? profile.node;
  return lax === null ? [] : [{ place: at(head, "profile"), read: (answers) => studyLax(lax, answers) }];
}
