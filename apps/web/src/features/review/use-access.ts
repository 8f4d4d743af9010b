import { useCallback, useEffect, useState } from "react";
import type { DesignAccess } from "../../api-client/saved/index.ts";
import { savedKeys } from "../../persistence/index.ts";
import { keepReviewToken, keepUnlockedToken, reviewToken, unlockedToken } from "../../persistence/saved/index.ts";

/** What the page shows the service, and how that changes. */
export interface ReviewAccess {
  /** Null where this browser has nothing for the design. */
  readonly access: DesignAccess | null;
  /** Goes on with what the service gave for link and passphrase. */
  readonly unlock: (token: string) => void;
  /** What was unlocked has run out: the link itself asks for its passphrase again. False where nothing was unlocked. */
  readonly lock: () => boolean;
}

/**
 * The secret for a design: of the address where it has one, else the one that this tab came with, else the key that
 * this browser keeps. Out of the address it is taken at once: an address is seen over shoulders, and copied.
 */
export function useAccess(design: string): ReviewAccess {
  const [token, setToken] = useState(() => tokenOf(design));
  useEffect(() => {
    const take = () => setToken(tokenOf(design));
    // A link that is opened in the tab of its own design changes the fragment alone.
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, [design]);
  const unlock = useCallback(
    (given: string) => {
      keepUnlockedToken(design, given);
      setToken(given);
    },
    [design],
  );
  const lock = useCallback(() => {
    if (unlockedToken(design) === null) return false;
    keepUnlockedToken(design, null);
    setToken(tokenOf(design));
    return true;
  }, [design]);
  return { access: token === null ? null : { design, token }, unlock, lock };
}

function tokenOf(design: string): string | null {
  const given = /^#(hbk_[A-Za-z0-9_-]{43})$/.exec(location.hash)?.[1];
  if (location.hash.startsWith("#hbk_")) history.replaceState(history.state, "", location.pathname + location.search);
  if (given !== undefined) keepReviewToken(design, given);
  return unlockedToken(design) ?? reviewToken(design) ?? savedKeys.byDesign(design)?.key.token ?? null;
}
