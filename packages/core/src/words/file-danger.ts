import type { FileRuleValue } from "../rules/index.ts";
import {
  type Danger,
  dangerRank,
  execModeNamed,
  filePermissions,
  isHarmlessDevice,
  type SensitivePath,
  sensitivePath,
  sensitiveSamples,
  wordNamed,
  worstDanger,
} from "../vocabulary/index.ts";
import { globFit } from "./glob-fit.ts";
import { noValues, pathForms, type VariableValues } from "./variable-values.ts";

/** What is known of a file rule by its path, as written and by any value of its variables. */
interface FileWeight {
  readonly danger: Danger;
  readonly sensitive: SensitivePath | null;
  readonly everything: string | null;
}

/** What a file rule opens, as written or by any value of its variables. A whole tree is worse than a file in it. */
export function fileDanger(value: FileRuleValue, values: VariableValues): Danger {
  return weightOf(value, values).danger;
}

/**
 * What makes the path worth more than others, where the rule reads or writes it; of a glob, and of what its variables stand
 * for, the gravest. Of what comes to the same, what is said of the path as written.
 */
export function sensitiveOf(value: FileRuleValue, values: VariableValues): SensitivePath | null {
  return weightOf(value, values).sensitive;
}

/** The form of the path that takes in all files, where it is its variables that do it; else null. */
export function everythingBehind(value: FileRuleValue, values: VariableValues): string | null {
  return weightOf(value, values).everything;
}

/** The weights of rules that were asked for: an edit leaves nearly all of a profile's rules as they were. */
const weights = new Map<VariableValues, Map<string, FileWeight>>();
let countWeights = 0;
const mostWeights = 40_000;

function weightOf(value: FileRuleValue, known: VariableValues): FileWeight {
  const { path, permissions, exec, safety } = value;
  const values = path?.includes("@{") === true ? known : noValues;
  const key = `${permissions.join("")} ${exec} ${safety} ${path}`;
  const before = weights.get(values)?.get(key);
  if (before !== undefined) return before;
  const weight = freshWeight(value, values);
  if (countWeights >= mostWeights) {
    weights.clear();
    countWeights = 0;
  }
  const met = weights.get(values) ?? new Map<string, FileWeight>();
  weights.set(values, met.set(key, weight));
  countWeights++;
  return weight;
}

function freshWeight(value: FileRuleValue, values: VariableValues): FileWeight {
  const { path } = value;
  const paths = path === null ? [null] : pathForms(path, values);
  const forms = paths.map((form) => {
    const written = { ...value, path: form };
    return { written, sensitive: sensitiveForm(written) };
  });
  const found = forms.flatMap(({ sensitive }) => sensitive ?? []);
  const [sensitive = null] = found.toSorted((one, other) => dangerRank(other.danger) - dangerRank(one.danger));
  return {
    danger: worstDanger(forms.map((form) => formDanger(form.written, form.sensitive))),
    sensitive,
    everything: reachOf(path ?? "") === "all" ? null : (paths.find((form) => reachOf(form ?? "") === "all") ?? null),
  };
}

function formDanger(value: FileRuleValue, sensitive: SensitivePath | null): Danger {
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
  return worstDanger([
    ...(path !== null && isHarmlessDevice(path) ? [] : letters),
    ...starts,
    ...runsWritten,
    ...runsOthers,
    ...reachDangers(value),
    ...(sensitive === null ? [] : [sensitive.danger]),
  ]);
}

function sensitiveForm({ path, permissions }: FileRuleValue): SensitivePath | null {
  const writes = permissions.some((letter) => letter === "w" || letter === "a" || letter === "l");
  if (path === null || (!writes && !permissions.includes("r"))) return null;
  const known = sensitivePath(path, writes);
  // What is said of the path by its text is closer; of everything there is nothing to single out.
  if (known !== null || !/[*?[{]/u.test(path) || reachOf(path) === "all") return known;
  const fits = globFit(path);
  return sensitiveSamples.find((sample) => (writes || sample.by === "read") && fits(sample.path)) ?? null;
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
