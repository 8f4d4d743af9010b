import type { FileView, ProfileView } from "../design/index.ts";
import type { SyntaxNode } from "../syntax/index.ts";
import { type Danger, dangers } from "../vocabulary/index.ts";
import { sayAbi, sayAlias, sayBoolean, sayHead, sayInclude, sayVariable } from "../words/index.ts";

/** What a part of a file that is no rule says: an include, the head of a profile, a line of the preamble. */
export function elementWords(file: FileView, nodes: readonly SyntaxNode[]): readonly string[] {
  const node = nodes.at(-1);
  if (node === undefined) return [];
  if (file.abi?.node === node) return [sayAbi(file.abi)];
  const variable = file.variables.find((each) => each.node === node);
  if (variable !== undefined) return [sayVariable(variable)];
  const boolean = file.booleans.find((each) => each.node === node);
  if (boolean !== undefined) return [sayBoolean(boolean)];
  const alias = file.aliases.find((each) => each.node === node);
  if (alias !== undefined) return [sayAlias(alias)];
  const found = profileAround(file.profiles, nodes, null);
  const include = [...file.includes, ...(found?.profile.includes ?? [])].find((each) => each.node === node);
  if (include !== undefined) {
    const { sentence, danger } = sayInclude(file.tree, include);
    return danger === null || danger === "low" ? [sentence] : [sentence, dangerSentence(danger)];
  }
  return found?.profile.node === node ? [sayHead(found.profile, found.parent).lead] : [];
}

/** The danger of something, and what that grade means. */
export function dangerSentence(danger: Danger): string {
  const grade = dangers.find((each) => each.danger === danger);
  return `Danger: ${(grade?.title ?? danger).toLowerCase()}: ${grade?.meaning ?? ""}.`;
}

/** The innermost profile among the nodes, and the one around it. */
function profileAround(
  profiles: readonly ProfileView[],
  nodes: readonly SyntaxNode[],
  parent: ProfileView | null,
): { readonly profile: ProfileView; readonly parent: ProfileView | null } | null {
  const profile = profiles.find((each) => nodes.includes(each.node));
  if (profile === undefined) return null;
  return profileAround(profile.children, nodes, profile) ?? { profile, parent };
}
