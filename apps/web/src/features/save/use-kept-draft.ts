import type { KeptDraft, SavedDesign } from "@hauberk/contract";
import { roleMay } from "@hauberk/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { failedBy } from "../../api-client/index.ts";
import { draftQuery, dropDraft, keepDraft } from "../../api-client/saved/index.ts";
import { type SavedKey, savedKeys } from "../../persistence/index.ts";
import { designStore, useWorkbench, workbenchStore } from "../../store/index.ts";
import { hashOf, revisionFiles } from "./revision-files.ts";
import { accessOf } from "./save-design.ts";
import type { Unsaved } from "./use-unsaved.ts";

/** Milliseconds that changes rest here before the service is given them. */
const restMs = 2000;

/** Milliseconds after which what failed is tried again at the latest. */
const longestPauseMs = 60_000;

/** Milliseconds after which it is asked again what is kept, where that could not be told. */
const askAgainMs = 10_000;

/** Milliseconds for which what the service said of a draft is not asked again when the window is looked at. */
const freshMs = 60_000;

/** What the service keeps of the changes that are no revision yet. */
export interface DraftState {
  /** When the texts here were kept there; null: they are not. */
  readonly keptAt: string | null;
  /** A draft that was made in another browser, and about which nothing was decided here. */
  readonly other: KeptDraft | null;
}

/** How often in a row the service gave no answer that helps, and when last. */
interface Failures {
  readonly count: number;
  readonly last: number;
}

const none: Failures = { count: 0, last: 0 };

const nothing: DraftState = { keptAt: null, other: null };

/** Drafts of other browsers that were offered already, by moment: each is offered once, then the menu has it. */
const offered = new Set<string>();

/**
 * Keeps the changes of the open design on the service while they are no revision, so that the same person finds them in
 * another browser, and offers those that were made in another one. Neither place ever replaces what the other has: the
 * service takes a draft only from who has seen the one before it.
 */
export function useKeptDraft(
  id: string,
  key: SavedKey,
  design: SavedDesign | undefined,
  { hash, changed, rests }: Unsaved,
): DraftState {
  const queries = useQueryClient();
  const { design: savedId, token, draft: known } = key;
  const access = useMemo(() => ({ design: savedId, token }), [savedId, token]);
  const isMine = design !== undefined && isOnePersons(design);
  const { data: kept, dataUpdatedAt } = useQuery({
    ...draftQuery(access),
    enabled: isMine,
    refetchOnWindowFocus: true,
    staleTime: freshMs,
    // Until it is known what is kept there, nothing is sent; no other question would ask again.
    refetchInterval: ({ state: { error } }) => (error !== null && !opensNothing(error) ? askAgainMs : false),
  });
  const keptHash = useMemo(() => (kept ? hashOfDraft(kept) : null), [kept]);
  // Moments of one holder's drafts only grow. A later one than is known was kept elsewhere; an earlier one is not there
  // any more, for another tab of this browser has kept one since.
  const isNewer = kept != null && kept.at > (known ?? "");
  const isGone = kept != null && known !== undefined && kept.at < known;
  // What another tab has saved or forgotten since is no draft of another browser: it is asked for anew first.
  const isSaidBefore = useSaidBefore(known, dataUpdatedAt);
  const isOutdated = isNewer && isSaidBefore;
  const isOther = isMine && isNewer && !isOutdated && keptHash !== hash;
  useEffect(() => {
    if (isOutdated) void queries.invalidateQueries({ queryKey: draftQuery(access).queryKey });
  }, [isOutdated, access, queries]);

  const busy = useRef(false);
  const [failures, setFailures] = useState(none);
  const send = useCallback(async () => {
    const { id: open, texts } = designStore.getState();
    const now = savedKeys.of(id);
    if (busy.current || open !== id || now === null) return;
    busy.current = true;
    const [{ parent }, files] = [now, revisionFiles(texts)];
    try {
      const at = await keepDraft(access, { parent, files, replaces: now.draft ?? null });
      noteDraft(id, { draft: at });
      const sent: KeptDraft = { parent, files, at };
      queries.setQueryData<KeptDraft | null>(draftQuery(access).queryKey, sent);
      busy.current = false;
      setFailures(none);
    } catch (error) {
      if (failedBy(error, "newer-draft")) await queries.invalidateQueries({ queryKey: draftQuery(access).queryKey });
      // Whatever failed: the texts are in this browser. They are sent again later, but not with a key that opens nothing.
      busy.current = false;
      if (!opensNothing(error)) setFailures(oneMore);
    }
  }, [id, access, queries]);

  const askAgain = useCallback(
    async (than: string) => {
      const query = draftQuery(access);
      // What is on its way may have been answered before the other tab's was kept.
      await queries.cancelQueries({ queryKey: query.queryKey });
      try {
        const fresh = await queries.fetchQuery({ ...query, staleTime: 0 });
        setFailures(none);
        // Still an earlier one: it is another holder's, as after signing in, or the service was restored from a backup.
        if (fresh !== null && fresh.at < than) dropNote(id, than);
      } catch {
        setFailures(oneMore);
      }
    },
    [id, access, queries],
  );

  useEffect(() => {
    if (!isMine || kept === undefined || isOther || isOutdated || !rests) return undefined;
    const { queryKey } = draftQuery(access);
    if (isGone) {
      const timer = setTimeout(() => void askAgain(known), pauseAfter(failures));
      return () => clearTimeout(timer);
    }
    if (isNewer) {
      // The very texts of here, kept by another tab or browser.
      if (kept !== null) noteDraft(id, { draft: kept.at, adopted: kept.at });
      return undefined;
    }
    if (!changed) {
      if (known === undefined) return undefined;
      // What another browser made may be nowhere else: then only the person forgets it, and it is offered again.
      if (key.adopted === known && kept !== null && keptHash !== hash) dropNote(id, known);
      else void forget(id, key, known).then(() => queries.setQueryData(queryKey, null), ignore);
      return undefined;
    }
    if (keptHash === hash) return undefined;
    const timer = setTimeout(() => void send(), Math.max(restMs, pauseAfter(failures)));
    const online = () => void send();
    addEventListener("online", online);
    // Whoever turns to another window may go on at another machine.
    const leave = () => document.visibilityState === "hidden" && void send();
    document.addEventListener("visibilitychange", leave);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", online);
      document.removeEventListener("visibilitychange", leave);
    };
  }, [
    isMine,
    kept,
    isOther,
    isNewer,
    isOutdated,
    isGone,
    keptHash,
    hash,
    changed,
    rests,
    known,
    id,
    key,
    access,
    queries,
    failures,
    send,
    askAgain,
  ]);

  const dialog = useWorkbench((state) => state.dialog?.kind ?? null);
  useEffect(() => {
    const isReading = dialog === "kept-draft";
    if (!isOther || kept == null || offered.has(kept.at) || (dialog !== null && !isReading)) return;
    offered.add(kept.at);
    // Nothing comes up under the pointer of who reads an earlier one: the menu has it.
    if (!isReading) workbenchStore.getState().openDialog({ kind: "kept-draft" });
  }, [isOther, kept, dialog]);

  if (!isMine) return nothing;
  return {
    keptAt: changed && keptHash === hash && kept?.at === known ? (known ?? null) : null,
    other: isOther ? kept : null,
  };
}

