import type { SyntaxNode } from "../syntax/index.ts";
import type { FileView, ProfileRule, ProfileView } from "./design.ts";

/** The rule that a node of the file's tree is, with its place; undefined where the node is no rule. */
export function ruleOfNode(file: FileView, node: SyntaxNode): ProfileRule | undefined {
  return allRules(file).find(({ rule }) => rule.node === node);
}

/** Every rule of a file: loose ones, then those of the profiles, each before those of its children. */
export function allRules(file: FileView): ProfileRule[] {
  const within = (profiles: readonly ProfileView[]): ProfileRule[] =>
    profiles.flatMap(({ rules, children }) => [...rules, ...within(children)]);
  return [...file.looseRules, ...within(file.profiles)];
}
