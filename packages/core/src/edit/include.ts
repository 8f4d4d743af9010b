import type { FileView, IncludeView, ProfileView } from "../design/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkText, shown } from "./check-words.ts";
import { containerAround, fileContainer } from "./container.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { lineOf, openContainer } from "./edit-rule.ts";
import { placeForBodyInclude, placeInPreamble } from "./find-place.ts";
import { insertItem } from "./insert-item.ts";
import { removeItem } from "./remove-item.ts";

/**
 * Includes a file: into a profile, or (`profile` null) into the preamble. `path` counts from `/etc/apparmor.d`, as
 * `abstractions/base` does; an absolute path is put in quotes.
 */
export function addInclude(
  file: FileView,
  profile: ProfileView | null,
  path: string,
  options: { readonly ifExists?: boolean } = {},
): EditOutcome {
  const reason = checkInclude(path);
  if (reason !== null) return refuse(reason);
  const container = openContainer(file, profile);
  if (typeof container === "string") return refuse(container);
  const same = (profile ?? file).includes.find(
    (include) => include.path === path && container.items.includes(include.node),
  );
  if (same !== undefined) return refuse(`\`${shown(path)}\` is included in line ${lineOf(file, same.node)} already`);
  const name = path.startsWith("/") ? `"${path}"` : `<${path}>`;
  const rest = ` ${options.ifExists === true ? "if exists " : ""}${name}`;
  const inPreamble = profile === null && file.profiles.length > 0;
  const place = inPreamble ? placeInPreamble(container, "include") : placeForBodyInclude(container, path);
  const styled = insertItem(container, place, includeWord(file) + rest);
  // On a last line without a line end the parser takes `#include` for a comment, and stops.
  const ended = styled.newText.endsWith("\n") || file.tree.text.includes("\n", styled.range.start);
  const edit = ended ? styled : insertItem(container, place, `include${rest}`);
  return accept(file, `include ${shown(path)}`, [edit]);
}

/** Takes an include away, with its line where it has one for itself. */
export function removeInclude(file: FileView, include: IncludeView): EditOutcome {
  const container = containerAround(file, include.node) ?? fileContainer(file);
  return accept(file, `remove the include of ${shown(include.path)}`, [removeItem(container, include.node)]);
}

/** Why a path can't be included; null where it can. */
function checkInclude(path: string): string | null {
  if (path.trim() === "" || path !== path.trim()) return "name the file to include, such as `abstractions/base`";
  if (/[<>"]/u.test(path)) return `\`${shown(path)}\` holds a character that ends the name of an include`;
  if (path.split("/").includes(".."))
    return `\`${shown(path)}\` leaves its folder; an include names its file from the top`;
  return checkText(path, "the path");
}

/** Older files write `#include`; a file that always does keeps to it. */
function includeWord({ tree: { text } }: FileView): string {
  return /^[ \t]*#include[ \t]/mu.test(text) && !/^[ \t]*include[ \t]/mu.test(text) ? "#include" : "include";
}
