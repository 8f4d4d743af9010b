/** Text as Markdown code, whatever it holds: one line, in a fence longer than any run of backticks in it. */
export function inlineCode(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
  const runs = line.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = line === "" || /^[` ]|[` ]$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text as a code block, whatever it holds. */
export function codeBlock(text: string, language = ""): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${text.replace(/\n?$/, "\n")}${fence}`;
}

/** A sentence of Hauberk's with user text in backticks: those parts as code, the rest without any markup. */
export function withCode(sentence: string): string {
  return sentence
    .split("`")
    .map((part, index, parts) => {
      if (index % 2 === 1 && index < parts.length - 1) return inlineCode(part);
      return part
        .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
        .replaceAll(/[\\*[\]<>#|`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\$&`);
    })
    .join("");
}
