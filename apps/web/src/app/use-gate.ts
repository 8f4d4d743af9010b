import { gateForBytes, namedApprovals, type Revision } from "@hauberk/contract";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { openReview } from "../actions/index.ts";
import { failedBy, ServiceError } from "../api-client/index.ts";
import {
  type DesignAccess,
  failureWords,
  recordBundle,
  revisionsQuery,
  savedDesignQuery,
  signature,
} from "../api-client/saved/index.ts";
import type { DownloadGate, RecordOutcome } from "../features/download/index.ts";
import { hashOf } from "../features/save/index.ts";
import { personName, useSavedKey } from "../persistence/index.ts";
import { useDesign } from "../store/index.ts";

const nowhere: DesignAccess = { design: "", token: "" };

/** Why nobody knows how the gate stands. */
interface Unanswered {
  readonly title: string;
  readonly words: string;
}

/** How the gate of the open design stands for a bundle of its texts as they are now; null where it is on no service. */
export function useGate(): DownloadGate | null {
  const key = useSavedKey(useDesign((state) => state.id));
  const texts = useDesign((state) => state.texts);
  const hash = useMemo(() => (key === null ? "" : hashOf(texts)), [key, texts]);
  const access = useMemo(() => (key === null ? nowhere : { design: key.design, token: key.token }), [key]);
  const { data, error, isFetching, isFetchedAfterMount, refetch } = useQuery({
    ...savedDesignQuery(access),
    enabled: key !== null,
    refetchOnMount: "always",
  });
  const isNewest = data === undefined || data.newest.hash === hash;
  // Only bytes that are not the newest revision's are looked for among the others.
  const listing = useQuery({ ...revisionsQuery(access), enabled: key !== null && !isNewest, staleTime: 0 });
  const revisions = isNewest ? none : listing.data;
  const isAsking = isFetching || (!isNewest && listing.isFetching);
  const listError = isNewest ? null : listing.error;
  const [refused, setRefused] = useState<Unanswered | null>(null);
  const [again, setAgain] = useState(false);
  const { refetch: refetchList } = listing;

  const record = useCallback(
    async (format: string, targets: readonly string[]): Promise<RecordOutcome> => {
      // Its failure is told as that of every asking.
      const { data: saved, isSuccess } = await refetch();
      if (!isSuccess) return { ok: false };
      const listed = await (saved.newest.hash === hash ? { data: none, isSuccess: true } : refetchList());
      if (!listed.isSuccess || listed.data === undefined) return { ok: false };
      const { state, revision } = gateForBytes(saved, hash, listed.data);
      if (state === "closed") return { ok: false };
      // A bundle of texts that no revision holds is nobody's but the person's own.
      if (revision === null) return { ok: true, approvals: null };
      try {
        const body = { revision, format, targets: [...targets], ...signature(personName()) };
        return { ok: true, approvals: namedApprovals(await recordBundle(access, body)) };
      } catch (failure) {
        // Where nobody has to approve, a record is a courtesy: that there is no room for it keeps nothing back.
        if (failedBy(failure, "limit-reached") && saved.gate.required === 0) {
          return { ok: true, approvals: null, note: `It was not recorded. ${failureWords(failure)}` };
        }
        // It was shut a moment ago: how it stands now is told where it was told before, but of an older revision only here.
        if (failedBy(failure, "gate-closed") && state !== "untold") await refetch();
        else setRefused(unrecorded(failure));
        return { ok: false };
      }
    },
    [refetch, refetchList, access, hash],
  );

  return useMemo(() => {
    if (key === null) return null;
    const deeds = { record, openReview: openReview.perform };
    const askAgain = () => {
      setRefused(null);
      setAgain(true);
      void refetch();
      if (!isNewest) void refetchList();
    };
    const failure = error ?? listError;
    const why = refused ?? (failure === null || isAsking ? null : unanswered(failure));
    if (why !== null) return { ...deeds, state: "unanswered", ...why, askAgain };
    // What was true before this dialog opened, or before a try that failed, opens no gate.
    if (data === undefined || revisions === undefined || failure !== null || !isFetchedAfterMount) {
      if (again) return { ...deeds, state: "unanswered", title: "The gate is asked again", words: "", askAgain };
      return { ...deeds, state: "asking", words: "The gate is asked." };
    }
    const { state, words } = gateForBytes(data, hash, revisions);
    return { ...deeds, state, words };
  }, [
    key,
    data,
    error,
    isFetchedAfterMount,
    refetch,
    isNewest,
    revisions,
    listError,
    refetchList,
    isAsking,
    refused,
    again,
    hash,
    record,
  ]);
}

const none: readonly Revision[] = [];

function unanswered(error: unknown): Unanswered {
  const isAway = error instanceof ServiceError && error.failure.kind === "unreachable";
  const why = isAway ? "Hauberk’s service does not answer." : failureWords(error);
  return {
    title: "The gate could not be asked",
    words: `${why} Whether this bundle needs approvals is only known there, so it can’t be downloaded now.`,
  };
}

function unrecorded(error: unknown): Unanswered {
  if (failedBy(error, "gate-closed"))
    return { title: "The gate of this revision is closed", words: failureWords(error) };
  if (!failedBy(error, "limit-reached")) return unanswered(error);
  const words = `${failureWords(error)} A bundle of a saved design is recorded there before it is downloaded.`;
  return { title: "The bundle could not be recorded", words };
}
