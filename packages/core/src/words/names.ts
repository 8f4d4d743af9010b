import { code, codes, listed } from "./lists.ts";
import { isWild, nameCondition, plainText, readSigns, writtenOut } from "./glob.ts";

/** More ways than that through the alternations of a name are not written out. */
const mostWays = 16;

/**
 * Something with a name or a glob of names: the interface `x`, any interface whose name begins with `x`. `one` and `many` are
 * the noun without its article.
 */
export function sayNamed(one: string, many: string, pattern: string, whose = "whose name"): string {
  const ways = writtenOut(readSigns(pattern), mostWays);
  if (ways === null) return `any ${one} of the form ${code(pattern)}`;
  const exact: string[] = [];
  const conditions: string[] = [];
  for (const way of ways) {
    if (!way.some(isWild)) {
      exact.push(way.map(plainText).join(""));
      continue;
    }
    const condition = nameCondition(way);
    if (condition === null) return `any ${one}`;
    conditions.push(condition);
  }
  const named = exact.length === 0 ? [] : [`the ${exact.length === 1 ? one : many} ${codes(exact, "or")}`];
  const fitting = conditions.length === 0 ? [] : [`any ${one} ${whose} ${listed([...new Set(conditions)], "or")}`];
  return listed([...named, ...fitting], "or");
}

/** A profile as a peer or target names it: `a//&b` are two at once, a leading `&` is one beside those that hold already. */
export function sayProfileName(label: string): string {
  const stack = label.split("//&");
  if (stack.length > 1 && stack.every((name) => name !== "")) {
    const plain = stack.every((name) => !/[*?[{@]/u.test(name));
    return `${plain ? `the profiles ${codes(stack)}` : listed(stack.map(sayProfileName))} at once`;
  }
  if (label === "@{profile_name}") return "this same profile";
  const child = /^(@\{profile_name\}|[^*?[{]+)\/\/\*+$/u.exec(label)?.[1];
  if (child !== undefined) return `any child of ${sayProfileName(child)}`;
  const ofAny = /^(\*+)\/\/([^*?[{]+)$/u.exec(label);
  if (ofAny !== null) {
    return `the child ${code(ofAny[2] ?? "")} of any profile${ofAny[1] === "*" ? " whose name holds no `/`" : ""}`;
  }
  if (label === "*") return "any profile whose name holds no `/`";
  const said = sayNamed("profile", "profiles", label);
  // A single star stops at a slash, as in paths.
  if (!label.includes("*") || label.includes("**") || !said.includes(" whose name ")) return said;
  return /^[^*]*\*$/u.test(label)
    ? `${said} and holds no ${code("/")} after that`
    : `${said}, where what varies holds no ${code("/")}`;
}

/** True where a label fits every program, one that no profile confines among them. */
export function fitsEveryLabel(label: string | null): boolean {
  return label === null || /^\*{2,}$/u.test(label);
}

/** The programs that bear a label, as a peer: under the profile `x`; without any profile; whoever it is. */
export function programsUnder(label: string | null): string {
  if (fitsEveryLabel(label) || label === null) return "any program";
  if (label === "unconfined") return "programs that no profile confines";
  const none = label === "*" ? "programs that no profile confines, and " : "";
  return `${none}programs under ${sayProfileName(label)}`;
}

/** The values of a condition, with a key out of `keys`; empty where it is not written. */
export function valuesOf(
  conditions: readonly { readonly key: string; readonly values: readonly string[] }[],
  ...keys: readonly string[]
): readonly string[] {
  return conditions.filter(({ key }) => keys.includes(key)).flatMap(({ values }) => values);
}

/** The single words that single permissions come to, `r`, `w`, `rw` and their long forms made one. */
export function permissionSet(permissions: readonly string[], read: string, write: string): ReadonlySet<string> {
  return new Set(
    permissions.flatMap((word) => {
      const lower = word.toLowerCase();
      if (lower === "read") return [read];
      if (lower === "write") return [write];
      if (!/^[rw]+$/u.test(lower)) return [word];
      return [...(lower.includes("r") ? [read] : []), ...(lower.includes("w") ? [write] : [])];
    }),
  );
}
