import type { BooleanView, FileView } from "../design/index.ts";
import { tokenWithRole } from "../syntax/index.ts";
import { accept, refuse } from "./answer.ts";
import { shown } from "./check-words.ts";
import { containerAround, fileContainer } from "./container.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { lineOf } from "./edit-rule.ts";
import { placeInPreamble } from "./find-place.ts";
import { insertItem } from "./insert-item.ts";
import { removeItem } from "./remove-item.ts";

/** Sets a new boolean in the preamble: `$NAME = true`. `name` is without `$`. */
export function addBoolean(file: FileView, name: string, value: boolean): EditOutcome {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,200}$/u.test(name)) {
    return refuse(
      `\`${shown(name)}\` can't be the name of a boolean: it takes letters, digits and \`_\`, a letter first`,
    );
  }
  const same = file.booleans.find((each) => each.name === name);
  if (same !== undefined)
    return refuse(`\`$${name}\` is set in line ${lineOf(file, same.node)} already; change it there`);
  const variable = file.variables.find((each) => each.name === name);
  if (variable !== undefined)
    return refuse(`\`@{${name}}\` in line ${lineOf(file, variable.node)} has this name already`);
  const container = fileContainer(file);
  return accept(file, `set $${name}`, [
    insertItem(container, placeInPreamble(container, "boolean-assignment"), `$${name} = ${value ? "true" : "false"}`),
  ]);
}

/** Gives a boolean another value. */
export function setBoolean(file: FileView, boolean: BooleanView, value: boolean): EditOutcome {
  const operator = tokenWithRole(boolean.node, "operator");
  if (operator === undefined) return refuse("this assignment can't be read; mend it first");
  const label = `set $${shown(boolean.name)} to ${value ? "true" : "false"}`;
  const { text } = file.tree;
  const written = text.slice(operator.end, boolean.node.end);
  const start = operator.end + written.length - written.trimStart().length;
  const plain = /^(?:true|false)$/iu.test(written.trim());
  if (plain && boolean.value === value) return accept(file, label, []);
  const blank = written.trim() === "" ? " " : "";
  return accept(file, label, [
    { range: { start, end: boolean.node.end }, newText: `${blank}${value ? "true" : "false"}` },
  ]);
}

/** Takes an assignment away, with its line. */
export function removeBoolean(file: FileView, boolean: BooleanView): EditOutcome {
  const container = containerAround(file, boolean.node);
  if (container === undefined) return refuse("the braces around this assignment are not closed; mend them first");
  return accept(file, `remove $${shown(boolean.name)}`, [removeItem(container, boolean.node)]);
}
