import { readFileSync } from "node:fs";
import { join } from "node:path";
import { includesOf, resolveInclude, viewFile, type FileView, type IncludeView } from "@hauberk/core/design";
import type { RuleValue } from "@hauberk/core/rules";
import { installPath, jobMount } from "../job/job-tree.ts";
import type { PolicyTree } from "../target/policy-tree.ts";
import type { ReadFile } from "./design-views.ts";

/** A target's own policy: what lies in its tree, and where that is on this machine. */
export interface TargetPolicy {
  readonly policy: PolicyTree;
  readonly policyFolder: string;
  /** Its kernel tells single unix sockets apart. */
  readonly knowsUnixSockets: boolean;
}

/** The target's files that were looked into, for as long as its tree is the same. */
const knownViews = new WeakMap<PolicyTree, Map<string, FileView | undefined>>();

/** The part of an absolute path below `/etc/apparmor.d`. */
function inTree(path: string): string {
  return path.slice(jobMount.length + 1);
}

/** What a profile's includes bring in: files of the design before those of the target, each read once. */
export class IncludableFiles {
  readonly #design: ReadonlyMap<string, FileView>;
  readonly #target: TargetPolicy;

  constructor(design: readonly ReadFile[], target: TargetPolicy) {
    this.#design = new Map(design.map((file) => [`${jobMount}/${installPath(file.path)}`, file.view]));
    this.#target = target;
  }

  /** Whether an include, directly or not, brings a rule that fits. */
  brings(include: IncludeView, fits: (value: RuleValue) => boolean): boolean {
    const seen = new Set<string>();
    const pending = [...this.#resolve(include)];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const view = this.#view(path);
      if (view?.looseRules.some(({ rule }) => fits(rule.value))) return true;
      if (view) pending.push(...includesOf(view).flatMap((inner) => this.#resolve(inner)));
    }
    return false;
  }

  #resolve(include: IncludeView): readonly string[] {
    const { entries, folders } = this.#target.policy;
    const found = resolveInclude(include, {
      includeRoots: [jobMount],
      read: (path) => (this.#design.has(path) || entries.get(inTree(path)) === "file" ? "" : undefined),
      list: (path) => (path.startsWith(`${jobMount}/`) ? folders.get(inTree(path)) : undefined),
    });
    return found ?? [];
  }

  #view(path: string): FileView | undefined {
    const own = this.#design.get(path);
    if (own) return own;
    const views = knownViews.get(this.#target.policy) ?? new Map<string, FileView | undefined>();
    knownViews.set(this.#target.policy, views);
    if (!views.has(path)) views.set(path, this.#read(inTree(path)));
    return views.get(path);
  }

  #read(path: string): FileView | undefined {
    if (this.#target.policy.entries.get(path) !== "file") return undefined;
    try {
      return viewFile(path, readFileSync(join(this.#target.policyFolder, path), "utf8"));
    } catch {
      // This machine's own tree may change under us; then nothing is said of where a rule is from.
      return undefined;
    }
  }
}
