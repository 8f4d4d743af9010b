/**
 * How a word of the language is put into a text: bare where the lexer takes it as one word, in quotes else.
 * Which characters end a bare word was tried against the parsers 3.0.8 to 5.0: blanks, `"`, `!`, and a comma that
 * no further character of the word follows.
 */

/** Backslash and the character behind it, or any character but those that end a word; a comma only before such a one. */
const barePath = /^(?:\\[^\s]|[^\s"!,\\]|,(?=[^\s"!,\\]))+$/u;

/** `@{VAR}=` and `@{VAR}+` would begin an assignment. */
const likeAssignment = /^@\{[^}]*\}[=+]/u;

/** Letters that never mean anything else in a name, whatever stands beside them. */
const plainName = /^[A-Za-z0-9_.:@%&*?/^~][A-Za-z0-9_.:@%&*?/^~+-]*$/u;

/** In lists and conditions a comma or parenthesis would end the value. */
const plainValue = /^[^\s"!,()=\\#][^\s"!,()=\\]*$/u;

/** The word in quotes; a quote inside is escaped where it is not yet. */
export function quoted(word: string): string {
  return `"${word.replace(/\\[\s\S]|"/gu, (part) => (part === '"' ? '\\"' : part))}"`;
}

/** A path, glob or attachment as it is to be written. */
export function pathWord(path: string): string {
  return barePath.test(path) && !likeAssignment.test(path) && !path.startsWith("#") ? path : quoted(path);
}

/** The name of a profile, hat or exec target; names that are paths follow the rules of paths. */
export function nameWord(name: string): string {
  if (plainName.test(name)) return name;
  return /^(?:[/]|@\{)/u.test(name) ? pathWord(name) : quoted(name);
}

/** A value of a condition: `set=hup`, `addr=@name`. */
export function valueWord(value: string): string {
  return plainValue.test(value) ? value : quoted(value);
}
