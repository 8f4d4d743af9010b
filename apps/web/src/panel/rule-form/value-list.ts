import { quoted } from "@hauberk/core/rules";

/** Values as a person types them in one field: with commas between, quotes around those that would not be one value. */
export function joinValues(values: readonly string[]): string {
  return values.map((value) => (standsAlone(value) ? value : quoted(value))).join(", ");
}

function standsAlone(value: string): boolean {
  const [first, ...others] = splitValues(`${value},x`);
  return first === value && others.length === 1;
}

/** The values in such a text, escapes as written. What stands between quotes or in `{…}` and `[…]` is not parted. */
export function splitValues(text: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at < text.length;) {
    if (isBetween(text.charAt(at))) {
      at += 1;
    } else if (text.charAt(at) === '"') {
      const end = quoteEnd(text, at + 1);
      values.push(text.slice(at + 1, end));
      at = end + 1;
    } else {
      const end = bareEnd(text, at);
      values.push(text.slice(at, end));
      at = end;
    }
  }
  return values;
}

function isBetween(character: string): boolean {
  return /[\s,]/u.test(character);
}

function quoteEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}

function bareEnd(text: string, from: number): number {
  let braces = 0;
  let inClass = false;
  let at = from;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "{") braces += 1;
    else if (character === "}") braces = Math.max(0, braces - 1);
    else if (braces === 0 && isBetween(character)) break;
  }
  return Math.min(at, text.length);
}

/** True where two lists hold the same values. */
export function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

/** The ticks with one word set or taken away; other spellings of it go too, all else stays as it is. */
export function withTick(
  ticked: readonly string[],
  word: { readonly name: string; readonly aliases?: readonly string[] },
  on: boolean,
): readonly string[] {
  const names = [word.name, ...(word.aliases ?? [])];
  if (!on) return ticked.filter((each) => !names.includes(each));
  return names.some((name) => ticked.includes(name)) ? ticked : [...ticked, word.name];
}
