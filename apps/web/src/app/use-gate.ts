import type { Approval, SavedDesign } from "@hauberk/contract";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { openReview } from "../actions/index.ts";
import {
  approvalsQuery,
  type DesignAccess,
  failureWords,
  recordBundle,
  savedDesignQuery,
  signature,
} from "../api-client/saved/index.ts";
import type { DownloadGate } from "../features/download/index.ts";
import { hashOf } from "../features/save/index.ts";
import { personName, useSavedKey } from "../persistence/index.ts";
import { useDesign } from "../store/index.ts";

const nowhere: DesignAccess = { design: "", token: "" };

/** How the gate of the open design stands for a bundle of its texts as they are now; null where it is on no service. */
export function useGate(): DownloadGate | null {
  const key = useSavedKey(useDesign((state) => state.id));
  const texts = useDesign((state) => state.texts);
  const hash = useMemo(() => (key === null ? "" : hashOf(texts)), [key, texts]);
  const access = useMemo(() => (key === null ? nowhere : { design: key.design, token: key.token }), [key]);
  const design = useQuery({ ...savedDesignQuery(access), enabled: key !== null });
  const approvals = useQuery({ ...approvalsQuery(access), enabled: key !== null });
  const { refetch } = design;
  const { refetch: refetchApprovals } = approvals;
  useEffect(() => {
    // What was true a while ago opens no gate.
    if (key === null) return;
    void refetch();
    void refetchApprovals();
  }, [key, refetch, refetchApprovals]);
  return useMemo(() => {
    if (key === null) return null;
    const asking = design.data === undefined || approvals.data === undefined;
    const gate = asking ? unknownGate(design.error ?? approvals.error) : knownGate(design.data, approvals.data, hash);
    const newest = design.data?.newest;
    return {
      ...gate,
      openReview: openReview.perform,
      record: async (format, targets) => {
        // A bundle of texts that no revision holds is nobody's but the person's own.
        if (newest === undefined || newest.hash !== hash) return;
        const body = { revision: newest.number, format, targets: [...targets], ...signature(personName()) };
        try {
          await recordBundle(access, body);
        } catch (error) {
          throw new Error(failureWords(error), { cause: error });
        }
      },
    };
  }, [key, design.data, design.error, approvals.data, approvals.error, hash, access]);
}

type GateState = Pick<DownloadGate, "state" | "words" | "approvals">;

function unknownGate(error: Error | null): GateState {
  if (error === null) return { state: "asking", words: "The gate is asked.", approvals: [] };
  const words = `Whether approvals are needed can’t be asked: ${failureWords(error)} The bundle is not noted there.`;
  return { state: "free", words, approvals: [] };
}

function knownGate({ gate, newest }: SavedDesign, approvals: readonly Approval[], hash: string): GateState {
  const { required, given, against, open } = gate;
  if (required === 0 && open) return { state: "free", words: "", approvals: [] };
  if (newest.hash !== hash) {
    const words = `A bundle needs ${countWords(required)}, and what is here is not revision ${newest.number}. Save it as a revision, so that it can be approved.`;
    return { state: "closed", words, approvals: [] };
  }
  if (!open) {
    const missing = required - given;
    const words = [
      ...(missing > 0 ? [`Revision ${newest.number} has ${given} of ${countWords(required)}.`] : []),
      ...(against > 0 ? [`${against === 1 ? "Somebody asks" : `${against} people ask`} for changes of it.`] : []),
    ];
    return { state: "closed", words: words.join(" "), approvals: [] };
  }
  const standing = approvals
    .filter((each) => each.withdrawn === null && each.decision === "approve" && each.hash === hash)
    .map(({ revision, by, at }) => ({ revision, hash, by: by.name, at }));
  const names = standing.map(({ by }) => by).join(", ");
  return { state: "open", words: `Revision ${newest.number} is approved by ${names}.`, approvals: standing };
}

function countWords(count: number): string {
  return count === 1 ? "1 approval" : `${count} approvals`;
}
