import {
  designPolicy,
  joinedPolicy,
  type KnownPolicy,
  type PolicyTree,
  targetPolicy,
  transitionMap,
  type TransitionMap,
} from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import { useMemo } from "react";

import { profileOf, refOf, useActiveFile, useConfig, useDesign, useFileViews } from "../store/index.ts";
import { noNewPrivsOf } from "./no-new-privs.ts";
import { useTargetPolicy } from "./target-policy.ts";

/** What is known around a rule that runs a program. */
export interface ExecSurroundings {
  /** The full name of the profile that the rule stands in: `parent//child`. */
  readonly from: string;
  /** The program of this profile always sets no_new_privs (kept in `hauberk.json`). */
  readonly noNewPrivs: boolean;
  /** The profiles of the design and, where its tree is at hand, of the target. */
  readonly map: TransitionMap;
  /** The target whose profiles are known too; null where only the design's are. */
  readonly target: string | null;
}

/** A group of profiles to choose a target from. */
export interface TargetGroup {
  readonly title: string;
  readonly names: readonly string[];
}

/** The profiles that may stand behind `->`, nearest first. A child mode names children alone, by their own names. */
export function targetChoices({ from, map, target }: ExecSurroundings, child: boolean): TargetGroup[] {
  const all = [...map.byName.values()];
  if (child) {
    const names = all.filter(({ parent }) => parent === from).map(({ name }) => name);
    return names.length === 0 ? [] : [{ title: "Children and hats of this profile", names }];
  }
  const of = (origin: "design" | "target") =>
    all.filter((profile) => profile.origin === origin && profile.fullName !== from).map(({ fullName }) => fullName);
  return [
    { title: "In this design", names: of("design") },
    { title: `On ${target ?? "the target"}`, names: of("target") },
  ].filter(({ names }) => names.length > 0);
}

const targetPolicies = new WeakMap<PolicyTree, KnownPolicy>();

function policyOfTarget(tree: PolicyTree): KnownPolicy {
  const known = targetPolicies.get(tree) ?? targetPolicy(tree);
  targetPolicies.set(tree, known);
  return known;
}

let last: { readonly key: string; readonly tree: PolicyTree | null; readonly map: TransitionMap } | null = null;

/** The map of a design's profiles; the same object as long as they are the same, whatever happens to their rules. */
export function mapOf(files: readonly FileView[], tree: PolicyTree | null): TransitionMap {
  const design = designPolicy(files, tree);
  const key = JSON.stringify([design.profiles, [...design.variables], [...design.mayHaveMore]]);
  if (last?.key !== key || last.tree !== tree) {
    const policy = joinedPolicy(design, tree === null ? null : policyOfTarget(tree));
    last = { key, tree, map: transitionMap(policy) };
  }
  return last.map;
}

/** What is known around the rules of the shown profile. The same object as long as nothing of it changes. */
export function useExecSurroundings(): ExecSurroundings {
  const views = useFileViews();
  const config = useConfig();
  const tree = useTargetPolicy();
  const file = useActiveFile();
  const active = useDesign((state) => state.activeProfile);
  const profile = profileOf(file, active);
  const names = file === null || profile === null ? [] : (refOf(file, profile)?.names ?? []);
  const from = names.join("//");
  const map = mapOf(views, tree);
  // What a program has set holds for its children and hats too.
  const noNewPrivs = names.some((_, index) => noNewPrivsOf(config, names.slice(0, index + 1).join("//")));
  const target = tree?.target ?? null;
  return useMemo(() => ({ from, noNewPrivs, map, target }), [from, noNewPrivs, map, target]);
}
