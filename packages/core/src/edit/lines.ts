/** Where the line that holds `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line that holds `offset` ends, its line end included. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  return at === -1 ? text.length : at + 1;
}

/** True for nothing but blanks, tabs and line ends. */
export function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/u.test(text);
}

/** The blanks and tabs that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? "";
}

/** How lines end around `offset`: as the line itself does, else as the text's first line does, else LF. */
export function eolAt(text: string, offset: number): "\n" | "\r\n" {
  const end = text.indexOf("\n", offset);
  const at = end === -1 ? text.indexOf("\n") : end;
  return at > 0 && text[at - 1] === "\r" ? "\r\n" : "\n";
}
