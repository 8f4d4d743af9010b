import type { FileView, VariableView } from "../design/index.ts";
import { pathWord, quoted } from "../rules/index.ts";
import { tokensWithRole, tokenWithRole } from "../syntax/index.ts";
import type { TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkText, shown } from "./check-words.ts";
import { containerAround, fileContainer } from "./container.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { lineOf } from "./edit-rule.ts";
import { placeInPreamble } from "./find-place.ts";
import { insertItem } from "./insert-item.ts";
import { removeItem } from "./remove-item.ts";

/**
 * Sets a new variable in the preamble, or in a file of tunables: `@{NAME} = a b`. `name` is without `@{` and `}`. With `+=`
 * the values are added to those that the variable has from elsewhere.
 */
export function addVariable(
  file: FileView,
  name: string,
  values: readonly string[],
  operator: "=" | "+=" = "=",
): EditOutcome {
  const reason = checkVariableName(name) ?? checkValues(values);
  if (reason !== null) return refuse(reason);
  const same = file.variables.find((variable) => variable.name === name && variable.operator !== "+=");
  if (same !== undefined && operator === "=")
    return refuse(`\`@{${name}}\` is set in line ${lineOf(file, same.node)} already; change it there`);
  const container = fileContainer(file);
  const text = `@{${name}} ${operator} ${values.map(variableValue).join(" ")}`;
  return accept(file, operator === "=" ? `set @{${name}}` : `add to @{${name}}`, [
    insertItem(container, placeInPreamble(container, "variable-assignment"), text),
  ]);
}

/** Gives a variable other values; those that stay keep their text. */
export function setVariable(file: FileView, variable: VariableView, values: readonly string[]): EditOutcome {
  const reason = checkValues(values, variable.values);
  if (reason !== null) return refuse(reason);
  const label = `change @{${shown(variable.name)}}`;
  const written = tokensWithRole(variable.node, "value");
  const operator = tokenWithRole(variable.node, "operator");
  if (operator === undefined) return refuse("this assignment can't be read; mend it first");
  const last = written.at(-1);
  if (last === undefined) {
    const newText = ` ${values.map(variableValue).join(" ")}`;
    return accept(file, label, [{ range: { start: operator.end, end: operator.end }, newText }]);
  }
  const now = variable.values;
  let head = 0;
  while (head < Math.min(now.length, values.length) && now[head] === values[head]) head += 1;
  const rest = values.slice(head).map(variableValue).join(" ");
  const lastKept = written[head - 1];
  if (head === now.length && lastKept !== undefined) {
    return accept(file, label, head === values.length ? [] : [insert(lastKept.end, ` ${rest}`)]);
  }
  return accept(file, label, [valueReplacement(written, lastKept?.end, head, rest)]);
}

/** Takes an assignment away, with its line. */
export function removeVariable(file: FileView, variable: VariableView): EditOutcome {
  const container = containerAround(file, variable.node);
  if (container === undefined) return refuse("the braces around this assignment are not closed; mend them first");
  return accept(file, `remove @{${shown(variable.name)}}`, [removeItem(container, variable.node)]);
}

/** From the first value that differs to the last one; where all that differs is gone, the blanks before it go too. */
function valueReplacement(
  written: readonly { readonly start: number; readonly end: number }[],
  keptEnd: number | undefined,
  head: number,
  rest: string,
): TextEdit {
  const first = written[head];
  const last = written.at(-1);
  const start = rest === "" ? (keptEnd ?? first?.start ?? 0) : (first?.start ?? 0);
  return { range: { start, end: last?.end ?? start }, newText: rest };
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

function checkVariableName(name: string): string | null {
  if (/^[A-Za-z][A-Za-z0-9_]{0,200}$/u.test(name)) return null;
  return `\`${shown(name)}\` can't be the name of a variable: it takes letters, digits and \`_\`, a letter first`;
}

/** What is wrong with values; those that stand there already may be as they are, empty ones too. */
function checkValues(values: readonly string[], standing: readonly string[] = []): string | null {
  if (values.length === 0) return "a variable needs at least one value";
  for (const value of values) {
    if (standing.includes(value)) continue;
    if (value === "") return "a value of a variable may not be empty";
    const reason = checkText(value, "a value of the variable");
    if (reason !== null) return reason;
  }
  return null;
}

/** Values end at blanks; a `#` would begin a comment, and what looks like an operator would be read as one. */
function variableValue(value: string): string {
  return value === "" || /^[#=+?:()]/u.test(value) ? quoted(value) : pathWord(value);
}
