import { getNodeValue, parseTree } from "jsonc-parser";
import type { PolicyTree } from "../analysis/index.ts";
import { configPath, withoutBom, type Design } from "../design/index.ts";
import { dangerRank } from "../vocabulary/index.ts";
import { code } from "../words/index.ts";
import { bothPolicies, type BothPolicies } from "./both-policies.ts";
import type { ReviewChange, ReviewChanges, ReviewedFile } from "./change.ts";
import { configChanges } from "./change-config.ts";
import { addedPart, changedPart, removedPart, type NewChange } from "./change-parts.ts";
import { addedProfile, changedHead, removedProfile } from "./change-profiles.ts";
import { countChanges, headlineOf } from "./headline.ts";
import { pairParts } from "./pair-parts.ts";
import { pairRevisions, type PairedFile, type PairedRevisions } from "./pair-revisions.ts";
import type { FileParts, Part } from "./parts.ts";

/**
 * What changed between two revisions of a design, rule by rule, in words. `tree`: the policy tree of a target, for what
 * includes bring. Only files that differ are read; of a profile, what says the same in another line is no change.
 */
export function reviewChanges(before: Design, after: Design, tree: PolicyTree | null = null): ReviewChanges {
  const paired = pairRevisions(before.files, after.files);
  const { files, renamed } = paired;
  const policies = bothPolicies(before, after, renamed, tree);
  const found = [
    ...configChanges(textAt(before, configPath), textAt(after, configPath)),
    ...files.flatMap(fileChange),
    ...profileChanges(paired, policies),
    ...files.flatMap(({ from, to }) => partChanges(from, to, from?.parts ?? [], to?.parts ?? [], null, policies)),
  ];
  const changes = sortedChanges(found).map((change, at): ReviewChange => ({ ...change, id: `${at + 1}` }));
  const reviewed = reviewedFiles(before, after, files, changes);
  return {
    headline: headlineOf(changes, reviewed),
    rules: countChanges(changes.filter(({ subject }) => subject === "rule")),
    rest: countChanges(changes.filter(({ subject }) => subject !== "rule")),
    changes,
    files: reviewed,
    compiled: null,
  };
}

function textAt({ files }: Design, path: string): string | null {
  return files.find((file) => file.path === path)?.text ?? null;
}

/** That a file came, went, or has another path. */
function fileChange({ from, to }: PairedFile): readonly NewChange[] {
  const head = {
    subject: "file",
    kind: null,
    profile: null,
    danger: null,
    gives: "same",
    brings: null,
    before: null,
    after: null,
  } as const;
  if (from === null && to !== null) {
    return [{ ...head, act: "added", file: to.path, sentence: `${code(to.path)} is a new file: ${contentsOf(to)}.` }];
  }
  if (from !== null && to === null) {
    return [
      { ...head, act: "removed", file: from.path, sentence: `${code(from.path)} is gone, with ${contentsOf(from)}.` },
    ];
  }
  if (from === null || to === null || from.path === to.path) return [];
  return [{ ...head, act: "renamed", file: to.path, sentence: `${code(from.path)} is ${code(to.path)} now.` }];
}

function contentsOf({ profiles, parts }: FileParts): string {
  const rules = [parts, ...profiles.map((profile) => profile.parts)].flat();
  const said = [
    ...numbered(profiles.length, "profile", "profiles"),
    ...numbered(rules.filter(({ view }) => view.subject === "rule").length, "rule", "rules"),
  ];
  return said.length === 0 ? "no profile and no rule" : said.join(" and ");
}

function numbered(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}

function profileChanges({ profiles, renamed }: PairedRevisions, policies: BothPolicies): readonly NewChange[] {
  const { added, removed, pairs } = profiles;
  return [
    ...added.flatMap((profile) => [
      addedProfile(profile),
      ...partChanges(null, profile.file, [], profile.parts, profile.name, policies),
    ]),
    ...removed.map(removedProfile),
    ...pairs.flatMap(({ before, after }) => [
      ...changedHead(before, after, renamed.get(before.file.path) === after.file.path),
      ...partChanges(before.file, after.file, before.parts, after.parts, after.name, policies),
    ]),
  ];
}

/** The changes of what stands in one profile, or (`profile` null) of what stands outside of any in a file. */
function partChanges(
  from: FileParts | null,
  to: FileParts | null,
  before: readonly Part[],
  after: readonly Part[],
  profile: string | null,
  policies: BothPolicies,
): readonly NewChange[] {
  const { added, removed, changed } = pairParts(before, after);
  return [
    ...(to === null ? [] : added.map((part) => addedPart({ file: to, part }, profile, policies))),
    ...(from === null ? [] : removed.map((part) => removedPart({ file: from, part }, profile, policies))),
    ...(from === null || to === null
      ? []
      : changed.map((pair) =>
          changedPart({ file: from, part: pair.before }, { file: to, part: pair.after }, profile, policies),
        )),
  ];
}

/** The most dangerous first, then by file and place. */
function sortedChanges(changes: readonly NewChange[]): readonly NewChange[] {
  return changes.toSorted(
    (one, other) =>
      rank(other) - rank(one) ||
      (one.file === other.file ? placeOf(one) - placeOf(other) : one.file < other.file ? -1 : 1),
  );
}

function rank({ danger }: NewChange): number {
  return danger === null ? -1 : dangerRank(danger);
}

function placeOf({ after, before }: NewChange): number {
  return (after ?? before)?.range.start ?? -1;
}

function reviewedFiles(
  before: Design,
  after: Design,
  files: readonly PairedFile[],
  changes: readonly ReviewChange[],
): readonly ReviewedFile[] {
  const touched = new Set(changes.flatMap((change) => [change.before?.file, change.after?.file]));
  const found = files.map(({ from, to }): ReviewedFile => {
    const path = to?.path ?? from?.path ?? "";
    if (from === null || to === null) return { path, renamedFrom: null, state: from === null ? "added" : "removed" };
    const renamedFrom = from.path === to.path ? null : from.path;
    const told = touched.has(path) || touched.has(from.path);
    return { path, renamedFrom, state: told || !isLayout(from, to) ? "changed" : "layout" };
  });
  const [from, to] = [textAt(before, configPath), textAt(after, configPath)];
  if (from !== to) {
    const told = changes.some(({ subject }) => subject === "config");
    const state =
      from === null ? "added" : to === null ? "removed" : told || !isSameJson(from, to) ? "changed" : "layout";
    found.push({ path: configPath, renamedFrom: null, state });
  }
  return found.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** Of two texts that are JSON, or neither of which anything was told. */
function isSameJson(one: string, other: string): boolean {
  return plainJson(one) === plainJson(other);
}

const nothing = { type: "null", offset: 0, length: 0, value: null } as const;

function plainJson(text: string): string {
  return JSON.stringify(getNodeValue(parseTree(withoutBom(text)) ?? nothing));
}

/** True where nothing was told and nothing can have been missed: both texts read, and settings stand in their order. */
function isLayout(from: FileParts, to: FileParts): boolean {
  return from.view.tree.errors.length + to.view.tree.errors.length === 0 && settingsOf(from) === settingsOf(to);
}

function settingsOf({ parts }: FileParts): string {
  return parts
    .filter(({ view }) => view.subject === "variable" || view.subject === "boolean" || view.subject === "include")
    .map(({ key }) => key)
    .join("\n");
}
