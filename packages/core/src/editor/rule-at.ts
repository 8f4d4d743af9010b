import type { FileView, ProfileView } from "../design/index.ts";
import type { TextRange } from "../text/index.ts";
import { nodesAt } from "./tree-walk.ts";

/** What stands at a place of a file. */
export interface ElementAt {
  /** The innermost profile or hat around it. */
  readonly profile: ProfileView | null;
  /** The rule, include, variable, … at it; null between them. */
  readonly range: TextRange | null;
}

const elements: ReadonlySet<string> = new Set(["abi", "include", "variable-assignment", "boolean-assignment", "alias"]);

/** The rule (or include, variable, alias, abi) and the profile at an offset. */
export function elementAt(file: FileView, offset: number): ElementAt {
  const nodes = nodesAt(file.tree, offset);
  const element = nodes.find((node) => node.kind.endsWith("-rule") || elements.has(node.kind));
  return {
    profile: profileAt(file.profiles, offset),
    range: element === undefined ? null : { start: element.start, end: element.end },
  };
}

function profileAt(profiles: readonly ProfileView[], offset: number): ProfileView | null {
  const found = profiles.find(({ node }) => node.start <= offset && offset <= node.end);
  if (found === undefined) return null;
  return profileAt(found.children, offset) ?? found;
}
