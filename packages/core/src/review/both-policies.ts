import { policyFiles, type PolicyFiles, type PolicyTree } from "../analysis/index.ts";
import { configPath, viewFile, type Design } from "../design/index.ts";

/** Which of two revisions. */
export type Revision = "before" | "after";

/** Whose files the includes of either revision are looked for in. */
export interface BothPolicies extends Readonly<Record<Revision, PolicyFiles>> {
  /** Files that have another path in the later revision, by that in the earlier one. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** The files that includes may lead to, read when one is asked for. */
export function bothPolicies(
  before: Design,
  after: Design,
  renamed: ReadonlyMap<string, string>,
  tree: PolicyTree | null,
): BothPolicies {
  const make = ({ files }: Design): PolicyFiles => {
    const policy = files.filter(({ path }) => path !== configPath);
    return policyFiles(
      policy.map(({ path, text }) => viewFile(path, text)),
      tree,
    );
  };
  const [then, now] = [lazily(() => make(before)), lazily(() => make(after))];
  return {
    renamed,
    get before() {
      return then();
    },
    get after() {
      return now();
    },
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
