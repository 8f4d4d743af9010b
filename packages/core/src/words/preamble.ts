import type { AliasView, BooleanView, IncludeView, VariableView } from "../design/index.ts";
import { abstractionNamed, featureAbis, knownVariables, type Danger, wordNamed } from "../vocabulary/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import { includePlaceNotes } from "./conditional.ts";
import { code, codes, listed } from "./lists.ts";

/** An include in words, and how much it opens where that is known. */
export interface IncludeWords {
  readonly sentence: string;
  readonly danger: Danger | null;
}

/** What an include takes in, and what the place where it stands does to that. */
export function sayInclude(tree: SyntaxTree, include: IncludeView): IncludeWords {
  const { sentence, danger } = takingWords(include);
  return { sentence: [sentence, ...includePlaceNotes(tree, include.within)].join(" "), danger };
}

function takingWords({ path, magic, ifExists }: IncludeView): IncludeWords {
  const condition = ifExists ? ", if there is such a file" : "";
  const known = magic ? /^abstractions\/([^/]+)$/u.exec(path)?.[1] : undefined;
  const word = known === undefined ? undefined : abstractionNamed(known);
  if (word !== undefined) {
    return { sentence: `Takes in the rules for ${word.purpose} (${code(path)})${condition}.`, danger: word.danger };
  }
  return { sentence: `Takes in ${contentsOf(path)}${condition}.`, danger: null };
}

function contentsOf(path: string): string {
  if (path.startsWith("local/")) return `what the machine's administrator adds in ${code(path)}`;
  const piece = /^abstractions\/(.+)\.d$/u.exec(path)?.[1];
  if (piece !== undefined) return `what others add to ${code(`abstractions/${piece}`)}`;
  if (path === "tunables/global") return `the variables that nearly every profile uses (${code(path)})`;
  if (path.startsWith("tunables/")) {
    const named = knownVariables.filter(({ definedIn }) => definedIn === path).map(({ name }) => `@{${name}}`);
    return named.length === 0
      ? `the variables of ${code(path)}`
      : `the ${named.length === 1 ? "variable" : "variables"} ${codes(named)} (${code(path)})`;
  }
  return `what stands in ${code(path)}`;
}

/** What an `abi` line fixes. */
export function sayAbi({ path }: { readonly path: string }): string {
  const known = wordNamed(
    featureAbis.map((abi) => ({ ...abi, name: abi.path })),
    path,
  );
  const without =
    known === undefined ? "" : ` Not held to rules, whatever the kernel could do: ${listed(known.leavesOut)}.`;
  return `Is written for the features in ${code(path)}: newer kernels hold the program to no more than that.${without}`;
}

/** More values than that of one variable are counted only. */
const mostValues = 24;

/** What a variable is set to. */
export function sayVariable({ name, operator, values }: Pick<VariableView, "name" | "operator" | "values">): string {
  const variable = code(`@{${name}}`);
  const written = values.filter((value) => value !== "");
  const said = listed(
    [
      ...(written.length === 0 ? [] : [codes(written, "or", mostValues)]),
      ...(written.length === values.length && values.length > 0 ? [] : ["nothing"]),
    ],
    "or",
  );
  if (operator === "+=") return `${variable} can stand for ${said} as well.`;
  if (operator === "?=") return `${variable} stands for ${said}, unless it is set elsewhere.`;
  if (operator === ":=") return `${variable} stands for ${said} from here on.`;
  return `${variable} stands for ${said}.`;
}

/** What a boolean is set to. */
export function sayBoolean({ name, value }: Pick<BooleanView, "name" | "value">): string {
  return `The switch ${code(`$${name}`)} is ${value ? "on" : "off"}.`;
}

/** What an alias does. */
export function sayAlias({ from, to }: Pick<AliasView, "from" | "to">): string {
  return `What rules say of paths that begin with ${code(from)} holds for those that begin with ${code(to)} as well, denies too.`;
}
