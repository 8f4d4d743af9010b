import { failureWords } from "../../api-client/saved/index.ts";
import { useCallback, useState } from "react";

/** Something that is done at the service: one at a time, and what went wrong is said. */
export interface Deed {
  readonly busy: boolean;
  readonly failure: string | null;
  /** True where it was done. */
  readonly run: (deed: () => Promise<void>) => Promise<boolean>;
}

/** Runs what a button asks of the service. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = useCallback(async (deed: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await deed();
      return true;
    } catch (error) {
      setFailure(failureWords(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, failure, run };
}
