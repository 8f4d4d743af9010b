import { Fragment } from "react";

/** A sentence in which `backticks` mark text of a profile. */
export function RichWords({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) =>
    // A sentence never changes its parts, so their place names them.
    index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}
