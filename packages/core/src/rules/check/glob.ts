/** How deep `{…}` may nest in a glob, as the parser counts. */
const maximalAlternationDepth = 50;

/**
 * What is wrong with a glob (AARE), in words; null where it is right. Escapes count, a variable does not: take it
 * out or put its value in before. The rules are those of the parser: every `{…}` needs a comma, `[` is closed by the next
 * `]`, and braces inside brackets are plain characters.
 */
export function globProblem(glob: string): string | null {
  const commas: number[] = [];
  let classStart = -1;
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at];
    if (character === "\\") {
      if (at + 1 === glob.length) return "it ends in a lone `\\`";
      at++;
    } else if (character === "[") {
      if (classStart === -1) classStart = at;
    } else if (character === "]") {
      if (classStart === -1) return "`]` closes nothing";
      const problem = classProblem(glob.slice(classStart + 1, at));
      if (problem !== null) return problem;
      classStart = -1;
    } else if (classStart !== -1) {
      continue;
    } else if (character === "{") {
      commas.push(0);
      if (commas.length >= maximalAlternationDepth)
        return `\`{…}\` nests deeper than ${maximalAlternationDepth} levels`;
    } else if (character === "}") {
      const count = commas.pop();
      if (count === undefined) return "`}` closes nothing";
      if (count === 0) return "`{…}` holds no comma: an alternation needs two items or more";
    } else if (character === "," && commas.length > 0) {
      commas.push((commas.pop() ?? 0) + 1);
    }
  }
  if (classStart !== -1) return "`[` is not closed";
  return commas.length > 0 ? "`{` is not closed" : null;
}

/** What is wrong between `[` and `]`: a `-` stands first, or between the two ends of a range. */
function classProblem(inside: string): string | null {
  const items = (inside.startsWith("^") ? inside.slice(1) : inside).match(/\\?[^]/gu) ?? [];
  if (items.length === 0) return "`[…]` holds no character";
  for (let at = 0; at < items.length; at++) {
    if (at > 0 && items[at] === "-") return "a `-` in `[…]` stands first or between the two ends of a range";
    if (items[at + 1] !== "-") continue;
    const last = items[at + 2];
    if (last === undefined || last === "-") return "a range in `[…]` needs a character behind its `-`";
    at += 2;
  }
  return null;
}

/** The text of a pattern with every variable replaced by a plain letter, for `globProblem`. */
export function withoutVariables(pattern: string): string {
  return pattern.replace(/(\\.)|@\{[A-Za-z]\w*\}/gu, (_whole, escaped: string | undefined) => escaped ?? "x");
}

/** A variable that a pattern names. */
export interface VariableUse {
  /** Without `@{` and `}`. */
  readonly name: string;
  /** Where `@` stands in the pattern. */
  readonly at: number;
}

/**
 * The variables that a pattern names, in its order. What the parser takes for an alternation (`@{a,b}`) ends the search,
 * as it does there.
 */
export function variablesIn(pattern: string): readonly VariableUse[] {
  const uses: VariableUse[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern[at] === "@" && pattern[at + 1] === "{") {
      const close = pattern.indexOf("}", at);
      if (close === -1) break;
      const name = pattern.slice(at + 2, close);
      if (name.includes(",")) break;
      uses.push({ name, at });
      at = close;
    }
  }
  return uses;
}
