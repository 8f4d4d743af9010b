import { execArms } from "@hauberk/core/analysis";
import type { ExecMode } from "@hauberk/core/rules";
import { execModeNamed, type ExecModeWord } from "@hauberk/core/vocabulary";

import type { ExecSurroundings } from "./exec-surroundings.ts";

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
  const arms = execArms({ path, exec: mode, execTarget: target }, around.from, around.map);
  for (const { to } of arms) if (to.kind === "missing") remarks.push(missingRemark(to.name, word, around));
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

function missingRemark(wanted: string, word: ExecModeWord, { target }: ExecSurroundings): ExecRemark {
  const child = word.goal === "child";
  const what = child
    ? "This profile has no child profile"
    : target === null
      ? "The design has no profile"
      : `Neither the design nor the target \`${target}\` has a profile`;
  const unless = child || target !== null ? "The" : "Unless the target machine has one, the";
  if (word.fallback === null) {
    return {
      tone: "warn",
      words: `${what} for \`${wanted}\`. ${unless} exec fails with “permission denied” (profile transition not found). \`ix\` runs it within this profile.`,
      instead: "ix",
    };
  }
  const inherits = word.fallback === "inherit";
  const there = child ? "" : " Without one on the machine";
  return {
    tone: inherits ? "info" : "warn",
    words: `${what} for \`${wanted}\`.${there === "" ? " Until there is one" : there} it ${inherits ? "stays within this profile" : "runs without any profile"}.`,
    instead: null,
  };
}
