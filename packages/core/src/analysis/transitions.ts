import { effectiveQualifiers, isDropped, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import type { ChangeProfileRuleValue, ExecMode, FileRuleValue } from "../rules/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import { execModeNamed } from "../vocabulary/index.ts";
import { globTest, isPlainPath, type GlobTest } from "./glob-match.ts";
import type { KnownPolicy, KnownProfile } from "./known-profiles.ts";

/** Where a program can end up. */
export type Destination =
  | { readonly kind: "profile"; readonly profile: KnownProfile }
  /** A profile of this name, or one for this program, is in neither the design nor the target's tree. */
  | { readonly kind: "missing"; readonly name: string; readonly child: boolean }
  /** Which profile it is can't be told here: a glob, a variable of unknown value, another namespace. */
  | { readonly kind: "open"; readonly name: string | null; readonly child: boolean }
  | { readonly kind: "inherit" }
  | { readonly kind: "unconfined" };

/** One of the places that a transition leads to. */
export interface TransitionArm {
  readonly to: Destination;
  /** Taken only where the places before it do not exist. */
  readonly otherwise: boolean;
}

/** A way for the program of one profile to come under another one, or to start a program under its own. */
export interface Transition {
  /** Full name of the profile that it leads out of. */
  readonly from: string;
  /** `change_hat` needs no rule: the hats of a profile are open to its program. */
  readonly way: "exec" | "change_profile" | "change_hat";
  /** The program that is started; null for any, and for changes that need no start. */
  readonly program: string | null;
  readonly mode: ExecMode | null;
  readonly rule: ProfileRule | null;
  /** It stands in an `if` and may not hold. */
  readonly conditional: boolean;
  /** Never empty. */
  readonly arms: readonly TransitionArm[];
}

/** A known profile with the test of its attachment. */
interface Candidate {
  readonly profile: KnownProfile;
  /** Null where it can't be told what it fits. */
  readonly test: GlobTest | null;
  readonly plain: boolean;
}

/** What is known of profiles, laid out for many questions: made once for all rules of a design. */
export interface TransitionMap {
  readonly byName: ReadonlyMap<string, KnownProfile>;
  /** Those with an attachment, by the full name of their parent; `""` for the outermost. */
  readonly attached: ReadonlyMap<string, readonly Candidate[]>;
  readonly variables: ReadonlyMap<string, readonly string[]>;
  readonly mayHaveMore: ReadonlySet<string>;
}

/** Lays out what is known of profiles. */
export function transitionMap({ profiles, variables, mayHaveMore }: KnownPolicy): TransitionMap {
  const byName = new Map<string, KnownProfile>();
  const attached = new Map<string, Candidate[]>();
  for (const profile of profiles) {
    if (!byName.has(profile.fullName)) byName.set(profile.fullName, profile);
    if (profile.attachment === null) continue;
    const level = attached.get(profile.parent ?? "") ?? [];
    attached.set(profile.parent ?? "", level);
    const plain = isPlainPath(profile.attachment);
    level.push({ profile, test: globTest(profile.attachment, variables), plain });
  }
  return { byName, attached, variables, mayHaveMore };
}

/** Every transition of a design, profile by profile in the order of the text. Denies lead nowhere and are left out. */
export function transitionsOf(files: readonly FileView[], map: TransitionMap): Transition[] {
  const found: Transition[] = [];
  for (const file of files) {
    const visit = (level: readonly ProfileView[], parent: string | null): void => {
      for (const profile of level) {
        const from = parent === null ? profile.name : `${parent}//${profile.name}`;
        for (const placed of profile.rules) {
          const transition = transitionOf(file.tree, placed, from, map);
          if (transition !== null) found.push(transition);
        }
        for (const child of profile.children) if (child.form === "hat") found.push(hatTransition(from, child, map));
        visit(profile.children, from);
      }
    };
    visit(file.profiles, null);
  }
  return found;
}

function hatTransition(from: string, { name }: ProfileView, { byName }: TransitionMap): Transition {
  const profile = byName.get(`${from}//${name}`);
  const to: Destination = profile === undefined ? { kind: "missing", name, child: true } : { kind: "profile", profile };
  const arms = [{ to, otherwise: false }];
  return { from, way: "change_hat", program: null, mode: null, rule: null, conditional: false, arms };
}

/** What a rule of the profile `from` (its full name) leads to; null where it starts and changes nothing. */
export function transitionOf(
  tree: SyntaxTree,
  placed: ProfileRule,
  from: string,
  map: TransitionMap,
): Transition | null {
  const { value } = placed.rule;
  if (value.kind !== "file" && value.kind !== "change_profile" && value.kind !== "all") return null;
  if (value.kind === "file" && value.exec === null && value.path !== null) return null;
  const { access, conditional } = effectiveQualifiers(tree, placed);
  if (access === "deny" || isDropped(placed)) return null;
  const base = { from, rule: placed, conditional };
  if (value.kind === "change_profile") {
    return {
      ...base,
      way: "change_profile",
      program: value.exec,
      mode: null,
      arms: [{ to: changeTarget(value, from, map), otherwise: false }],
    };
  }
  if (value.kind === "all" || value.path === null) {
    const arms = [{ to: { kind: "inherit" }, otherwise: false }] as const;
    return { ...base, way: "exec", program: null, mode: "ix", arms };
  }
  const arms = execArms(value, from, map);
  return arms.length === 0 ? null : { ...base, way: "exec", program: value.path, mode: value.exec, arms };
}

/** Where starting a program by a file rule of the profile `from` (its full name) leads to. Empty for what starts nothing. */
export function execArms(
  value: Pick<FileRuleValue, "path" | "exec" | "execTarget">,
  from: string,
  map: TransitionMap,
): TransitionArm[] {
  const word = value.exec === null ? undefined : execModeNamed(value.exec);
  if (word === undefined || word.goal === "none") return [];
  if (word.goal === "inherit" || word.goal === "unconfined") return [{ to: { kind: word.goal }, otherwise: false }];
  const child = word.goal === "child";
  const goals =
    value.execTarget === null
      ? forProgram(value.path ?? "", child ? from : "", child, map)
      : [forName(value.execTarget, from, child, map)];
  const arms = goals.map((to) => ({ to, otherwise: false }));
  return word.fallback === null ? arms : [...arms, { to: { kind: word.fallback }, otherwise: true }];
}

/** The profile that `-> name` means. A child is named by its own name, every other one in full. */
function forName(written: string, from: string, child: boolean, map: TransitionMap): Destination {
  const { byName, variables } = map;
  const name = plainName(written, from, variables);
  if (name === null) return { kind: "open", name: written, child };
  const wanted = child ? `${from}//${name}` : name;
  const parts = wanted.split("//&").map((part) => part.replace(/^&/u, ""));
  const profile = byName.get(wanted);
  if (profile !== undefined) return { kind: "profile", profile };
  // Of stacked profiles the picture names them all: what is missing is told by the name.
  if (parts.length > 1 && parts.every((part) => byName.has(part))) return { kind: "open", name, child };
  return child && map.mayHaveMore.has(from) ? { kind: "open", name, child } : { kind: "missing", name, child };
}

function changeTarget({ target }: ChangeProfileRuleValue, from: string, map: TransitionMap): Destination {
  if (target === null) return { kind: "open", name: null, child: false };
  return target === "unconfined" ? { kind: "unconfined" } : forName(target, from, false, map);
}

/** The name with the variables that are certain put in; null where it names no one profile. */
function plainName(written: string, from: string, variables: ReadonlyMap<string, readonly string[]>): string | null {
  const name = written.replaceAll(/@\{([^}]*)\}/gu, (whole, variable: string) => {
    if (variable === "profile_name") return from;
    const values = variables.get(variable);
    return values?.length === 1 ? (values[0] ?? whole) : whole;
  });
  return /[*?[\]{}@]/u.test(name) || name.startsWith(":") ? null : name;
}

