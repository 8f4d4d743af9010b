import { globProblem, withoutVariables } from "../rules/index.ts";

/**
 * What a person or a log line puts into a rule comes from outside and is checked before it is written: a word must stay
 * one word. Each check gives null where all is well, else the reason in words.
 */

/** Line ends would begin new rules; the others deceive who reads the text. */
const control = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** The parser reads paths into buffers of this size. */
const longestPath = 4096;

/** A path or glob of a rule: from `/` or a variable on. */
export function checkPath(path: string): string | null {
  if (path.trim() === "") return "the rule needs a path";
  if (!path.startsWith("/") && !path.startsWith("@{")) {
    const hint = path.startsWith("~") ? "write `@{HOME}` for the home folder" : "no rule follows the current folder";
    return `\`${shown(path)}\` is no absolute path: it must begin with \`/\` or a variable such as \`@{HOME}\`; ${hint}`;
  }
  return checkText(path, "the path") ?? checkGlob(path);
}

/** An attachment of a profile: a path or glob. */
export function checkAttachment(attachment: string): string | null {
  return checkPath(attachment)?.replace("the rule needs a path", "the attachment needs a path") ?? null;
}

/** The name of a profile, hat or exec target. */
export function checkName(name: string, what: string): string | null {
  if (name.trim() === "") return `${what} may not be empty`;
  if (name !== name.trim()) return `${what} may not begin or end with a blank`;
  return checkText(name, what);
}

/** A new name of a profile, child or hat: rules that name it read it as a glob. */
export function checkProfileName(name: string, what: string): string | null {
  const reason = checkName(name, what) ?? checkGlob(name);
  if (reason !== null) return reason;
  const problem = globProblem(withoutVariables(name));
  return problem === null ? null : `rules that name \`${shown(name)}\` would be refused: ${problem}`;
}

/** A capability, address family or socket type: nothing but a small word. */
export function checkKeyword(word: string, what: string): string | null {
  if (/^[a-z][a-z0-9_-]{0,63}$/u.test(word)) return null;
  if (/^CAP_/iu.test(word)) return `\`${shown(word)}\` is written \`${shown(word.slice(4).toLowerCase())}\` here`;
  return `\`${shown(word)}\` is not the name of ${what}`;
}

/** Any other text in a rule. */
export function checkText(text: string, what: string): string | null {
  if (text.length > longestPath) return `${what} is longer than ${longestPath} characters`;
  if (control.test(text)) return `${what} holds a line end or another control character`;
  if (text.endsWith("\\")) return `${what} ends in a backslash, which would swallow what follows`;
  return null;
}

/** Braces and brackets must close within the path: the parser's complaint about them names no line. */
function checkGlob(path: string): string | null {
  let braces = 0;
  let inClass = false;
  for (let at = 0; at < path.length; at += 1) {
    const character = path[at];
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "{") braces += 1;
    else if (character === "}") braces -= 1;
    if (braces < 0) return `a \`}\` in \`${shown(path)}\` closes nothing; write \`\\}\` for the character itself`;
  }
  if (braces > 0) return `a \`{\` in \`${shown(path)}\` is never closed; write \`\\{\` for the character itself`;
  return inClass ? `a \`[\` in \`${shown(path)}\` is never closed; write \`\\[\` for the character itself` : null;
}

/** Text from outside as a message may show it: short, without control characters. */
export function shown(text: string): string {
  const plain = text.replace(new RegExp(control, "gu"), "�");
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}
