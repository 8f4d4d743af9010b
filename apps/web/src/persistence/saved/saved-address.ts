/** The address for people of a saved design. The secret stands in the fragment, which no browser sends. */
export function reviewAddress(design: string, token: string | null): string {
  return `${location.origin}/review/${design}${token === null ? "" : `#${token}`}`;
}

/** What opens a saved design, found in what a person pasted: an address, or the text of a kept key. */
export function readReviewAddress(text: string): { readonly design: string; readonly token: string } | null {
  const found = /\/review\/([A-Za-z0-9_-]{22})#(hbk_[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/.exec(text);
  const [, design, token] = found ?? [];
  return design === undefined || token === undefined ? null : { design, token };
}