/** The profiles that a started program would come under by its path: those of `parent`, or the outermost for `""`. */
function forProgram(path: string, parent: string, child: boolean, map: TransitionMap): Destination[] {
  const candidates = map.attached.get(parent) ?? [];
  const same = candidates.find(({ profile }) => profile.attachment === path);
  if (same !== undefined) return [{ kind: "profile", profile: same.profile }];
  if (isPlainPath(path)) {
    const fitting = candidates.filter(({ test }) => test?.(path) === true);
    const best = fitting.toSorted((a, b) => literalLength(b) - literalLength(a))[0];
    if (best !== undefined) return [{ kind: "profile", profile: best.profile }];
    const unsure = candidates.some(({ test }) => test === null) || (child && map.mayHaveMore.has(parent));
    return [unsure ? { kind: "open", name: null, child } : { kind: "missing", name: path, child }];
  }
  const test = globTest(path, map.variables);
  const fitting = candidates.filter(
    ({ profile, plain }) => plain && profile.origin === "design" && test?.(profile.attachment ?? "") === true,
  );
  return [
    ...fitting.map(({ profile }): Destination => ({ kind: "profile", profile })),
    { kind: "open", name: null, child },
  ];
}

/** Of several attachments that fit, the one with the longest literal beginning wins in the kernel. */
function literalLength({ profile: { attachment }, plain }: Candidate): number {
  if (attachment === null) return 0;
  return plain ? Number.MAX_SAFE_INTEGER : attachment.search(/[*?[{@\\]/u);
}
