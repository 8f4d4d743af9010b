import type { FileView, ProfileView } from "../design/index.ts";
import { quoted } from "../rules/index.ts";
import { childOfKind, tokenWithRole } from "../syntax/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkText, shown } from "./check-words.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { elementBefore } from "./profile-head.ts";

/**
 * Says which extended attributes a program must have for the profile to attach: `user.tag=value` each, the value a glob. An empty
 * list takes `xattrs=(…)` away.
 */
export function setXattrs(file: FileView, profile: ProfileView, list: readonly string[]): EditOutcome {
  const words: string[] = [];
  for (const each of list) {
    const written = profile.xattrs.includes(each) ? each : xattrWord(each);
    if (written === null) return refuse(`\`${shown(each)}\` is no attribute with a value; write \`user.tag=value\``);
    const reason = checkText(each, "an attribute");
    if (reason !== null) return refuse(reason);
    words.push(written);
  }
  const keys = words.map((word) => word.slice(0, word.indexOf("=")));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return refuse(`\`${shown(twice)}\` is twice in the list`);
  if (profile.form === "hat") return refuse("a hat attaches to nothing: it takes no attributes");
  const label = list.length === 0 ? "remove the attributes" : `set the attributes of ${shown(profile.name)}`;
  const node = childOfKind(profile.node, "xattrs");
  if (node === undefined) {
    if (words.length === 0) return accept(file, label, []);
    const head = tokenWithRole(profile.node, "attachment") ?? tokenWithRole(profile.node, "name");
    if (head === undefined) return refuse("the profile has no name yet; give it one first");
    const newText = ` xattrs=(${words.join(" ")})`;
    return accept(file, label, [{ range: { start: head.end, end: head.end }, newText }]);
  }
  if (words.length === 0) {
    const previous = elementBefore(profile, node.start);
    return accept(file, label, [{ range: { start: previous?.end ?? node.start, end: node.end }, newText: "" }]);
  }
  const open = tokenWithRole(node, "open");
  const close = tokenWithRole(node, "close");
  if (open === undefined || close === undefined) return refuse("the attributes can't be read; mend them first");
  const same = words.length === profile.xattrs.length && words.every((word, at) => word === profile.xattrs[at]);
  return accept(file, label, same ? [] : [{ range: { start: open.end, end: close.start }, newText: words.join(" ") }]);
}

function xattrWord(text: string): string | null {
  const found = /^([A-Za-z][\w.-]*)=(.+)$/u.exec(text);
  const [, key = "", value = ""] = found ?? [];
  if (found === null) return null;
  const bare = value.startsWith('"') ? value.slice(1, value.endsWith('"') && value.length > 1 ? -1 : undefined) : value;
  return `${key}=${/^[^\s"!,()=\\#]+$/u.test(bare) ? bare : quoted(bare)}`;
}
