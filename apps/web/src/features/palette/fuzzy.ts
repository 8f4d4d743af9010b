/** How well a text fits what was typed, and which of its characters were meant. */
export interface FuzzyMatch {
  /** More is better. */
  readonly score: number;
  /** Offsets of the matched characters, ascending. */
  readonly at: readonly number[];
}

/**
 * Finds typed words in a text: all words must be there, in any order, each as a piece or as letters in their order.
 * Pieces and beginnings of words count most. Null where something typed is missing.
 */
export function fuzzyMatch(typed: string, text: string): FuzzyMatch | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  // A letter whose small form is longer would shift what is marked: such a text is matched as it is.
  const within = lower.length === text.length ? lower : text;
  let score = 0;
  const at = new Set<number>();
  for (const word of words) {
    const match = pieceMatch(word, within) ?? lettersMatch(word, within);
    if (match === null) return null;
    score += match.score;
    for (const offset of match.at) at.add(offset);
  }
  return { score: score - text.length / 100, at: [...at].toSorted((a, b) => a - b) };
}

function startsWord(text: string, offset: number): boolean {
  return offset === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(offset - 1));
}

function pieceMatch(word: string, text: string): FuzzyMatch | null {
  let best = -1;
  for (let from = text.indexOf(word); from !== -1; from = text.indexOf(word, from + 1)) {
    if (best === -1) best = from;
    if (startsWord(text, from)) {
      best = from;
      break;
    }
  }
  if (best === -1) return null;
  const bonus = best === 0 ? 30 : startsWord(text, best) ? 20 : 0;
  return { score: 20 + word.length * 4 + bonus, at: Array.from(word, (_, index) => best + index) };
}

/** Letters in their order; each is taken at the next beginning of a word where there is one, else at once. */
function lettersMatch(word: string, text: string): FuzzyMatch | null {
  const at: number[] = [];
  let from = 0;
  let score = 0;
  for (const letter of word) {
    const next = text.indexOf(letter, from);
    if (next === -1) return null;
    const start = wordStart(letter, text, from);
    const rest = word.slice(at.length + 1);
    const chosen = next !== from && start !== -1 && hasLetters(rest, text, start + 1) ? start : next;
    score += startsWord(text, chosen) ? 5 : chosen === from && at.length > 0 ? 3 : 0;
    at.push(chosen);
    from = chosen + 1;
  }
  const last = at.at(-1) ?? 0;
  return { score: score - (last - (at[0] ?? 0) - word.length) / 4, at };
}

function wordStart(letter: string, text: string, from: number): number {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (startsWord(text, at)) return at;
  }
  return -1;
}

function hasLetters(word: string, text: string, from: number): boolean {
  let next = from;
  for (const letter of word) {
    const at = text.indexOf(letter, next);
    if (at === -1) return false;
    next = at + 1;
  }
  return true;
}
