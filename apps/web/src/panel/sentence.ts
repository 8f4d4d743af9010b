import { capitalised } from "../ui/capitalised.ts";

/** A reason as core gives it (small first letter, no full stop) made a sentence. */
export function sentence(reason: string): string {
  const text = capitalised(reason);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A sentence without the backticks around code, for places that take plain text only. */
export function plainWords(text: string): string {
  return text.replaceAll("`", "");
}
