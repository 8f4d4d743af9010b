import {
  type PolicyFile,
  type PolicyFiles,
  includesBring,
  variablePlaces,
  variableValues,
} from "@hauberk/core/analysis";
import type { FileView, VariableView } from "@hauberk/core/design";
import { lineOf } from "../../panel/rule-place.ts";

/** An assignment of the design, with the file that says it. */
export interface VariableRow {
  readonly filePath: string;
  /** Position among the file's variables. */
  readonly index: number;
  readonly name: string;
  readonly operator: VariableView["operator"];
  readonly values: readonly string[];
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The assignments of the file, then those of the design's tunables. */
export function variableRows(file: FileView, others: readonly FileView[]): VariableRow[] {
  const tunables = others.filter(({ path }) => path !== file.path && path.includes("/tunables/"));
  return [file, ...tunables].flatMap((each) =>
    each.variables.map((variable, index) => ({
      filePath: each.path,
      index,
      name: variable.name,
      operator: variable.operator,
      values: variable.values,
      line: lineOf(each.tree, variable.node.start),
      start: variable.node.start,
      end: variable.node.end,
    })),
  );
}

/** A variable that the target's tunables bring to a file. */
export interface BroughtVariableRow {
  readonly name: string;
  readonly values: readonly string[];
  /** The files that set it or add to it, with the place of each. */
  readonly from: readonly { readonly path: string; readonly origin: "design" | "target"; readonly start: number }[];
}

/** The variables that a file gets by its preamble's includes; those of the design that it sets itself are not among them. */
export function broughtVariables(file: FileView, files: PolicyFiles): BroughtVariableRow[] {
  const brought: readonly PolicyFile[] = includesBring(file.includes, files).files;
  return variableValues(brought)
    .filter(({ set }) => set.some(({ origin }) => origin === "target"))
    .map(({ name, values, set }) => ({
      name,
      values,
      from: set.map(({ path, origin, start }) => ({ path, origin, start })),
    }));
}

/** Where a variable is named. */
export interface UsePlace {
  /** A file of the design by its path there, one of the target by its path below `/etc/apparmor.d`. */
  readonly path: string;
  readonly origin: "design" | "target";
  readonly view: FileView;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

/** The places that name a variable: in the design, then in what the file's profiles include from the target. */
export function usesOf(name: string, design: readonly FileView[], included: readonly PolicyFile[]): UsePlace[] {
  const places = [
    ...design.map((view) => ({ path: view.path, origin: "design" as const, view })),
    ...included.filter(({ origin }) => origin === "target"),
  ];
  return places.flatMap(({ path, origin, view }) => {
    const ranges = variablePlaces(view).get(name) ?? [];
    return ranges.length === 0 ? [] : [{ path, origin, view, ranges }];
  });
}

/** Splits what a person types for a variable's values: blanks separate, quotes keep them together. */
export function splitValues(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

/** The values as a person types them: those with blanks in quotes. */
export function joinValues(values: readonly string[]): string {
  return values.map((value) => (/\s/.test(value) || value === "" ? `"${value}"` : value)).join(" ");
}

/** What is wrong with a variable's name, or null. */
export function variableNameProblem(name: string, taken: readonly string[]): string | null {
  const bare = bareName(name);
  if (bare === "") return "A variable needs a name, for example `LOG_DIR`.";
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(bare)) return "Letters, digits and `_`, beginning with a letter.";
  return taken.includes(bare) ? `\`@{${bare}}\` is set already: add to it with \`+=\`.` : null;
}

/** `@{NAME}` or `NAME` to `NAME`. */
export function bareName(name: string): string {
  return name.trim().replace(/^@\{?/, "").replace(/\}$/, "");
}

/** Where the design would keep a profile's own variables: `apparmor.d/tunables/rustnet` for the profile `rustnet`. */
export function tunablePath(profileName: string): string {
  const base = profileName.slice(profileName.lastIndexOf("/") + 1).replaceAll(/[^A-Za-z0-9._-]+/g, "-");
  return `apparmor.d/tunables/${base === "" ? "site" : base}`;
}
