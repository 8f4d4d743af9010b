import type { FileRuleValue, PlacedRule, RuleValue } from "../rules/index.ts";
import { readRule } from "../rules/index.ts";
import { isNode, tokenWithRole, textOf, type NodeKind, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";
import type { Container } from "./container.ts";
import type { Place } from "./insert-item.ts";

/** The order in which profiles conventionally name things; what is not listed (profiles, blocks, …) comes after all. */
const bodyOrder: readonly NodeKind[] = [
  "include",
  "all-rule",
  "rlimit-rule",
  "userns-rule",
  "capability-rule",
  "network-rule",
  "mount-rule",
  "remount-rule",
  "umount-rule",
  "pivot_root-rule",
  "mqueue-rule",
  "io_uring-rule",
  "signal-rule",
  "ptrace-rule",
  "unix-rule",
  "dbus-rule",
  "change_profile-rule",
  "file-rule",
  "link-rule",
];

/** The same for the head of a file. */
const preambleOrder: readonly NodeKind[] = ["abi", "include", "alias", "boolean-assignment", "variable-assignment"];

/** Where a new rule belongs: behind the last of its kind, a file rule behind the one with the nearest path. */
export function placeForRule(container: Container, value: RuleValue): Place {
  const kind: NodeKind = `${value.kind}-rule`;
  const kin = container.items.filter((item) => item.kind === kind).map((item) => readRule(container.tree, item));
  const sameAccess = kin.filter((rule) => isDeny(rule.value) === isDeny(value));
  const candidates = sameAccess.length > 0 ? sameAccess : kin;
  const nearest = value.kind === "file" ? nearestFileRule(candidates, value) : candidates.at(-1);
  if (nearest !== undefined) return { after: nearest.node, sameGroup: true, neighbour: nearest.node };
  return { after: lastUpTo(container, bodyOrder, kind), sameGroup: false };
}

/** Where a new include belongs in the body of a profile or in an abstraction. */
export function placeForBodyInclude(container: Container, path: string): Place {
  if (isLocal(path)) {
    // What the machine's owner adds comes last, so that it is read after all of ours.
    const last = container.items.filter((item) => item.kind !== "error").at(-1);
    return { after: last ?? null, sameGroup: false };
  }
  const last = container.items.findLast((item) => item.kind === "include" && !isLocalInclude(container.tree, item));
  if (last !== undefined) return { after: last, sameGroup: true };
  return container.isFile ? placeInPreamble(container, "include") : { after: null, sameGroup: false };
}

/** Where a new item of the preamble belongs: behind the last of its kind, else of those that come before it. */
export function placeInPreamble(container: Container, kind: NodeKind): Place {
  const head = { ...container, items: preambleItems(container) };
  const last = head.items.findLast((item) => item.kind === kind);
  if (last !== undefined) return { after: last, sameGroup: true };
  const before = lastUpTo(head, preambleOrder, kind);
  return { after: before ?? leadingComment(container), sameGroup: false };
}

/** The items before the first profile; behind it a variable would still count, but nobody would look for it there. */
function preambleItems(container: Container): readonly SyntaxNode[] {
  const first = container.items.findIndex((item) => item.kind === "profile" || item.kind === "hat");
  return first === -1 ? container.items : container.items.slice(0, first);
}

/** The last item that conventionally comes before (or with) the kind. */
function lastUpTo(container: Container, order: readonly NodeKind[], kind: NodeKind): SyntaxNode | null {
  const rank = rankIn(order, kind);
  const fits = (item: SyntaxNode): boolean =>
    rankIn(order, item.kind) <= rank && item.kind !== "error" && !isLocalInclude(container.tree, item);
  return container.items.findLast(fits) ?? null;
}

function rankIn(order: readonly NodeKind[], kind: NodeKind): number {
  const index = order.indexOf(kind);
  return index === -1 ? Number.POSITIVE_INFINITY : index;
}

/** The last line of the comment that a file opens with (a licence, the editor's line). */
function leadingComment(container: Container): { start: number; end: number } | null {
  const { root, text } = container.tree;
  let last: { start: number; end: number } | null = null;
  for (const child of root.children) {
    if (isNode(child)) break;
    if (child.type === "comment") last = child;
    else if (child.type === "whitespace" && last !== null && /\n[ \t]*\r?\n/u.test(text.slice(child.start, child.end)))
      break;
  }
  return last;
}

function isLocalInclude(tree: SyntaxTree, item: SyntaxNode): boolean {
  if (item.kind !== "include") return false;
  const path = tokenWithRole(item, "path");
  return path !== undefined && isLocal(textOf(tree, path).replace(/^[<"]+/u, ""));
}

/** `local/` belongs to the machine's owner. */
function isLocal(path: string): boolean {
  return /^(?:\/etc\/apparmor\.d\/)?local\//u.test(path);
}

/** The place of a rule's kind in the order in which profiles conventionally name things. */
export function kindRank(value: RuleValue): number {
  return rankIn(bodyOrder, `${value.kind}-rule`);
}

/** True for a rule that denies. */
export function isDeny(value: RuleValue): boolean {
  return value.qualifiers.access === "deny";
}

/** The rule whose path shares most leading parts with the new one; among equals the last. */
function nearestFileRule(rules: readonly PlacedRule[], value: FileRuleValue): PlacedRule | undefined {
  let best: PlacedRule | undefined;
  let most = -1;
  for (const rule of rules) {
    if (rule.value.kind !== "file") continue;
    const shared = sharedParts(rule.value.path, value.path);
    const score = shared * 2 + (rule.value.qualifiers.owner === value.qualifiers.owner ? 1 : 0);
    if (score >= most) {
      best = rule;
      most = score;
    }
  }
  return best;
}

/**
 * What `sharedParts` counts, to look up: the path and its beginnings, longest first, and last the empty one, which all
 * paths have.
 */
export function pathSteps(path: string | null): string[] {
  const parts = (path ?? "").split("/");
  const least = parts[0] === "" ? 2 : 1;
  const steps: string[] = [];
  for (let count = parts.length; count >= least; count--) steps.push(parts.slice(0, count).join("/"));
  return [...steps, ""];
}

/** How many folders two paths share from the root on; `/` alone counts nothing. */
function sharedParts(a: string | null, b: string | null): number {
  const left = (a ?? "").split("/");
  const right = (b ?? "").split("/");
  let count = 0;
  while (count < Math.min(left.length, right.length) && left[count] === right[count]) count += 1;
  return left[0] === "" ? Math.max(count - 1, 0) : count;
}
