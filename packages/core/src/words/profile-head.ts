import type { ProfileView } from "../design/index.ts";
import {
  dangerRank,
  type Danger,
  profileFlags,
  type ProfileModeWord,
  profileModes,
  wordNamed,
} from "../vocabulary/index.ts";
import { code, codes, clause } from "./lists.ts";
import { sayPaths } from "./paths.ts";

/** What the head of a profile says. */
export interface HeadWords {
  /** Whom it confines and how strictly, in a sentence or two. */
  readonly lead: string;
  /** A sentence for the mode and for each flag beside it. */
  readonly flags: readonly { readonly sentence: string; readonly danger: Danger | null }[];
}

/** The head of a profile, child profile or hat in words. `parent` is the profile that it stands in. */
export function sayHead(profile: ProfileView, parent: ProfileView | null = null): HeadWords {
  const mode = modeOf(profile.flags);
  return {
    lead: `${whom(profile, parent)} ${strictness(mode)}`,
    // The lead says all of a mode that gives nothing away.
    flags: profile.flags.filter((flag) => !saidByLead.has(flag)).map((flag) => sayFlag(flag)),
  };
}

const saidByLead: ReadonlySet<string> = new Set(["enforce", "kill"]);

/** The mode that a profile's flags set; `enforce` where they name none. */
export function modeOf(flags: readonly string[]): ProfileModeWord["name"] {
  return flags.find((flag) => wordNamed(profileModes, flag) !== undefined) ?? "enforce";
}

function whom(profile: ProfileView, parent: ProfileView | null): string {
  const { name, attachment, form } = profile;
  const named =
    name === ""
      ? "This profile"
      : `The ${form === "hat" ? "hat" : parent === null ? "profile" : "child profile"} ${code(name)}`;
  if (form === "hat") {
    const owner = parent === null ? "its profile" : code(parent.name);
    return `${named} is for parts of a program under ${owner} that put themselves under it while they run.`;
  }
  if (parent !== null) {
    const about = attachment === null ? "" : `, which fits ${sayPaths([attachment]).words},`;
    return `${named}${about} confines what a program under ${code(parent.name)} starts into it.`;
  }
  if (attachment === null) {
    return `${named} is attached to no program: it confines what is put under it by name, by a service manager, a container engine or another profile.`;
  }
  const xattrs = profile.xattrs.length === 0 ? "" : `, where the file carries ${codes(profile.xattrs)}`;
  const subject = name === attachment ? "This profile" : named;
  return `${subject} confines ${sayPaths([attachment]).words}${xattrs}, whichever user starts it, root too; a confined program starts it as its own profile says.`;
}

/** In a word; of the modes that give something away the flag's own sentence says more. */
function strictness(mode: string): string {
  if (mode === "complain") return "It only watches: nothing is refused but what a `deny` names.";
  if (mode === "kill") return "What no rule allows is refused, and the program is killed.";
  if (mode === "unconfined") return "It confines nothing.";
  if (mode === "default_allow") return "It refuses nothing.";
  if (mode === "prompt") return "A person is asked.";
  return "What no rule allows is refused and logged.";
}

/** A flag in words. */
export function sayFlag(flag: string): { readonly sentence: string; readonly danger: Danger | null } {
  const [name = "", value] = flag.split("=", 2);
  const mode = wordNamed(profileModes, name);
  if (mode !== undefined) {
    const danger = dangerRank(mode.danger) > dangerRank("low") ? mode.danger : null;
    return { sentence: `Mode ${code(name)}: ${clause(mode.sentence)}.`, danger };
  }
  const word = wordNamed(profileFlags, name);
  if (word === undefined) return { sentence: `Bears the flag ${code(flag)}.`, danger: null };
  const to = value === undefined ? "" : ` Here: ${code(value)}.`;
  return { sentence: `Flag ${code(name)}: ${clause(word.sentence)}.${to}`, danger: null };
}
