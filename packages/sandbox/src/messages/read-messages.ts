/** A message of the parser, its parts told apart. Paths are those that the parser saw. */
export interface ParserMessage {
  readonly severity: "error" | "warning";
  /** The file that was given to the parser; null where the message does not say. */
  readonly top: string | null;
  /** The file that the message is about: `top` or one that it includes. */
  readonly file: string | null;
  readonly line: number | null;
  /** The profile that it is about, where it says so instead of a line. */
  readonly profile: string | null;
  readonly text: string;
}

/** Enough for everything a person can read; a flood says the same again and again. */
const mostMessages = 200;
const longestText = 2_000;

const nothing = { top: null, file: null, line: null, profile: null };

const placedError =
  /^AppArmor parser error(?: for (?<top>.+?))?(?: in (?:profile )?(?<file>.+?))?,?(?: at)? line (?<line>\d+): (?<text>.*)$/;
const placedWarning = /^Warning from (?<top>.+) \((?<file>.+) line (?<line>\d+)\): (?<text>.*)$/;
const streamWarning = /^Warning from stdin \(line (?<line>\d+)\): (?<text>.*)$/;
const profileWarning = /^Warning from profile (?<profile>.+) \((?<file>[^()]+)\): (?<text>.*)$/;
const fileWarning = /^Warning from (?<file>[^()]+) \([^()]*\): (?<text>.*)$/;

/** The last line of a failure, after the lines that say what failed. */
const closing =
  /^ERROR (?:processing|merging|expanding|adding|replacing|in) .*?(?:for|in|into|with) profile (?<profile>.+?),? failed to (?:load|compile).*$/;

/** Every other message that names a profile. */
const namesProfile =
  /^(?:profile|Profile) (?<profile>.+?):? (?:has merged rule|merged rule|has too many)|for profile (?<other>.+?) exist/;

/** Says that something was passed over, which changes no verdict but must be known. */
const passedOver = /^(?:Ignoring|Skipping|Cache|File .+ not found, skipping|Warning\b|.*\bwarning\b)/i;

/**
 * Reads what the parser wrote to standard error, in its order, each message once. What has no place is an error where
 * the parser failed, else a warning. Control characters come out as `\xNN`.
 */
export function readMessages(output: string, failed: boolean): ParserMessage[] {
  const messages: ParserMessage[] = [];
  const seen = new Set<string>();
  let pending: ParserMessage[] = [];
  const add = (message: ParserMessage): void => {
    const key = JSON.stringify(message);
    if (messages.length < mostMessages && !seen.has(key)) messages.push(message);
    seen.add(key);
  };
  const flush = (): void => {
    for (const message of pending) add(message);
    pending = [];
  };
  for (const raw of output.split("\n")) {
    const line = cleanText(raw);
    if (line === "") continue;
    const placed = readPlaced(line);
    const end = closing.exec(line);
    if (placed) {
      flush();
      add(placed);
    } else if (end) {
      add(joined(pending, line, end.groups?.["profile"] ?? null));
      pending = [];
    } else pending.push(readUnplaced(line, failed));
  }
  flush();
  return messages;
}

function readPlaced(line: string): ParserMessage | undefined {
  const error = placedError.exec(line)?.groups;
  if (error) {
    const top = error["top"] ?? null;
    return {
      ...nothing,
      severity: "error",
      top,
      file: error["file"] ?? top,
      line: numberOf(error["line"]),
      text: textOf(error),
    };
  }
  const warning = placedWarning.exec(line)?.groups ?? streamWarning.exec(line)?.groups;
  if (warning) {
    const { top = null, file = top } = warning;
    return { ...nothing, severity: "warning", top, file, line: numberOf(warning["line"]), text: textOf(warning) };
  }
  const ofProfile = profileWarning.exec(line)?.groups ?? fileWarning.exec(line)?.groups;
  if (!ofProfile) return undefined;
  const { file = null, profile = null } = ofProfile;
  return { ...nothing, severity: "warning", top: file, file, profile, text: textOf(ofProfile) };
}

function readUnplaced(line: string, failed: boolean): ParserMessage {
  const named = namesProfile.exec(line)?.groups;
  const profile = named?.["profile"] ?? named?.["other"] ?? null;
  return { ...nothing, severity: failed && !passedOver.test(line) ? "error" : "warning", profile, text: line };
}

/** The lines that say what is wrong, and the one that says in which profile, are one message. */
function joined(causes: readonly ParserMessage[], last: string, profile: string | null): ParserMessage {
  const text = causes.length === 0 ? last : causes.map((cause) => cause.text).join("\n");
  const named = causes.find((cause) => cause.profile !== null)?.profile;
  return { ...nothing, severity: "error", profile: named ?? profile, text };
}

function textOf(groups: Record<string, string | undefined>): string {
  return withoutProgram(groups["text"] ?? "");
}

function numberOf(digits: string | undefined): number | null {
  const value = Number(digits);
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** One line as a person may see it: no control characters, no paths of the sandbox, no name of the program. */
function cleanText(line: string): string {
  const visible = visibly(line.replaceAll("\t", " ")).replaceAll("/policy/", "/etc/apparmor.d/").trim();
  const text = withoutProgram(visible);
  return text.length > longestText ? `${text.slice(0, longestText)} …` : text;
}

function withoutProgram(text: string): string {
  return text.replace(/^(?:\/usr)?(?:\/s?bin\/)?apparmor_parser: /, "");
}

/** A text on one line in which nothing is hidden: control and invisible characters stand as their numbers. */
export function visibly(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => escaped(character));
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
