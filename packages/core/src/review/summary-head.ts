import { wordNamed, profileModes, type Danger } from "../vocabulary/index.ts";
import { code, counted } from "../words/index.ts";
import type { ProfileParts } from "./parts.ts";

/** How many rules hold for a profile. */
export interface RuleCounts {
  readonly own: number;
  readonly taken: { readonly rules: number; readonly includes: number };
}

/** What each mode does with what no rule allows, to go on from the profile's name. */
const strictness: Readonly<Record<string, string>> = {
  enforce: "refuses what no rule allows",
  complain: "only watches and refuses nothing but what a `deny` names",
  kill: "kills the program for what no rule allows",
  unconfined: "confines nothing",
  default_allow: "refuses nothing",
  prompt: "asks a person about what no rule allows",
};

/** Whom a profile confines, how strictly, by how many rules, and how grave the gravest is: one sentence. */
export function summaryHead(at: ProfileParts, { own, taken }: RuleCounts, danger: Danger | null): string {
  const mode = at.profile.flags.find((flag) => wordNamed(profileModes, flag) !== undefined) ?? "enforce";
  const rules = [
    `${numbered(own, "rule")} of its own`,
    ...(taken.includes === 0
      ? []
      : [`${taken.rules === 0 ? "none" : counted(taken.rules)} taken in by ${numbered(taken.includes, "include")}`]),
  ];
  const gravest = danger === null ? "" : `; the gravest of it is of ${danger} danger`;
  return `${whom(at)} ${strictness[mode] ?? "refuses what no rule allows"}: ${rules.join(" and ")}${gravest}.`;
}

function whom({ profile, parent, name }: ProfileParts): string {
  const { attachment, form } = profile;
  if (form === "hat") return `The hat ${code(name)}, which parts of a program put themselves under,`;
  if (parent !== null) return `The child profile ${code(name)}, for what ${code(parent.name)} starts into it,`;
  if (attachment === null) return `The profile ${code(name)}, which programs are put under by name,`;
  return attachment === name
    ? `The profile of ${code(attachment)}`
    : `The profile ${code(name)} of ${code(attachment)}`;
}

function numbered(count: number, noun: string): string {
  return count === 0 ? `no ${noun}` : `${counted(count)} ${noun}${count === 1 ? "" : "s"}`;
}
