/** A command of a line of shell: its words, and the folder that `cd` went to before it. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly folder: string | null;
}

const token =
  /(?<space>[ \t]+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\[^])*)"|\\(?<escaped>[^])|(?<redirect>\d*(?:>>|[<>])(?:&[\d-]+)?|&>>?)|(?<end>&&|\|\||[;|&\n])|(?<odd>[()`'"]|\$\()|(?<plain>[^\s'"\\;&|<>()`$]+|\$)/gu;

/** What only prepares or waits, whichever program is meant. */
const preparing =
  /^(?:(?:\/usr)?\/s?bin\/)?(?:\.|source|\[|test|:|true|false|cd|export|set|umask|ulimit|trap|wait|unset|readonly|mkdir|chown|chmod|install|rm|touch|cp|mv|ln|sleep|echo|printf|cat|sed|grep|kill)$/u;

/**
 * The command that a line of shell is about: the last behind `exec`, else the only one that doesn't just prepare. Null where
 * there are several, or more than plain commands.
 */
export function shellCommand(line: string): ShellCommand | null {
  const commands = shellCommands(line);
  if (commands === null || commands.some(([first]) => /^(?:if|for|while|until|case|function|[{!])$/u.test(first ?? "")))
    return null;
  let folder: string | null = null;
  let executed: ShellCommand | null = null;
  const left: ShellCommand[] = [];
  for (const words of commands) {
    const [first = "", ...rest] = withoutAssignments(words);
    if (first === "cd") folder = rest[0] ?? null;
    if (first === "exec") executed = { words: behindExec(rest), folder };
    else if (first !== "" && !preparing.test(first)) left.push({ words: [first, ...rest], folder });
  }
  const meant = executed ?? (left.length === 1 ? left[0] : null);
  return meant === null || meant === undefined || meant.words.length === 0 ? null : meant;
}

/** Words of each command; null where the line holds what only a shell could work out. */
function shellCommands(line: string): string[][] | null {
  const commands: string[][] = [[]];
  let word: string | null = null;
  let dropped = false;
  let at = 0;
  const close = (): void => {
    if (word !== null && !dropped) commands.at(-1)?.push(word);
    if (word !== null) dropped = false;
    word = null;
  };
  for (const { 0: text, index, groups = {} } of line.matchAll(token)) {
    if (index !== at || groups["odd"] !== undefined) return null;
    at += text.length;
    const { single, double, escaped, redirect, end, plain } = groups;
    if (double !== undefined && /`|\$\(/u.test(double)) return null;
    const part = single ?? double?.replace(/\\(["\\$`\n])/gu, "$1") ?? escaped ?? plain;
    if (part !== undefined) word = (word ?? "") + part;
    else close();
    // Where a stream is led to is no word of the command.
    if (redirect !== undefined && !/&[\d-]+$/u.test(redirect)) dropped = true;
    if (end !== undefined) commands.push([]);
  }
  if (at !== line.length) return null;
  close();
  return commands.filter((words) => words.length > 0);
}

function withoutAssignments(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/u.test(word));
  return first === -1 ? [] : words.slice(first);
}

function behindExec(words: readonly string[]): readonly string[] {
  if (words[0] === "-a") return words.slice(2);
  return words.slice(words[0]?.startsWith("-") === true ? 1 : 0);
}
