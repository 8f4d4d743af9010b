import type { FileView, ProfileView } from "../design/index.ts";
import { nameWord, pathWord } from "../rules/index.ts";
import { isNode, tokenWithRole, textOf, type SyntaxElement } from "../syntax/index.ts";
import type { TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkAttachment, checkProfileName, shown } from "./check-words.ts";
import type { EditOutcome } from "./edit-outcome.ts";

/**
 * Renames a profile, child profile or hat. Where the name is a path it is the attachment too: a new name that is none
 * leaves that path behind as the attachment.
 */
export function setName(file: FileView, profile: ProfileView, name: string): EditOutcome {
  const reason = checkProfileName(name, "the name of the profile");
  if (reason !== null) return refuse(reason);
  const token = tokenWithRole(profile.node, "name");
  if (token === undefined) return refuse("the profile has no name that could be changed; mend its first line first");
  if (name === profile.name) return accept(file, `rename to ${shown(name)}`, []);
  const siblings = siblingsOf(file.profiles, profile) ?? file.profiles;
  if (siblings.some((other) => other !== profile && other.name === name)) {
    return refuse(`another profile beside it is called \`${shown(name)}\` already`);
  }
  const label = `rename ${shown(profile.name)} to ${shown(name)}`;
  const attachesByName = profile.form === "profile" && isPath(profile.name) && !hasAttachment(profile);
  // Without the keyword only a name from `/` on is taken for one.
  const keyword = profile.form === "hat" || profile.keyword || name.startsWith("/") ? "" : "profile ";
  if (isPath(name)) {
    const reasonOfPath = profile.form === "hat" ? null : checkAttachment(name);
    if (reasonOfPath !== null) return refuse(reasonOfPath);
    return accept(file, label, [replace(token, `${keyword}${pathWord(name)}`)]);
  }
  const attachment = attachesByName ? ` ${textOf(file.tree, token)}` : "";
  return accept(file, label, [replace(token, `${keyword}${nameWord(name)}${attachment}`)]);
}

/** Says which programs the profile attaches to; null takes the attachment away, so that only rules lead into it. */
export function setAttachment(file: FileView, profile: ProfileView, attachment: string | null): EditOutcome {
  if (profile.form === "hat") return refuse("a hat has no attachment: the program changes into it by name");
  const token = tokenWithRole(profile.node, "attachment");
  const previous = token === undefined ? undefined : elementBefore(profile, token.start);
  if (attachment === null) {
    if (token === undefined || previous === undefined) {
      return refuse(
        isPath(profile.name)
          ? "the name is the attachment; give the profile a name that is no path first"
          : "the profile has no attachment",
      );
    }
    return accept(file, `remove the attachment of ${shown(profile.name)}`, [
      replace({ start: previous.end, end: token.end }, ""),
    ]);
  }
  const reason = checkAttachment(attachment);
  if (reason !== null) return refuse(reason);
  const label = `attach ${shown(profile.name)} to ${shown(attachment)}`;
  if (attachment === profile.attachment) return accept(file, label, []);
  if (token !== undefined) return accept(file, label, [replace(token, pathWord(attachment))]);
  const name = tokenWithRole(profile.node, "name");
  if (name === undefined) return refuse("the profile has no name yet; give it one first");
  const behind = replace({ start: name.end, end: name.end }, ` ${pathWord(attachment)}`);
  return accept(file, label, [behind]);
}

/** The last significant element of a profile's head before an offset. */
export function elementBefore(profile: ProfileView, offset: number): SyntaxElement | undefined {
  return profile.node.children.findLast((child) => child.end <= offset && (isNode(child) || !isTrivia(child.type)));
}

function isTrivia(type: string): boolean {
  return type === "whitespace" || type === "comment";
}

function hasAttachment(profile: ProfileView): boolean {
  return tokenWithRole(profile.node, "attachment") !== undefined;
}

function isPath(name: string): boolean {
  return name.startsWith("/") || name.startsWith("@{");
}

function siblingsOf(profiles: readonly ProfileView[], wanted: ProfileView): readonly ProfileView[] | undefined {
  if (profiles.includes(wanted)) return profiles;
  for (const { children } of profiles) {
    const found = siblingsOf(children, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function replace({ start, end }: { start: number; end: number }, newText: string): TextEdit {
  return { range: { start, end }, newText };
}
