import type { TextRange } from "../../text/index.ts";

/** What a completion stands for; decides its glyph. */
export type CompletionKind = "keyword" | "value" | "variable" | "file" | "profile" | "snippet";

/** One thing that could stand at the cursor. */
export interface CompletionItem {
  /** What is shown, and what typing filters by. */
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. */
  readonly detail: string;
  /** Whole sentences; text of the person's may stand in backticks. */
  readonly documentation: string;
  /** What takes the place of `range`; a snippet marks the places to fill in as `${1:name}` and `$0`. */
  readonly insert: string;
  readonly snippet: boolean;
  readonly range: TextRange;
}

/** An item before it has its place. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string;
  readonly documentation?: string;
  /** The label where it is not told. */
  readonly insert?: string;
  readonly snippet?: boolean;
}

/** A word of a list of the vocabulary as an offer. */
export function wordOffer(
  { name, sentence }: { readonly name: string; readonly sentence: string },
  detail = "",
  kind: CompletionKind = "value",
): Offer {
  return { label: name, kind, detail, documentation: sentence };
}

/** Offers with their place, the first of a name. */
export function placed(offers: readonly Offer[], range: TextRange): CompletionItem[] {
  const seen = new Set<string>();
  const once = offers.filter(({ label }) => !seen.has(label) && seen.add(label).size > 0);
  return once.map(({ label, kind, detail = "", documentation = "", insert = label, snippet = false }) => ({
    label,
    kind,
    detail,
    documentation,
    insert,
    snippet,
    range,
  }));
}
