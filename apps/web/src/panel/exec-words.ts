import type { ExecMode } from "@hauberk/core/rules";
import { execModeNamed, type ExecModeWord } from "@hauberk/core/vocabulary";

/** What is known around a rule that runs a program. */
export interface ExecSurroundings {
  /** The program of this profile always sets no_new_privs (kept in `hauberk.json`). */
  readonly noNewPrivs: boolean;
  /** Names and attachments of the profiles of the design. */
  readonly profiles: readonly string[];
  /** Names of this profile's child profiles. */
  readonly children: readonly string[];
}

/** A remark on an exec choice: what will go wrong, and what works instead. */
export interface ExecRemark {
  readonly tone: "bad" | "warn" | "info";
  readonly words: string;
  /** A mode that works instead. */
  readonly instead: ExecMode | null;
}

/**
 * What can be said of running `path` with `mode`. A glob in the path may fit several profiles, so that a missing one is not
 * claimed there. That no_new_privs forbids a change to another profile is the kernel's rule, measured on 6.1, 6.12 and 7.2.
 */
export function execRemarks(
  path: string,
  mode: ExecMode | null,
  target: string | null,
  around: ExecSurroundings,
): ExecRemark[] {
  const word = mode === null ? undefined : execModeNamed(mode);
  if (mode === null || word === undefined || word.goal === "inherit" || word.goal === "none") return [];
  const remarks: ExecRemark[] = [];
  if (around.noNewPrivs && !word.worksUnderNoNewPrivs) {
    remarks.push({
      tone: "bad",
      words: `The program sets no_new_privs, and the kernel then refuses every change of profile at exec: \`${mode}\` fails. \`ix\` runs it within this profile.`,
      instead: "ix",
    });
  }
  if (word.goal === "unconfined") {
    remarks.push({
      tone: "warn",
      words: "Whoever controls its input has left this profile.",
      instead: word.scrubs ? null : "Ux",
    });
  }
  const remark = missingProfile(path, target, word, around);
  if (remark !== null) remarks.push(remark);
  if (!word.scrubs) {
    const cleaner = scrubbing(mode);
    remarks.push({
      tone: "warn",
      words: `The environment is handed over as it is, \`LD_PRELOAD\` included.${cleaner === null ? "" : ` \`${cleaner}\` cleans it.`}`,
      instead: cleaner,
    });
  }
  return remarks;
}

/** The mode that does the same with a clean environment. */
function scrubbing(mode: ExecMode): ExecMode | null {
  const pairs: Partial<Record<ExecMode, ExecMode>> = {
    ux: "Ux",
    px: "Px",
    cx: "Cx",
    pix: "Pix",
    cix: "Cix",
    pux: "PUx",
    cux: "CUx",
  };
  return pairs[mode] ?? null;
}

function missingProfile(
  path: string,
  target: string | null,
  word: ExecModeWord,
  around: ExecSurroundings,
): ExecRemark | null {
  const wanted = target ?? path;
  const child = word.goal === "child";
  const where = child ? around.children : around.profiles;
  const certain = target !== null || !/[*?[{@]/.test(path);
  if (word.goal === "unconfined" || !certain || where.includes(wanted)) return null;
  const what = child ? "This profile has no child profile" : "The design has no profile";
  if (word.fallback === null) {
    return {
      tone: "warn",
      words: child
        ? `${what} for \`${wanted}\`: the exec fails with “permission denied” (profile transition not found). \`ix\` runs it within this profile.`
        : `${what} for \`${wanted}\`. Unless the target machine has one, the exec fails with “permission denied” (profile transition not found). \`ix\` runs it within this profile.`,
      instead: "ix",
    };
  }
  const inherits = word.fallback === "inherit";
  return {
    tone: inherits ? "info" : "warn",
    words: `${what} for \`${wanted}\`. Without one on the target machine it ${inherits ? "stays within this profile" : "runs without any profile"}.`,
    instead: null,
  };
}
