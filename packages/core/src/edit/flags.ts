import type { FileView, ProfileView } from "../design/index.ts";
import { childOfKind, textOf, tokensWithRole, type SyntaxNode, type Token } from "../syntax/index.ts";
import type { TextEdit } from "../text/index.ts";
import { profileFlags, profileModes } from "../vocabulary/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkText, shown } from "./check-words.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { elementBefore } from "./profile-head.ts";

/**
 * Sets or clears one flag of a profile: `audit`, `attach_disconnected.path=/x`. A flag with a value replaces the one that
 * stands there; modes exclude each other and are led to `setMode`.
 */
export function setFlag(file: FileView, profile: ProfileView, flag: string, on: boolean): EditOutcome {
  const reason = checkFlag(flag);
  if (reason !== null) return refuse(reason);
  const key = keyOf(flag);
  if (isMode(key)) {
    const has = profile.flags.includes(flag);
    return on
      ? setMode(file, profile, key)
      : has
        ? setMode(file, profile, "enforce")
        : accept(file, `untick ${flag}`, []);
  }
  const label = `${on ? "tick" : "untick"} ${shown(flag)}`;
  const tokens = flagTokens(profile);
  const same = tokens.findIndex((token) => keyOf(textOf(file.tree, token)) === key);
  if (!on) return accept(file, label, same === -1 ? [] : removeFlags(profile, tokens, new Set([same])));
  const excluded = profileFlags.find(({ name }) => name === key)?.excludes ?? [];
  const clash = profile.flags.find((other) => excluded.includes(keyOf(other)));
  if (clash !== undefined)
    return refuse(`\`${flag}\` and \`${shown(clash)}\` exclude each other; untick that one first`);
  const token = tokens[same];
  if (token !== undefined) return accept(file, label, textOf(file.tree, token) === flag ? [] : [replace(token, flag)]);
  return appended(file, profile, tokens, flag, label);
}

/** Sets the mode of a profile; `enforce` is what holds where no mode is written, so it takes all of them away. */
export function setMode(file: FileView, profile: ProfileView, mode: string): EditOutcome {
  if (!isMode(mode))
    return refuse(`\`${shown(mode)}\` is no mode; there are ${profileModes.map(({ name }) => name).join(", ")}`);
  const label = `set mode ${mode}`;
  const tokens = flagTokens(profile);
  const modes = tokens.flatMap((token, index) => (isMode(textOf(file.tree, token)) ? [index] : []));
  if (mode === "enforce") return accept(file, label, removeFlags(profile, tokens, new Set(modes)));
  const [first, ...others] = modes;
  const token = first === undefined ? undefined : tokens[first];
  if (token === undefined) return appended(file, profile, tokens, mode, label);
  const change = textOf(file.tree, token) === mode ? [] : [replace(token, mode)];
  return accept(file, label, [...change, ...removeFlags(profile, tokens, new Set(others))]);
}

function isMode(flag: string): boolean {
  return profileModes.some(({ name }) => name === flag);
}

function keyOf(flag: string): string {
  return flag.split("=")[0] ?? flag;
}

function flagsNode(profile: ProfileView): SyntaxNode | undefined {
  return childOfKind(profile.node, "flags");
}

function flagTokens(profile: ProfileView): Token[] {
  const node = flagsNode(profile);
  return node === undefined ? [] : tokensWithRole(node, "flag");
}

/** Behind the last flag, parted as the flags before are; or as a new `flags=(…)` at the end of the head. */
function appended(
  file: FileView,
  profile: ProfileView,
  tokens: readonly Token[],
  flag: string,
  label: string,
): EditOutcome {
  const last = tokens.at(-1);
  if (last !== undefined) {
    const before = tokens.at(-2);
    const gap = before === undefined ? ", " : file.tree.text.slice(before.end, last.start);
    return accept(file, label, [replace({ start: last.end, end: last.end }, `${gap}${flag}`)]);
  }
  if (flagsNode(profile) !== undefined) return refuse("the flags of the profile can't be read; mend them first");
  const previous = profile.body === undefined ? undefined : elementBefore(profile, profile.body.start);
  if (previous === undefined) return refuse("the profile has no body yet; mend its first line first");
  return accept(file, label, [replace({ start: previous.end, end: previous.end }, ` flags=(${flag})`)]);
}

/** Takes flags away, each with what parts it from its neighbour; the last one takes `flags=(…)` along. */
function removeFlags(profile: ProfileView, tokens: readonly Token[], gone: ReadonlySet<number>): TextEdit[] {
  const node = flagsNode(profile);
  if (gone.size === 0 || node === undefined) return [];
  if (gone.size === tokens.length) {
    const previous = elementBefore(profile, node.start);
    return [replace({ start: previous?.end ?? node.start, end: node.end }, "")];
  }
  const firstKept = tokens.findIndex((_token, index) => !gone.has(index));
  return [...gone].flatMap((index) => {
    const token = tokens[index];
    const before = tokens[index - 1];
    const behind = tokens[index + 1];
    if (token === undefined) return [];
    if (index > firstKept && before !== undefined) return [replace({ start: before.end, end: token.end }, "")];
    return behind === undefined ? [] : [replace({ start: token.start, end: behind.start }, "")];
  });
}

/** Why a flag can not be written; null where it can. */
export function checkFlag(flag: string): string | null {
  if (!/^[a-z][a-z0-9_.]*(?:=[^\s"!,()={}]+)?$/u.test(flag)) return `\`${shown(flag)}\` can't be written as a flag`;
  return checkText(flag, "the flag");
}

function replace({ start, end }: { readonly start: number; readonly end: number }, newText: string): TextEdit {
  return { range: { start, end }, newText };
}
