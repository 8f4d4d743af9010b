/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], joiner: "and" | "or" = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${joiner} ${last}`;
}

/** What a sentence shows of one piece of the user's text at most, in UTF-16 units. */
const longestCode = 160;

/** Line ends, and characters that deceive who reads the text. */
const unseen = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** The user's text as a piece of code in a sentence: in backticks, short, and without what would break out of them. */
export function code(text: string): string {
  const plain = text.replace(unseen, "\u{FFFD}").replaceAll("`", "\u{02CB}");
  const characters = Array.from(plain);
  const half = longestCode / 2;
  const short =
    characters.length > longestCode
      ? `${characters.slice(0, half).join("")}…${characters.slice(-half).join("")}`
      : plain;
  return `\`${short === "" ? " " : short}\``;
}

/** Several pieces of code: `a`, `b` and `c`; what goes beyond `most` is counted only. */
export function codes(texts: readonly string[], joiner: "and" | "or" = "and", most = 9): string {
  const unique = [...new Set(texts)];
  if (unique.length === 0) return "nothing";
  if (unique.length <= most) return listed(unique.map(code), joiner);
  return listed([...unique.slice(0, most - 1).map(code), `${counted(unique.length - most + 1)} more`], joiner);
}

/** A number with its thousands apart: 1,024. */
export function counted(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+(?!\d))/gu, ",");
}

/** A sentence made part of another one: its first letter small, its stop gone. */
export function clause(sentence: string): string {
  const first = sentence.slice(0, 1);
  // A word in capitals (IPv4, TCP) keeps them.
  const small = /^[A-Z][A-Z0-9]/u.test(sentence) ? first : first.toLowerCase();
  return `${small}${sentence.slice(1)}`.replace(/\.$/u, "");
}
