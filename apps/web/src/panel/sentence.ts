/** A reason as core gives it (small first letter, no full stop) made a sentence. */
export function sentence(reason: string): string {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A sentence without the backticks around code, for places that take plain text only. */
export function plainWords(text: string): string {
  return text.replaceAll("`", "");
}
