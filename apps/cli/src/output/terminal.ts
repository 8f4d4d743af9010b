import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Styled where the stream is a terminal that shows colours and `NO_COLOR` is not set, else as it is. */
function styled(style: Style, text: string, stream: NodeJS.WriteStream): string {
  return styleText(style, text, { stream, validateStream: true });
}

/** A good answer, on standard output. */
export const good = (text: string): string => styled("green", text, process.stdout);

/** A bad answer, on standard output. */
export const bad = (text: string): string => styled(["red", "bold"], text, process.stdout);

/** An answer that is neither, on standard output. */
export const doubtful = (text: string): string => styled("yellow", text, process.stdout);

/** What matters less, on standard output. */
export const faint = (text: string): string => styled("dim", text, process.stdout);

/**
 * Text of other people for a terminal: what could move the cursor or forge a line is shown by its code. Tabs stay.
 */
export function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, (character) =>
    character === "\t" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A line for a person on standard output. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** A remark on standard error, where it is not part of the answer. */
export function remark(line: string): void {
  for (const each of line.split("\n")) {
    process.stderr.write(`${styled("bold", "hauberk:", process.stderr)} ${harmless(each)}\n`);
  }
}
