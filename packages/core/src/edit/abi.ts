import type { FileView } from "../design/index.ts";
import { tokenWithRole } from "../syntax/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkText, shown } from "./check-words.ts";
import { containerAround, fileContainer } from "./container.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { placeInPreamble } from "./find-place.ts";
import { insertItem } from "./insert-item.ts";
import { removeItem } from "./remove-item.ts";

/** Names the feature ABI that the file is written for (`abi/3.0`), or takes the line away. */
export function setAbi(file: FileView, path: string | null): EditOutcome {
  if (path === null) {
    if (file.abi === null) return refuse("the file names no abi");
    const around = containerAround(file, file.abi.node) ?? fileContainer(file);
    return accept(file, "remove the abi", [removeItem(around, file.abi.node)]);
  }
  const reason = checkAbi(path);
  if (reason !== null) return refuse(reason);
  const label = `set abi ${shown(path)}`;
  if (file.abi === null) {
    const container = fileContainer(file);
    return accept(file, label, [insertItem(container, placeInPreamble(container, "abi"), `abi <${path}>,`)]);
  }
  const written = tokenWithRole(file.abi.node, "path");
  if (written === undefined) return refuse("the abi line can't be read; mend it first");
  if (file.abi.path === path) return accept(file, label, []);
  return accept(file, label, [{ range: { start: written.start, end: written.end }, newText: `<${path}>` }]);
}

function checkAbi(path: string): string | null {
  if (!/^[^\s<>"]+$/u.test(path)) return "name the abi's file below /etc/apparmor.d, such as `abi/3.0`";
  if (path.split("/").includes("..")) return "the abi's file lies below /etc/apparmor.d";
  return checkText(path, "the abi's path");
}
