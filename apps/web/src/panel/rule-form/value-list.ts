import { valueWord } from "@hauberk/core/rules";

/** Values as a person types them in one field: with commas between, quotes around those that hold blanks. */
export function joinValues(values: readonly string[]): string {
  return values.map(valueWord).join(", ");
}

/** The values in such a text. What stands between quotes is one value. */
export function splitValues(text: string): readonly string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|[^\s,]+/gu)].map(([whole, quoted]) => quoted ?? whole);
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
