import {
  blockAround,
  headOf,
  heldValue,
  isDropped,
  qualifiersOfBlocks,
  type FileView,
  type ProfileRule,
} from "../design/index.ts";
import { readQualifiers, type Qualifiers, type RuleValue } from "../rules/index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/index.ts";
import { shown } from "./check-words.ts";
import { lineOf } from "./edit-rule.ts";

/** What a rule has to say itself so that `to` holds where it stands: what the blocks around it give is not written again. */
export function ownValue(tree: SyntaxTree, placed: ProfileRule, to: RuleValue): RuleValue {
  const held = heldValue(tree, placed).qualifiers;
  const own = placed.rule.value.qualifiers;
  const { priority, audit, quiet, access, owner } = to.qualifiers;
  return {
    ...to,
    qualifiers: {
      priority: priority === held.priority ? own.priority : priority,
      audit: audit === held.audit ? own.audit : audit,
      quiet: quiet === held.quiet ? own.quiet : quiet,
      access: access === held.access ? own.access : access,
      owner: owner === held.owner ? own.owner : owner,
    },
  };
}

/**
 * Why a rule can't be so while the blocks around it stand; null where it can. What a block gives can't be taken from one
 * rule in it, and some of what a rule says in a block is heeded by no parser, or by old ones only.
 */
export function blockRefusal(file: FileView, placed: ProfileRule, to: RuleValue): string | null {
  const block = blockAround(placed);
  if (block === undefined) return null;
  const { tree } = file;
  const was = heldValue(tree, placed).qualifiers;
  const now = to.qualifiers;
  const given = qualifiersOfBlocks(tree, placed);
  if (isDropped(placed)) {
    return sameQualifiers(was, now)
      ? null
      : `the parser forgets this rule where it stands: ${name(file, block)} keeps only rules about files`;
  }
  for (const [word, gone] of lostWords(given, was, now)) {
    if (!gone) continue;
    const giver = placed.within.find((node) => gives(tree, node, word)) ?? block;
    return `${name(file, giver)} gives \`${word}\` to every rule in it: this one alone can't be without`;
  }
  if (to.kind === "file" && to.exec !== null && given.access === "deny")
    return `no parser takes a permission to execute in a block that denies, as ${name(file, block)} does`;
  if (now.access !== was.access && (now.access === "deny" || now.access === "prompt"))
    return `parsers from AppArmor 4 on make an allow of a \`${now.access}\` in ${name(file, block)}: the access of the block takes its place`;
  if (now.audit && !was.audit && given.access === "deny")
    return `parsers from AppArmor 4 on forget an \`audit\` in ${name(file, block)}`;
  return null;
}

type GivenWord = "audit" | "quiet" | "deny" | "prompt" | "owner" | "other";

/** What blocks give, and whether the rule shall be without it. */
function lostWords(given: Qualifiers, was: Qualifiers, now: Qualifiers): readonly (readonly [GivenWord, boolean])[] {
  return [
    ["audit", given.audit && !now.audit],
    ["quiet", given.quiet && !now.quiet],
    ["deny", given.access === "deny" && now.access !== "deny"],
    ["prompt", given.access === "prompt" && now.access !== "prompt" && now.access !== "deny"],
    [given.owner ?? "owner", given.owner !== null && now.owner !== was.owner],
  ];
}

function gives(tree: SyntaxTree, node: SyntaxNode, word: GivenWord): boolean {
  if (node.kind !== "qualified-block") return false;
  const { audit, quiet, access, owner } = readQualifiers(tree, node);
  return word === "audit" ? audit : word === "quiet" ? quiet : access === word || owner === word;
}

function sameQualifiers(one: Qualifiers, other: Qualifiers): boolean {
  return (
    one.priority === other.priority &&
    one.audit === other.audit &&
    one.quiet === other.quiet &&
    one.access === other.access &&
    one.owner === other.owner
  );
}

function name(file: FileView, block: SyntaxNode): string {
  const head = headOf(file.tree, block);
  return `the block \`${shown(head === "" ? "{ … }" : `${head} { … }`)}\` in line ${lineOf(file, block)}`;
}
