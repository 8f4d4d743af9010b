import { parse } from "../syntax/index.ts";
import { policyProblems, type PolicyProblem } from "./check/policy-check.ts";
import type { FileView } from "./design.ts";
import { includesOf, resolveInclude, type SourceReader } from "./include-closure.ts";
import { isWhole, policyFolder } from "./whole-file.ts";

/**
 * What every parser of the language's newest form would refuse in the policy files of a design, whatever the files say that
 * the target has beside them. What cannot be told without those (a variable that its tunables may set) is no problem here;
 * the parser of the target stays the judge. Each place is named once for each code, with the errors of the syntax.
 */
export function checkDesign(files: readonly FileView[]): PolicyProblem[] {
  const views = new Map(files.map((file) => [file.path, file]));
  const reader: SourceReader = { read: (path) => views.get(path)?.tree.text, includeRoots: [policyFolder] };
  const resolve = (include: Parameters<typeof resolveInclude>[0]) => resolveInclude(inDesign(include), reader);
  const treeOf = (path: string) => views.get(path)?.tree ?? parse("");
  const included = new Set(files.flatMap((file) => includesOf(file).flatMap((include) => resolve(include) ?? [])));

  const found = new Map<string, PolicyProblem>();
  for (const file of files) {
    const seen = isWhole(file) && !included.has(file.path) ? "some" : "piece";
    for (const problem of policyProblems(file.path, { treeOf, resolve, seen })) {
      const { path, code, range } = problem;
      const key = `${path}\n${code}\n${range.start}\n${range.end}`;
      if (!found.has(key)) found.set(key, problem);
    }
  }
  return [...found.values()];
}

/** The path of an include as the design's files are named: `/etc/apparmor.d/x` is `apparmor.d/x`. */
function inDesign({ path, magic }: Parameters<typeof resolveInclude>[0]): Parameters<typeof resolveInclude>[0] {
  const inPolicy = path.startsWith(`/etc/${policyFolder}/`);
  return { path: inPolicy ? path.slice("/etc/".length) : path, magic: magic && !inPolicy };
}
