import { nameWord, pathWord } from "../rules/index.ts";
import { checkAttachment, checkProfileName, checkText } from "./check-words.ts";

/** What a new profile begins as. */
export interface NewProfile {
  readonly name: string;
  /** Null where rules alone lead into the profile, or where the name is the path. */
  readonly attachment?: string | null;
  /** Such as `complain`; none by default. */
  readonly flags?: readonly string[];
  /** The name of the file below `apparmor.d/`, by which the machine's own additions are called. Default: the name. */
  readonly fileName?: string;
  /** Feature ABI; default `abi/3.0`, which every release of Debian and Ubuntu in care has. */
  readonly abi?: string;
  /** Files to include in the profile; default `abstractions/base`. */
  readonly includes?: readonly string[];
}

/**
 * Measured on Debian's kernels 6.1.192 and 6.12.117: from an unconfined process a program starts without this rule; started
 * by a confined one (`Px`, `Cx`) it dies by SIGSEGV without `r`, and where its first segment holds code (linked with
 * `-z noseparate-code`) without `m`. A script can't be read by its interpreter without `r`, whoever starts it.
 */
const ownProgramReason = "  # Started by another confined program, it is killed where it can't read and map itself.";

/** True for a name that is the path of the program. */
function isAttachment(name: string): boolean {
  return /^(?:[/]|@\{)/u.test(name);
}

/** The text of a new policy file with one profile, or why there can be none under this name. */
export function newProfileText(
  profile: NewProfile,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string } {
  const { name, attachment = null, flags = [], abi = "abi/3.0", includes = ["abstractions/base"] } = profile;
  const fileName = profile.fileName ?? fileNameFor(name);
  const reason =
    checkProfileName(name, "the name of the profile") ??
    (attachment === null ? null : checkAttachment(attachment)) ??
    (isAttachment(name) ? checkAttachment(name) : null) ??
    checkFileName(fileName) ??
    [abi, ...includes, ...flags].map(checkFilePart).find((found) => found !== null) ??
    null;
  if (reason !== null) return { ok: false, reason };
  const head = [
    "profile",
    nameWord(name),
    ...(attachment === null || attachment === name ? [] : [pathWord(attachment)]),
    ...(flags.length === 0 ? [] : [`flags=(${flags.join(", ")})`]),
    "{",
  ].join(" ");
  const program = attachment ?? (isAttachment(name) ? name : null);
  const lines = [
    `abi <${abi}>,`,
    "",
    "include <tunables/global>",
    "",
    head,
    ...includes.map((path) => `  include <${path}>`),
    "",
    ...(program === null ? [] : [ownProgramReason, `  ${pathWord(program)} mr,`, ""]),
    `  include if exists <local/${fileName}>`,
    "}",
    "",
  ];
  return { ok: true, text: lines.join("\n") };
}

/** The name that a profile's file has by custom: `/usr/bin/x` lies in `usr.bin.x`. */
export function fileNameFor(name: string): string {
  return name.replace(/^\/+/u, "").replaceAll("/", ".");
}

function checkFileName(name: string): string | null {
  if (/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,199}$/u.test(name)) return null;
  return "give the file a name of letters, digits and `. _ @ + -`";
}

function checkFilePart(text: string): string | null {
  if (/[\s<>"(),{}]/u.test(text) || text === "" || text.split("/").includes(".."))
    return "an include, abi or flag is one plain word";
  return checkText(text, "an include, abi or flag");
}
