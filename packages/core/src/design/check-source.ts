import { parse, type SyntaxTree } from "../syntax/index.ts";
import { LineIndex } from "../text/index.ts";
import { policyProblems } from "./check/policy-check.ts";
import { resolveInclude, type SourceReader } from "./include-closure.ts";

/** What is wrong with a policy, and where: 1-based line and column in UTF-16. */
export interface SourceError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Stable, for example `syntax/expected-comma`. */
  readonly code: string;
  readonly message: string;
}

/** Core's own answer on a policy; the parser of a target stays the judge. */
export interface SourceCheck {
  readonly ok: boolean;
  readonly errors: readonly SourceError[];
}

/** A policy file to check, and how to reach what it includes. */
export interface CheckRequest extends SourceReader {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads a policy as apparmor_parser 5.0 reads it, includes and all, and says what it would refuse. Nothing is
 * compiled: of overlapping globs with different exec modes, and of abi files, the real parser knows more.
 */
export function checkSource(request: CheckRequest): SourceCheck {
  const trees = new Map([[request.path, parse(request.text)]]);
  const lines = new Map<string, LineIndex>();
  const treeOf = (path: string): SyntaxTree => {
    const tree = trees.get(path) ?? parse(request.read(path) ?? "");
    trees.set(path, tree);
    return tree;
  };
  const linesOf = (path: string): LineIndex => {
    const index = lines.get(path) ?? new LineIndex(treeOf(path).text);
    lines.set(path, index);
    return index;
  };
  const resolve = (include: Parameters<typeof resolveInclude>[0]) => resolveInclude(include, request);
  const errors = policyProblems(request.path, { treeOf, resolve, seen: "all" }).map(
    ({ path, code, message, range }) => ({
      file: path,
      ...linesOf(path).positionAt(range.start),
      code,
      message,
    }),
  );
  return { ok: errors.length === 0, errors };
}
