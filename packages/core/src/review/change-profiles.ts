import { profileModes, wordNamed, worstDanger, type Danger } from "../vocabulary/index.ts";
import { code, codes, listed, sayFlag, sayHead } from "../words/index.ts";
import type { ChangeSide, Gives, ReviewChange } from "./change.ts";
import { sideOf, type NewChange } from "./change-parts.ts";
import type { ProfileParts } from "./parts.ts";

/** A profile that came. Its rules are changes of their own. */
export function addedProfile(at: ProfileParts): NewChange {
  const side = headSide(at);
  return {
    ...profileHead(at, "added"),
    before: null,
    after: side,
    sentence: `${side.sentence} It holds ${rulesIn(at)}.`,
    danger: side.danger,
    gives: "unclear",
  };
}

/** A profile that went, with all that it allowed and refused. */
export function removedProfile(at: ProfileParts): NewChange {
  const side = headSide(at);
  const isOuter = at.parent === null;
  const what = nameOf(at);
  return {
    ...profileHead(at, "removed"),
    before: side,
    after: null,
    sentence: isOuter
      ? `${what} is gone, with ${rulesIn(at)}: where nothing else confines what it confined, nothing is refused to it any longer.`
      : `${what} is gone, with ${rulesIn(at)}: what leads to it finds it no longer.`,
    danger: isOuter ? (wordNamed(profileModes, "unconfined")?.danger ?? null) : null,
    gives: isOuter ? "more" : "unclear",
  };
}

/** What is different between the heads of one profile in two revisions; its file only where that is no new name of the file. */
export function changedHead(before: ProfileParts, after: ProfileParts, fileRenamed: boolean): readonly NewChange[] {
  const [from, to] = [before.profile, after.profile];
  const found: NewChange[] = [];
  const add = (
    subject: ReviewChange["subject"],
    act: ReviewChange["act"],
    sentence: string,
    gives: Gives,
    danger: Danger | null = null,
  ): void => {
    found.push({
      ...profileHead(after, act),
      subject,
      before: headSide(before),
      after: headSide(after),
      sentence,
      gives,
      danger,
    });
  };
  if (from.name !== to.name) {
    add(
      "profile",
      "renamed",
      `${nameOf(before)} is called ${code(to.name)} now. Rules that name it must name it so.`,
      "other",
    );
  }
  if (before.file.path !== after.file.path && !fileRenamed) {
    add("profile", "changed", `${nameOf(after)} stands in ${code(after.file.path)} now.`, "same");
  }
  if (from.form !== to.form) {
    add(
      "profile",
      "changed",
      `${code(after.name)} is a ${to.form === "hat" ? "hat" : "child profile"} now.`,
      "unclear",
    );
  }
  if (before.context !== after.context) {
    add("profile", "changed", `${nameOf(after)} stands under other conditions now.`, "unclear");
  }
  // Of a profile that is named by its path, the name says it.
  if (
    from.attachment !== to.attachment &&
    (from.name === to.name || from.attachment !== from.name || to.attachment !== to.name)
  ) {
    add("attachment", "changed", attachmentSentence(before, after), "other");
  }
  if (!sameWords(from.xattrs, to.xattrs)) {
    add(
      "xattrs",
      "changed",
      `${nameOf(after)} asks for ${xattrWords(to.xattrs)} in place of ${xattrWords(from.xattrs)}.`,
      "other",
    );
  }
  return [...found, ...flagChanges(before, after)];
}

function xattrWords(xattrs: readonly string[]): string {
  return xattrs.length === 0 ? "no extended attribute" : `the extended attributes ${codes(xattrs)}`;
}

function attachmentSentence(before: ProfileParts, after: ProfileParts): string {
  const [from, to] = [before.profile.attachment, after.profile.attachment];
  if (from === null) return `${nameOf(after)} is attached to ${code(to ?? "")} now, and was attached to nothing.`;
  if (to === null) return `${nameOf(after)} is attached to nothing now, and was to ${code(from)}.`;
  return `${nameOf(after)} is attached to ${code(to)} in place of ${code(from)}.`;
}

function flagChanges(before: ProfileParts, after: ProfileParts): readonly NewChange[] {
  const [from, to] = [before.profile.flags, after.profile.flags];
  const gained = to.filter((flag) => !from.includes(flag));
  const lost = from.filter((flag) => !to.includes(flag));
  if (gained.length + lost.length === 0) return [];
  const [was, is] = [modeOf(from), modeOf(to)];
  const gives = gained.concat(lost).every(isMode) ? modeGives(was.danger, is.danger, was.name === is.name) : "unclear";
  const said = [
    ...(gained.length === 0 ? [] : [`bears ${codes(gained)} now`]),
    ...(lost.length === 0 ? [] : [`no longer bears ${codes(lost)}`]),
  ];
  const meanings = gained.map((flag) => sayFlag(flag).sentence);
  const dangers = gained.flatMap((flag) => sayFlag(flag).danger ?? []);
  return [
    {
      ...profileHead(after, "changed"),
      subject: "flags",
      before: headSide(before),
      after: headSide(after),
      sentence: [`${nameOf(after)} ${listed(said)}.`, ...meanings].join(" "),
      gives,
      danger: gives === "less" || gives === "same" || dangers.length === 0 ? null : worstDanger(dangers),
    },
  ];
}

function isMode(flag: string): boolean {
  return wordNamed(profileModes, flag) !== undefined;
}

function modeOf(flags: readonly string[]): { readonly name: string; readonly danger: Danger } {
  const name = flags.find(isMode) ?? "enforce";
  return { name, danger: wordNamed(profileModes, name)?.danger ?? "low" };
}

function modeGives(was: Danger, is: Danger, same: boolean): Gives {
  if (same || was === is) return same ? "same" : "other";
  return worstDanger([was, is]) === is ? "more" : "less";
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word) => other.includes(word));
}

function profileHead(
  { file, name }: ProfileParts,
  act: ReviewChange["act"],
): Pick<NewChange, "subject" | "act" | "kind" | "file" | "profile" | "brings"> {
  return { subject: "profile", act, kind: null, file: file.path, profile: name, brings: null };
}

function headSide(at: ProfileParts): ChangeSide {
  const head = sayHead(at.profile, at.parent?.profile ?? null);
  const dangers = head.flags.flatMap(({ danger }) => danger ?? []);
  const sentence = [head.lead, ...head.flags.map((flag) => flag.sentence)].join(" ");
  return sideOf(at.file, at.head, sentence, dangers.length === 0 ? null : worstDanger(dangers));
}

function nameOf({ profile, parent, name }: ProfileParts): string {
  return `The ${profile.form === "hat" ? "hat" : parent === null ? "profile" : "child profile"} ${code(name)}`;
}

function rulesIn({ parts }: ProfileParts): string {
  const count = parts.filter(({ view }) => view.subject === "rule").length;
  return count === 0 ? "no rule" : count === 1 ? "1 rule" : `${count} rules`;
}
