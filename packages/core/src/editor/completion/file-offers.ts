import { execModes, filePermissions, type ExecModeWord } from "../../vocabulary/index.ts";
import type { Offer } from "./item.ts";

const onlyLetters = /^[rwaklm]*$/u;

/** Combinations that people write most; shown before single letters. */
const usual = ["r", "rw", "rwk", "a", "mr", "rix"] as const;

/** The exec mode that permissions end with: `Pix` of `rPix`, not the `ix` in it; the `x` of a deny is none. */
export function execModeIn(written: string): ExecModeWord | null {
  const found = execModes.filter(({ name }) => name !== "x" && written.endsWith(name));
  return found.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** Permissions that go on from what is written: each further letter, and how a program would be started. */
export function permissionOffers(prefix: string, denied: boolean): Offer[] {
  const modes = execModes.filter(({ name }) => (name === "x") === denied);
  const exec = execModeIn(prefix);
  const given = exec === null ? prefix : prefix.slice(0, -exec.name.length);
  if (!onlyLetters.test(given)) return execStarts(prefix, modes);
  const offered = new Map<string, Offer>();
  const add = (written: string) => void offered.set(written, { label: written, kind: "value", ...wordsOf(written) });
  if (prefix === "") for (const each of usual) if (!denied || !each.endsWith("x")) add(each);
  if (prefix !== "") add(prefix);
  if (exec === null) {
    for (const { name, excludes } of filePermissions) {
      if (!given.includes(name) && !excludes.some((other) => given.includes(other))) add(given + name);
    }
    for (const { name } of modes) add(given + name);
  }
  return [...offered.values()];
}

/** `rP` is on the way to `rPx`. */
function execStarts(prefix: string, modes: typeof execModes): Offer[] {
  const found = modes.flatMap(({ name }) => {
    for (let length = name.length - 1; length > 0; length -= 1) {
      const start = name.slice(0, length);
      if (prefix.endsWith(start)) return [prefix.slice(0, -length) + name];
    }
    return [];
  });
  return found.map((written): Offer => ({ label: written, kind: "value", ...wordsOf(written) }));
}

/** `read, write` beside `rw`, with the sentences of each. */
function wordsOf(written: string): { readonly detail: string; readonly documentation: string } {
  const mode = execModeIn(written) ?? undefined;
  const rest = mode === undefined ? written : written.slice(0, -mode.name.length);
  const said = filePermissions.filter(({ name }) => rest.includes(name));
  return {
    detail: [...said.map(({ title }) => title), ...(mode === undefined ? [] : [mode.title.toLowerCase()])].join(", "),
    documentation: [...said.map(({ sentence }) => sentence), ...(mode === undefined ? [] : [mode.sentence])].join(" "),
  };
}
