import { includesBring, reachOfRule, resolveAmong, type NetworkReach, type PolicyFiles } from "../analysis/index.ts";
import { effectiveQualifiers, isDropped, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import type { RuleValue } from "../rules/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import { readsDialect, type DialectId } from "../vocabulary/index.ts";
import type { AnswerKind, LossAnswer, LossKind, Loss } from "./lowering.ts";
import type { Symbols } from "./symbols.ts";
import type { LoweringTarget, Mediation } from "./target.ts";

/** A file that is lowered, and what it is lowered for. */
export interface FileScene {
  readonly target: LoweringTarget;
  readonly mediation: Mediation;
  readonly view: FileView;
  readonly files: PolicyFiles;
  readonly symbols: Symbols;
  /** The abi under which the file is shipped; null where it states none. */
  readonly abi: string | null;
}

/** A rule in its place, as its judges see it. */
export interface RuleScene extends FileScene {
  /** Null for a rule of an abstraction, which stands in no profile here. */
  readonly profile: ProfileView | null;
  readonly placed: ProfileRule;
  readonly deny: boolean;
}

/** What a rule comes to on a target. */
export type Judgement =
  | { readonly kind: "kept" }
  | { readonly kind: "rewritten"; readonly instead: string | null; readonly why: string }
  | { readonly kind: "lost"; readonly lost: LostPlace };

/** What is lost at a place, before anybody has chosen. */
export interface LostPlace {
  readonly kind: LossKind;
  readonly cause: Loss["cause"];
  /** Left out: what `cause` says. */
  readonly readable?: boolean;
  readonly why: string;
  /** The default first. */
  readonly answers: readonly LossAnswer[];
}

export const kept: Judgement = { kind: "kept" };

/** True where the target's parser reads the construct. */
export function reads({ target }: Pick<FileScene, "target">, id: DialectId): boolean {
  return readsDialect(id, target.parserVersion);
}

/** `apparmor_parser 3.0.8`, as reasons name it. */
export function parserName({ target }: Pick<FileScene, "target">): string {
  return `apparmor_parser ${target.parserVersion}`;
}

/** `Linux 6.1`, as reasons name it. */
export function kernelName({ target }: Pick<FileScene, "target">): string {
  return `Linux ${target.kernelVersion}`;
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** An answer under its usual id, which is what it is. */
export function answerOf(
  answer: AnswerKind,
  title: string,
  instead: string | null,
  explanation: string,
  more: Partial<Pick<LossAnswer, "id" | "companion">> = {},
): LossAnswer {
  return { id: answer, answer, title, explanation, instead, companion: null, ...more };
}

/** A rule that another may depend on: its value, and whether it denies. */
interface Neighbour {
  readonly tree: SyntaxTree;
  readonly placed: ProfileRule;
  readonly deny: boolean;
  /** The path of the file that brings it; null for the profile's own. */
  readonly from: string | null;
}

function neighbour(tree: SyntaxTree, placed: ProfileRule, from: string | null): Neighbour {
  return { tree, placed, deny: effectiveQualifiers(tree, placed).access === "deny", from };
}

/** The rules of the profile around a rule, that one left out, and those that its includes bring. */
export function neighbours({ view, profile, placed, files }: RuleScene): Neighbour[] {
  if (profile === null) return [];
  const own = profile.rules.filter((each) => each !== placed && !isDropped(each));
  const { brought } = includesBring(profile.includes, files);
  return [
    ...own.map((each) => neighbour(view.tree, each, null)),
    ...brought.map(({ file, placed: each }) => neighbour(file.view.tree, each, file.path)),
  ];
}

/** What a rule of sockets reaches, also where it is narrowed to some of them. */
export function wholeReach(value: RuleValue): NetworkReach | null {
  if (value.kind !== "unix") return reachOfRule(value);
  const types = value.local.find(({ key }) => key === "type")?.values ?? null;
  return { domains: ["unix"], types };
}

/** An allow of the profile, its own or an included one, that reaches some of the same sockets; null where none does. */
export function allowThatNeeds(scene: RuleScene, reach: NetworkReach): Neighbour | null {
  // Of an abstraction nobody knows which profiles include it.
  if (scene.profile === null) return null;
  return (
    neighbours(scene).find(({ placed, deny }) => {
      const other = deny ? null : wholeReach(placed.rule.value);
      return other !== null && meets(other.domains, reach.domains) && meets(other.types, reach.types);
    }) ?? null
  );
}

/** True where it is known what each include of the profile brings; files of `local/` count as the empty ones that packages make. */
export function knowsIncludes({ profile, files }: RuleScene): boolean {
  return (
    profile !== null &&
    profile.includes.every((include) => !["missing", "unknown"].includes(resolveAmong(include, files).standing)) &&
    includesBring(profile.includes, files).missing.length === 0
  );
}

/** An include of the profile that opens all of the reach by itself: its path. */
export function includeThatOpens({ profile, files }: RuleScene, reach: NetworkReach): string | null {
  if (profile === null) return null;
  for (const include of profile.includes) {
    const { reach: opened } = includesBring([include], files);
    const covers = (domain: string | null): boolean =>
      opened.some(
        (each) =>
          (each.domains === null || (domain !== null && each.domains.includes(domain))) &&
          (each.types === null || (reach.types !== null && reach.types.every((type) => each.types?.includes(type)))),
      );
    if (reach.domains === null ? covers(null) : reach.domains.every(covers)) return include.path;
  }
  return null;
}

function meets(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null || a.some((each) => b.includes(each));
}
