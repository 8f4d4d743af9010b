import { variablesIn } from "../rules/index.ts";
import { fixedParts, readAare, sampleOf, type AarePiece } from "./aare.ts";
import { accepted, automatonOf, isWithin, type Automaton } from "./aare-automaton.ts";
import { PatternIndex } from "./path-index.ts";
import { alternation, spellings } from "./variable-values.ts";

/** The path of a file rule, prepared for comparing. */
export interface PathShape {
  /** As written, doubled slashes made single. */
  readonly text: string;
  /** It fits one path only. Variables may hold globs. */
  readonly plain: boolean;
  /** It is no plain path whatever its variables hold. */
  readonly glob: boolean;
  /**
   * The languages by which it can be compared: behind its last variable, with other paths of the same beginning; and with the values of
   * its variables put in, with all others.
   */
  readonly languages: readonly PathLanguage[];
}

/** One way to look at a path: what it fits, beside others that begin with the same text. */
interface PathLanguage {
  /** Up to the end of the last variable; empty where the variables are replaced by their values. */
  readonly head: string;
  readonly parts: readonly (readonly number[])[];
  readonly sample: readonly number[];
  /** All that it may fit. */
  readonly inner: () => Automaton | null;
  /** What it fits for certain: what each of these accepts. */
  readonly outer: () => readonly Automaton[] | null;
}

/** Signs by which a glob stands for more than itself. */
const sign = /[*?[\]{}\\^]/u;

/** Doubled slashes made single, but for those at the beginning: parsers keep two of them apart from one, as POSIX does. */
export function singleSlashes(path: string): string {
  return path.startsWith("//") ? path : path.replaceAll(/\/{2,}/gu, "/");
}

/** Prepares a path; automata are made when they are asked for. */
export function pathShape(path: string, variables: ReadonlyMap<string, readonly string[]> | null): PathShape {
  const text = singleSlashes(path);
  const last = variablesIn(text).at(-1);
  const cut = last === undefined ? 0 : last.at + last.name.length + 3;
  const rest = text.slice(cut);
  const languages: PathLanguage[] = [];
  // What ends a folder's name in one path must do so in the other: a variable may end in a `/` of its own.
  if (cut > 0 && rest.startsWith("/")) languages.push(...languageOf(text.slice(0, cut), [[rest]]));
  if (cut === 0) languages.push(...languageOf("", [[text]]));
  else {
    const spelled = spellings(text, variables);
    const joined = alternation(text, variables);
    // With `{a,b}` in the place of a variable a star beside it may stand for nothing.
    if (spelled !== null && joined !== null) languages.push(...languageOf("", [[joined], spelled]));
  }
  return { text, plain: cut === 0 && !sign.test(text), glob: /[*?[{]/u.test(rest), languages };
}

/** A language that parsers may write in several ways, each of one or more globs. */
function languageOf(head: string, ways: readonly (readonly string[])[]): PathLanguage[] {
  const wide = all(ways.flat().map((glob) => readAare(glob, "wide")));
  const narrow = ways.map((globs) => all(globs.map((glob) => readAare(glob, "narrow"))));
  const [first] = wide ?? [];
  const [only] = narrow;
  if (wide === null || first === undefined || only === null || only === undefined) return [];
  return [
    {
      head,
      parts: narrow.length === 1 && only.length === 1 ? fixedParts(only[0] ?? []) : [],
      sample: sampleOf(first),
      inner: once(() => automatonOf(wide)),
      outer: once(() => allOf(narrow.map((patterns) => (patterns === null ? null : automatonOf(patterns))))),
    },
  ];
}

function allOf(automata: readonly (Automaton | null)[]): readonly Automaton[] | null {
  const known = automata.filter((automaton) => automaton !== null);
  return known.length === automata.length ? known : null;
}

function all(patterns: readonly (readonly AarePiece[] | null)[]): (readonly AarePiece[])[] | null {
  const known = patterns.filter((pieces) => pieces !== null);
  return known.length === patterns.length ? known : null;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** How many questions a comparison of a whole profile may ask of two automata; a plain text against one counts less. */
const mostEffort = 100_000;
const effortOfText = 1;
const effortOfAutomaton = 20;

/** Finds among the paths of a profile those that hold another one. */
export class PathCover<T extends { readonly shape: PathShape }> {
  readonly #byHead = new Map<string, PatternIndex<{ readonly of: T; readonly language: PathLanguage }>>();
  #effort = 0;

  constructor(items: readonly T[]) {
    const patterns = items
      .filter(({ shape }) => !shape.plain)
      .flatMap((of) => of.shape.languages.map((language) => ({ of: { of, language }, parts: language.parts })));
    for (const [head, beside] of Map.groupBy(patterns, ({ of }) => of.language.head)) {
      this.#byHead.set(head, new PatternIndex(beside));
    }
  }

  /** The items each of whose paths fits all that `inner` fits, whatever parser reads them; `wanted` is asked first. */
  *holding(inner: PathShape, wanted: (item: T) => boolean): Generator<T> {
    for (const language of inner.languages) {
      for (const { of, language: outer } of this.#byHead.get(language.head)?.mayFit(language.sample) ?? []) {
        if (wanted(of) && this.#isWithin(language, outer)) yield of;
      }
    }
  }

  #isWithin(inner: PathLanguage, outer: PathLanguage): boolean {
    if (this.#effort > mostEffort) return false;
    this.#effort += effortOfText;
    const around = outer.outer();
    if (around === null || !around.every((automaton) => accepted(automaton, inner.sample))) return false;
    this.#effort += effortOfAutomaton;
    return isLanguageWithin(inner, outer);
  }
}

/** Whether all that one path fits is fitted by another. */
export function isPathWithin(inner: PathShape, outer: PathShape): boolean {
  return (
    inner.text === outer.text ||
    inner.languages.some((one) =>
      outer.languages.some((other) => one.head === other.head && isLanguageWithin(one, other)),
    )
  );
}

function isLanguageWithin(inner: PathLanguage, outer: PathLanguage): boolean {
  const [within, around] = [inner.inner(), outer.outer()];
  if (within === null || around === null) return false;
  return around.every((automaton) => isWithin(within, automaton) === true);
}
