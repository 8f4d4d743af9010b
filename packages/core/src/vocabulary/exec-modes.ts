import type { Danger } from "./danger.ts";

/** Where the started program goes first. */
export type ExecGoal = "inherit" | "profile" | "child" | "unconfined" | "none";

/** How a program started through a file rule is confined. */
export interface ExecModeWord {
  readonly name:
    | "ix"
    | "px"
    | "Px"
    | "cx"
    | "Cx"
    | "ux"
    | "Ux"
    | "pix"
    | "Pix"
    | "cix"
    | "Cix"
    | "pux"
    | "PUx"
    | "cux"
    | "CUx"
    | "x";
  readonly title: string;
  readonly sentence: string;
  readonly goal: ExecGoal;
  /** Where it goes if no profile is found; null where the start is then refused. */
  readonly fallback: "inherit" | "unconfined" | null;
  /** The environment is cleared of LD_PRELOAD and its kin, as for set-user-id programs. */
  readonly scrubs: boolean;
  /** `-> NAME` may stand behind it. With `ix` the parsers take one too, without effect worth having. */
  readonly takesTarget: boolean;
  /** Works in a program that has set no_new_privs, as services with `NoNewPrivileges=` and self-sandboxing programs do. */
  readonly worksUnderNoNewPrivs: boolean;
  readonly danger: Danger;
}

interface Goal {
  readonly goal: ExecGoal;
  readonly title: string;
  readonly where: string;
}

const profile: Goal = {
  goal: "profile",
  title: "own profile",
  where: "Runs under the profile whose attachment fits the program, or the one named after `->`.",
};
const child: Goal = {
  goal: "child",
  title: "child profile",
  where: "Runs under a child profile of this one that fits the program, or the one named after `->`.",
};
const unconfined: Goal = { goal: "unconfined", title: "unconfined", where: "Runs without any profile." };

const refused = "Refused where there is none.";
const inherits = "Where there is none it runs under this profile.";
const escapes = "Where there is none it runs without any profile.";
const keepsEnvironment =
  "The environment is passed on as it is, LD_PRELOAD included: this profile can steer the program.";
const scrubsEnvironment = "The environment is scrubbed.";

function mode(
  name: ExecModeWord["name"],
  { goal, title, where }: Goal,
  fallback: ExecModeWord["fallback"],
  scrubs: boolean,
  danger: Danger,
): ExecModeWord {
  const otherwise =
    goal === "unconfined"
      ? ""
      : fallback === null
        ? ` ${refused}`
        : fallback === "inherit"
          ? ` ${inherits}`
          : ` ${escapes}`;
  const last = fallback === null ? "" : fallback === "inherit" ? ", else inherit" : ", else unconfined";
  return {
    name,
    title: `${title}${last}${scrubs ? "" : ", environment kept"}`,
    sentence: `${where}${otherwise} ${scrubs ? scrubsEnvironment : keepsEnvironment}`,
    goal,
    fallback,
    scrubs,
    takesTarget: goal === "profile" || goal === "child",
    worksUnderNoNewPrivs: false,
    danger,
  };
}

/**
 * All exec modes, the advisable ones first. A leading capital scrubs the environment; `i` is the fall-back to inheriting, a
 * `u` in second place the fall-back to running unconfined. `x` alone stands with `deny` only, the others never do.
 */
export const execModes: readonly ExecModeWord[] = [
  {
    name: "ix",
    title: "inherit",
    sentence:
      "Runs under this same profile, with all its rights and no others. A fork inherits always, this is about starting a program file.",
    goal: "inherit",
    fallback: null,
    scrubs: false,
    takesTarget: false,
    worksUnderNoNewPrivs: true,
    danger: "low",
  },
  mode("Px", profile, null, true, "low"),
  mode("Cx", child, null, true, "low"),
  mode("Pix", profile, "inherit", true, "low"),
  mode("Cix", child, "inherit", true, "low"),
  mode("PUx", profile, "unconfined", true, "high"),
  mode("CUx", child, "unconfined", true, "high"),
  mode("Ux", unconfined, null, true, "high"),
  mode("px", profile, null, false, "medium"),
  mode("cx", child, null, false, "medium"),
  mode("pix", profile, "inherit", false, "medium"),
  mode("cix", child, "inherit", false, "medium"),
  mode("pux", profile, "unconfined", false, "total"),
  mode("cux", child, "unconfined", false, "total"),
  mode("ux", unconfined, null, false, "total"),
  {
    name: "x",
    title: "execute (deny only)",
    sentence: "Starting the program is refused, whatever other rules say. Stands with `deny` only.",
    goal: "none",
    fallback: null,
    scrubs: false,
    takesTarget: false,
    worksUnderNoNewPrivs: true,
    danger: "low",
  },
];

/** The exec mode of that spelling, or undefined. Upper and lower case differ. */
export function execModeNamed(name: string): ExecModeWord | undefined {
  return execModes.find((candidate) => candidate.name === name);
}
