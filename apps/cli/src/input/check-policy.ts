import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { checkSource, machineIncludes, viewFile, type SourceReader } from "@hauberk/core/design";
import { LineIndex } from "@hauberk/core/text";
import { fromStandingPlace, standingPlace } from "../standing-place.ts";
import { designFolder } from "./open-design.ts";

/** An error in a policy, placed; what is null is not known. */
export interface PolicyError {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** Core's answer on one file. */
export interface PolicyAnswer {
  readonly errors: readonly PolicyError[];
  /** What was taken as given: files of `local/` that a release does not bring and a machine may have. */
  readonly notes: readonly PolicyError[];
}

/** What can't be judged where nobody said where includes lie: the includes, and what they may set. */
const leftToIncludes: ReadonlySet<string> = new Set([
  "policy/missing-include",
  "policy/missing-abi",
  "policy/unset-variable",
  "policy/bad-expression",
]);

/**
 * Core's own verdict on policy files, one after the other. `roots` are folders as `/etc/apparmor.d`, in which includes
 * are looked up behind the files of the design; without any, what depends on includes is not judged. `release` is the
 * one of them that a release brings: its packages would make the files of `local/` that a policy counts on.
 */
export class PolicyChecker {
  readonly #roots: readonly string[];
  readonly #release: string | undefined;
  /** By absolute path; undefined for what can't be read. */
  readonly #texts = new Map<string, string | undefined>();

  constructor(roots: readonly string[], release?: string) {
    this.#roots = roots;
    this.#release = release;
  }

  /** What core says of a file; `path` as the person wrote it, or `-`. */
  check(path: string, text: string): PolicyAnswer {
    const design = path === "-" ? undefined : designFolder(dirname(fromStandingPlace(path)));
    const own = design === undefined ? [] : [relative(standingPlace(), join(design, "apparmor.d")) || "."];
    const made = new Map(this.#release === undefined ? [] : this.#madeByPackages(this.#release, path, text));
    const reader: SourceReader = {
      read: (name) => this.#read(name) ?? (made.has(name) ? "" : undefined),
      list: (name) => listFolder(name),
      includeRoots: [...own, ...this.#roots],
    };
    const { errors } = checkSource({ path, text, ...reader });
    const missing = errors.some(({ code }) => code === "policy/missing-include" || code === "policy/missing-abi");
    const unjudged = this.#roots.length === 0 && missing;
    const judged = errors
      .filter(({ code }) => !unjudged || !leftToIncludes.has(code))
      .map(({ file, line, column, message }) => ({ file, line, column, message }));
    return { errors: judged, notes: [...made.values()] };
  }

  /** By path below the release's tree: each file of `local/` that a package of the release would make, and its note. */
  #madeByPackages(release: string, path: string, text: string): [string, PolicyError][] {
    if (!text.includes("local/")) return [];
    const lines = new LineIndex(text);
    return machineIncludes(viewFile(path, text)).flatMap(({ path: wanted, include }) => {
      if (this.#roots.some((root) => this.#read(`${root}/${wanted}`) !== undefined)) return [];
      const message = `\`${wanted}\` is not part of the release; it was taken as an empty file`;
      return [[`${release}/${wanted}`, { file: path, ...lines.positionAt(include.node.start), message }]];
    });
  }

  #read(path: string): string | undefined {
    const place = fromStandingPlace(path);
    if (!this.#texts.has(place)) this.#texts.set(place, readIncluded(place));
    return this.#texts.get(place);
  }
}

/** An included file; its encoding is not judged here. */
function readIncluded(place: string): string | undefined {
  try {
    return readFileSync(place, "utf8");
  } catch {
    return undefined;
  }
}

function listFolder(path: string): string[] | undefined {
  try {
    return readdirSync(fromStandingPlace(path));
  } catch {
    return undefined;
  }
}
