import type { Origin } from "../draft.ts";

const mostOrigins = 5000;

/**
 * Where the lines of a policy file say that they came from: the comment over them, up to the next empty line. It holds for
 * a draft that was changed since, and for any profile that is written in this way.
 */
export function originsOf(path: string, text: string): (Origin & { readonly text: string })[] {
  const found: (Origin & { readonly text: string })[] = [];
  let words: string[] = [];
  let isOpen = false;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const trimmed = line.trim();
    const comment = /^#(?!include\b)\s*(.*)$/u.exec(trimmed)?.[1];
    if (comment !== undefined) {
      words = isOpen ? [...words, comment] : [comment];
      isOpen = true;
      continue;
    }
    isOpen = false;
    if (trimmed === "" || /^[{}]/u.test(trimmed) || trimmed.endsWith("{")) words = [];
    else if (words.length > 0) found.push({ path, line: index + 1, words: words.join(" "), text: trimmed });
    if (found.length >= mostOrigins) break;
  }
  return found;
}
