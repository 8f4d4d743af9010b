import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { checkSource, type SourceReader } from "@hauberk/core/design";
import { fromStandingPlace, standingPlace } from "../standing-place.ts";
import { designFolder } from "./open-design.ts";

/** An error in a policy, placed; what is null is not known. */
export interface PolicyError {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
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
 * are looked up behind the files of the design; without any, what depends on includes is not judged.
 */
export class PolicyChecker {
  readonly #roots: readonly string[];
  /** By absolute path; undefined for what can't be read. */
  readonly #texts = new Map<string, string | undefined>();

  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** The errors of a file; `path` as the person wrote it, or `-`. */
  check(path: string, text: string): PolicyError[] {
    const design = path === "-" ? undefined : designFolder(dirname(fromStandingPlace(path)));
    const own = design === undefined ? [] : [relative(standingPlace(), join(design, "apparmor.d")) || "."];
    const reader: SourceReader = {
      read: (name) => this.#read(name),
      list: (name) => listFolder(name),
      includeRoots: [...own, ...this.#roots],
    };
    const { errors } = checkSource({ path, text, ...reader });
    const missing = errors.some(({ code }) => code === "policy/missing-include" || code === "policy/missing-abi");
    const unjudged = this.#roots.length === 0 && missing;
    return errors
      .filter(({ code }) => !unjudged || !leftToIncludes.has(code))
      .map(({ file, line, column, message }) => ({ file, line, column, message }));
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
