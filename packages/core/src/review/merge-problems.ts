import {
  checkDesign,
  configPath,
  readConfig,
  viewFile,
  type DesignFile,
  type FileView,
  type PolicyProblem,
} from "../design/index.ts";
import { LineIndex } from "../text/index.ts";
import { code } from "../words/index.ts";

/** Three revisions: what both were made of, and what each made of it. */
export interface Sides {
  readonly base: readonly DesignFile[];
  readonly mine: readonly DesignFile[];
  readonly theirs: readonly DesignFile[];
}

/** Says of texts put together which errors they have that neither side has. */
export class NewProblems {
  readonly #views = new Map<string, FileView>();
  readonly #allowed: ReadonlyMap<string, number>;

  constructor({ mine, theirs }: Omit<Sides, "base">) {
    const [own, other] = [this.#counted(mine), this.#counted(theirs)];
    // What stands on both sides may come to stand twice: where both gave a file another path, say.
    this.#allowed = new Map(
      [...new Set([...own.keys(), ...other.keys()])].map((key) => [key, (own.get(key) ?? 0) + (other.get(key) ?? 0)]),
    );
  }

  /** The errors beyond those of the sides; of several alike, the last ones. */
  of(files: readonly DesignFile[]): readonly PolicyProblem[] {
    const seen = new Map<string, number>();
    return this.#problems(files).filter((problem) => {
      const key = problemKey(problem);
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return count > (this.#allowed.get(key) ?? 0);
    });
  }

  #counted(files: readonly DesignFile[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const problem of this.#problems(files)) {
      counts.set(problemKey(problem), (counts.get(problemKey(problem)) ?? 0) + 1);
    }
    return counts;
  }

  #problems(files: readonly DesignFile[]): readonly PolicyProblem[] {
    return checkDesign(files.filter(({ path }) => path !== configPath).map((file) => this.#view(file)));
  }

  #view({ path, text }: DesignFile): FileView {
    const known = this.#views.get(path);
    if (known?.tree.text === text) return known;
    const view = viewFile(path, text);
    this.#views.set(path, view);
    return view;
  }
}

/** What an error is, wherever its file and its line moved to. */
export function problemKey({ code: id, message }: PolicyProblem): string {
  return `${id}\n${message}`;
}

/**
 * Why texts put together must not be saved: settings that can't be read though each side's could, two files of one path, and what
 * no parser accepts though it would accept each side. Empty where all is well.
 */
export function mergeProblems(sides: Sides, result: readonly DesignFile[]): readonly string[] {
  const paths = result.map(({ path }) => path);
  const twice = paths.filter((path, at) => paths.indexOf(path) !== at);
  const texts = new Map(result.map(({ path, text }) => [path, text]));
  return [
    ...new Set(twice.map((path) => `Two files would have the path ${code(path)}.`)),
    ...settingProblems(sides, texts.get(configPath)),
    ...new NewProblems(sides).of(result).map(({ path, message, range }) => {
      const { line } = new LineIndex(texts.get(path) ?? "").positionAt(range.start);
      return `${code(path)}, line ${line}: ${message}`;
    }),
  ];
}

function settingProblems({ mine, theirs }: Sides, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const isKnown = [...mine, ...theirs].some((file) => file.path === configPath && file.text === text);
  const reading = isKnown ? null : readConfig(text);
  if (reading === null || reading.ok) return [];
  return reading.errors.map(({ line, message }) => `${code(configPath)}, line ${line}: ${message}`);
}
