import type { FileRuleValue } from "../rules/index.ts";
import {
  type Danger,
  execModeNamed,
  filePermissions,
  isHarmlessDevice,
  type SensitivePath,
  sensitivePath,
  sensitiveSamples,
  wordNamed,
  worstDanger,
} from "../vocabulary/index.ts";
import { fitsGlob } from "./glob-fit.ts";

/** What a file rule opens. A whole tree is worse than a file in it. */
export function fileDanger(value: FileRuleValue): Danger {
  const { path, permissions, exec, safety } = value;
  const mode = exec === null ? undefined : execModeNamed(exec);
  // To load as code what it can't change is what every program does with its libraries.
  const graded = permissions.filter((letter) => letter !== "m");
  const letters = graded.flatMap((letter) => wordNamed(filePermissions, letter)?.danger ?? []);
  const starts = mode === undefined ? [] : [mode.danger, ...(safety === "unsafe" ? (["medium"] as const) : [])];
  const runs = permissions.includes("m") || exec === "ix";
  // What was written can then be run.
  const runsWritten = runs && permissions.includes("w") ? (["high"] as const) : [];
  const runsOthers = runs && isFilledByOthers(path ?? "") ? (["medium"] as const) : [];
  const sensitive = sensitiveOf(value);
  return worstDanger([
    ...(path !== null && isHarmlessDevice(path) ? [] : letters),
    ...starts,
    ...runsWritten,
    ...runsOthers,
    ...reachDangers(value),
    ...(sensitive === null ? [] : [sensitive.danger]),
  ]);
}

/** What makes the path worth more than others, where the rule reads or writes it; of a glob, the gravest that it takes in. */
export function sensitiveOf({ path, permissions }: FileRuleValue): SensitivePath | null {
  const writes = permissions.some((letter) => letter === "w" || letter === "a" || letter === "l");
  if (path === null || (!writes && !permissions.includes("r"))) return null;
  const known = sensitivePath(path, writes);
  // What is said of the path by its text is closer; of everything there is nothing to single out.
  if (known !== null || !/[*?[{]/u.test(path) || reachOf(path) === "all") return known;
  return sensitiveSamples.find((sample) => (writes || sample.by === "read") && fitsGlob(path, sample.path)) ?? null;
}

/** Folders in which every user, or the program's own user, puts files. */
function isFilledByOthers(path: string): boolean {
  return /^(?:\/tmp|\/var\/tmp|\/dev\/shm|\/home\/[^/]+|@\{HOME\})\//u.test(path);
}

function reachDangers({ path, permissions }: FileRuleValue): readonly Danger[] {
  const changes = permissions.includes("w");
  const reach = reachOf(path ?? "");
  if (reach === "all") return [changes ? "total" : "high"];
  return reach === "tree" ? [changes ? "high" : "medium"] : [];
}

/** `all`: the whole file tree; `tree`: a whole top folder of the system, or everything of a user. */
function reachOf(path: string): "all" | "tree" | null {
  if (/^\/(?:\{,?\*\*\}|\*\*)$/u.test(path)) return "all";
  return /^(?:\/(?:etc|usr|var|home|root|boot|dev|proc|sys|bin|sbin|lib|home\/\*)|@\{(?:HOME|PROC|sys|HOMEDIRS)\})\/(?:\*\*|\{,\*\*\})$/u.test(
    path,
  )
    ? "tree"
    : null;
}
