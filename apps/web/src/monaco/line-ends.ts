/** How the lines of a text end: all one way, or mixed (a lone CR counts as mixed: an editor would change it). */
export type LineEnds = "none" | "lf" | "crlf" | "mixed";

/** Tells the line ends of a text. */
export function lineEndsOf(text: string): LineEnds {
  // Nearly every text, and each is asked with every change.
  if (!text.includes("\r")) return text.includes("\n") ? "lf" : "none";
  let lf = false;
  let crlf = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 13) {
      if (text.charCodeAt(at + 1) !== 10) return "mixed";
      crlf = true;
      at++;
    } else if (unit === 10) lf = true;
  }
  if (lf && crlf) return "mixed";
  return lf ? "lf" : crlf ? "crlf" : "none";
}

/** The text with all line ends as the most frequent one is; LF where they are equal. */
export function uniformLineEnds(text: string): string {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf;
  return text.replace(/\r\n|\r|\n/g, crlf > lf ? "\r\n" : "\n");
}

/** The byte order mark, which an editor strips, counts one in every offset behind it. */
export function bomLength(text: string): 0 | 1 {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}
