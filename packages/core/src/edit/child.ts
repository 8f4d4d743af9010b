import type { FileView, ProfileView } from "../design/index.ts";
import { nameWord, pathWord } from "../rules/index.ts";
import { tokenWithRole, textOf, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkAttachment, checkProfileName, shown } from "./check-words.ts";
import { containerAround, type Container } from "./container.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { openContainer } from "./edit-rule.ts";
import { checkFlag } from "./flags.ts";
import { indentFor, insertItem, type Place } from "./insert-item.ts";
import { eolAt, isBlank, lineEnd } from "./lines.ts";
import { removeItem } from "./remove-item.ts";

/** A child profile or hat to be. */
export interface NewChild {
  readonly form: "profile" | "hat";
  readonly name: string;
  /** The programs it attaches to; a hat has none. */
  readonly attachment?: string;
  readonly flags?: readonly string[];
}

/** Puts an empty child profile or hat into a profile: behind its last child, else behind its rules, with a blank line. */
export function addChild(file: FileView, parent: ProfileView, child: NewChild): EditOutcome {
  const reason = checkChild(parent, child);
  if (reason !== null) return refuse(reason);
  const container = openContainer(file, parent);
  if (typeof container === "string") return refuse(container);
  const place = placeForChild(container);
  const head = headOf(child);
  const inLines = file.tree.text.slice(container.open, container.close).includes("\n");
  const indent = indentFor(container, place.after?.end ?? container.open);
  const text = inLines ? `${head}${eolAt(file.tree.text, container.open)}${indent}}` : `${head} }`;
  const what = child.form === "hat" ? "hat" : "child profile";
  return accept(file, `add ${what} ${shown(child.name)}`, [insertItem(container, place, text)]);
}

/** Takes a profile, child profile or hat away, with all that is in it. Comments outside of its braces stay. */
export function removeProfile(file: FileView, profile: ProfileView): EditOutcome {
  const container = containerAround(file, profile.node);
  const closed = profile.body !== undefined && tokenWithRole(profile.body, "close") !== undefined;
  if (container === undefined || !closed) {
    return refuse(`the braces of \`${shown(profile.name)}\` or around it are not closed; mend them first`);
  }
  const what = profile.form === "hat" ? "hat" : "profile";
  return accept(file, `remove ${what} ${shown(profile.name)}`, [removeItem(container, profile.node)]);
}

function checkChild(parent: ProfileView, { form, name, attachment, flags = [] }: NewChild): string | null {
  const what = form === "hat" ? "the hat" : "the child profile";
  const reason = checkProfileName(name, `the name of ${what}`);
  if (reason !== null) return reason;
  if (/\/\//u.test(name)) return "the name may not hold `//`, which parts a child from its parent";
  if (parent.form === "hat") return "a hat holds neither child profiles nor hats; add it to the profile around the hat";
  if (form === "hat" && attachment !== undefined) return "a hat has no attachment: the program changes into it by name";
  if (parent.children.some((child) => child.name === name)) {
    return `\`${shown(parent.name)}\` has a child or hat \`${shown(name)}\` already`;
  }
  if (attachment !== undefined) {
    const wrong = checkAttachment(attachment);
    if (wrong !== null) return wrong;
  }
  for (const flag of flags) {
    const wrong = checkFlag(flag);
    if (wrong !== null) return wrong;
  }
  return null;
}

function headOf({ form, name, attachment, flags = [] }: NewChild): string {
  const words = [form === "hat" ? `^${nameWord(name)}` : `profile ${nameWord(name)}`];
  if (attachment !== undefined && attachment !== name) words.push(pathWord(attachment));
  if (flags.length > 0) words.push(`flags=(${flags.join(", ")})`);
  return [...words, "{"].join(" ");
}

/** Behind the last child; else behind the last rule, before what the machine's owner adds where a blank line parts that. */
function placeForChild(container: Container): Place {
  const { items, tree } = container;
  const last = items.findLast(({ kind }) => kind === "profile" || kind === "hat");
  if (last !== undefined) return { after: last, sameGroup: false, apart: true };
  const rules = items.filter(({ kind }) => kind !== "error");
  const before = rules.findLast((item) => !isLocalInclude(tree, item));
  const parted = before !== undefined && before !== rules.at(-1) && isParted(container, before);
  return { after: (parted ? before : rules.at(-1)) ?? null, sameGroup: false, apart: true };
}

function isParted({ tree: { text } }: Container, item: SyntaxNode): boolean {
  const end = lineEnd(text, item.end);
  return isBlank(text.slice(end, lineEnd(text, end))) && text.slice(end, lineEnd(text, end)).includes("\n");
}

function isLocalInclude(tree: SyntaxTree, item: SyntaxNode): boolean {
  const path = item.kind === "include" ? tokenWithRole(item, "path") : undefined;
  return path !== undefined && /^[<"]?(?:\/etc\/apparmor\.d\/)?local\//u.test(textOf(tree, path));
}
