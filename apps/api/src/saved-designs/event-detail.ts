/** What an event tells of a longer text: its first line, at most 200 characters of it. */
export function eventDetail(text: string): string {
  const [line = ""] = text.trim().split(/\r\n?|\n/, 1);
  return line.replace(/^([^]{199})[^]{2,}$/u, "$1…");
}
