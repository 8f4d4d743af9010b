/** Where a page of a review keeps the secrets of its link: for this tab alone, and until it is closed. */
function key(design: string, kind: "link" | "unlocked"): string {
  return kind === "link" ? `hauberk.review.${design}` : `hauberk.unlocked.${design}`;
}

/** The secret that this tab came with for a design. */
export function reviewToken(design: string): string | null {
  return read(key(design, "link"));
}

/** Keeps it over a reload of this tab; what an older one was unlocked with is of no use any more. */
export function keepReviewToken(design: string, token: string): void {
  if (reviewToken(design) !== token) write(key(design, "unlocked"), null);
  write(key(design, "link"), token);
}

/** What the service gave for link and passphrase; it lives for some hours. */
export function unlockedToken(design: string): string | null {
  return read(key(design, "unlocked"));
}

/** Keeps or forgets it. */
export function keepUnlockedToken(design: string, token: string | null): void {
  write(key(design, "unlocked"), token);
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    // Then a reload needs the link again.
  }
}
