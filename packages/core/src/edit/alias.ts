import type { AliasView, FileView } from "../design/index.ts";
import { pathWord } from "../rules/index.ts";
import { tokenWithRole } from "../syntax/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkPath, shown } from "./check-words.ts";
import { containerAround, fileContainer } from "./container.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { lineOf } from "./edit-rule.ts";
import { placeInPreamble } from "./find-place.ts";
import { insertItem } from "./insert-item.ts";
import { removeItem } from "./remove-item.ts";

/** What an alias says: every rule on a path below `from` holds below `to` as well. */
export interface AliasPaths {
  readonly from: string;
  readonly to: string;
}

/** Adds `alias FROM -> TO,` to the preamble. */
export function addAlias(file: FileView, { from, to }: AliasPaths): EditOutcome {
  const reason = checkPath(from) ?? checkPath(to);
  if (reason !== null) return refuse(reason);
  const same = file.aliases.find((alias) => alias.from === from && alias.to === to);
  if (same !== undefined) return refuse(`this alias stands in line ${lineOf(file, same.node)} already`);
  const container = fileContainer(file);
  const text = `alias ${pathWord(from)} -> ${pathWord(to)},`;
  return accept(file, `alias ${shown(from)} to ${shown(to)}`, [
    insertItem(container, placeInPreamble(container, "alias"), text),
  ]);
}

/** Changes the paths of an alias. */
export function changeAlias(file: FileView, alias: AliasView, { from, to }: AliasPaths): EditOutcome {
  const reason = checkPath(from) ?? checkPath(to);
  if (reason !== null) return refuse(reason);
  const source = tokenWithRole(alias.node, "source");
  const target = tokenWithRole(alias.node, "target");
  if (source === undefined || target === undefined) return refuse("this alias can't be read; mend it first");
  return accept(file, `change the alias of ${shown(alias.from)}`, [
    ...(from === alias.from ? [] : [{ range: { start: source.start, end: source.end }, newText: pathWord(from) }]),
    ...(to === alias.to ? [] : [{ range: { start: target.start, end: target.end }, newText: pathWord(to) }]),
  ]);
}

/** Takes an alias away, with its line. */
export function removeAlias(file: FileView, alias: AliasView): EditOutcome {
  const container = containerAround(file, alias.node);
  if (container === undefined) return refuse("the braces around this alias are not closed; mend them first");
  return accept(file, `remove the alias of ${shown(alias.from)}`, [removeItem(container, alias.node)]);
}