/** Whether what the service said was said when another draft was known here. */
function useSaidBefore(known: string | undefined, saidAt: number): boolean {
  const [said, setSaid] = useState({ known, saidAt });
  if (said.saidAt !== saidAt) setSaid({ known, saidAt });
  return said.saidAt === saidAt && said.known !== known;
}

/**
 * Whether what is kept for the asker is one person's alone: an account's, or of the owner's key. A link without an account
 * may be in many hands, and nobody shall be shown what somebody else has not saved.
 */
function isOnePersons({ role, signedIn }: SavedDesign): boolean {
  return roleMay(role, "save") && (signedIn !== null || role === "owner");
}

/** Whether the key is what failed: to ask again with it changes nothing. */
function opensNothing(error: unknown): boolean {
  return failedBy(error, "not-found") || failedBy(error, "passphrase-needed");
}

function oneMore({ count }: Failures): Failures {
  return { count: count + 1, last: Date.now() };
}

/** Milliseconds from now until what failed is tried again: twice as long after each failure, however much is typed meanwhile. */
function pauseAfter({ count, last }: Failures): number {
  return count === 0 ? 0 : Math.max(0, last + Math.min(restMs * 2 ** (count - 1), longestPauseMs) - Date.now());
}

/** The hash that a revision of the draft's texts would have. */
function hashOfDraft({ files }: KeptDraft): string {
  return hashOf(new Map(files.map(({ path, text }) => [path, text])));
}

/** Notes the draft that the texts here go on from. */
function noteDraft(id: string, drafts: Pick<SavedKey, "draft" | "adopted">): void {
  const key = savedKeys.of(id);
  try {
    if (key !== null) savedKeys.keep(id, { ...key, ...drafts });
  } catch {
    // Nothing can be kept here: then it is offered as another browser's.
  }
}

/** The texts here do not go on from the draft of this moment any more. */
function dropNote(id: string, at: string): void {
  const key = savedKeys.of(id);
  if (key === null) return;
  const { draft, ...rest } = key;
  try {
    if (draft === at) savedKeys.keep(id, rest);
  } catch {
    // It stays noted, and is asked for the next time.
  }
}

/** Forgets the draft of a moment, there and here. */
export async function forget(id: string, key: SavedKey, at: string): Promise<void> {
  await dropDraft(accessOf(key), at);
  dropNote(id, at);
}

/** A draft that could not be forgotten now is forgotten the next time: its moment is still known. */
function ignore(): void {}
