import type { Draft, ProgramCandidate, ProgramSuggestions } from "@hauberk/core/draft";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Taken, takenAgain, withTaken } from "./draft-model.ts";
import type { DraftAbout, DraftAnswer } from "./draft-protocol.ts";
import { type Drafting, startDrafting } from "./drafting.ts";

/** How far a draft is. */
export type DraftState = { readonly draft: Draft | null; readonly complain: boolean } & (
  | { readonly step: "choose"; readonly problem: string | null }
  | { readonly step: "reading"; readonly name: string; readonly part: number | null }
  | UnnamedState
  | FoundState
);

/** It was read, and no program found in it: the person may name one. */
export interface UnnamedState {
  readonly step: "name";
  readonly about: DraftAbout;
  readonly unfound: readonly string[];
}

/** What was found, and what of it is taken. */
export interface FoundState {
  readonly step: "found";
  readonly about: DraftAbout;
  readonly candidates: readonly ProgramCandidate[];
  /** The programs that get a profile, in the order of the candidates. */
  readonly programs: readonly string[];
  /** Empty while they are being made. */
  readonly suggestions: readonly ProgramSuggestions[];
  readonly taken: Taken;
  readonly draft: Draft | null;
  readonly complain: boolean;
}

/** Nothing is read yet, or what was given is no use; then `problem` says why. */
function choosing(problem: string | null): DraftState {
  return { step: "choose", problem, draft: null, complain: true };
}

function reading(name: string): DraftState {
  return { step: "reading", name, part: null, draft: null, complain: true };
}

/** Largest file that is handed to the worker; core says the same of what it reads. */
const mostBytes = 128 * 1024 * 1024;

/** A draft in the making: a worker reads, this keeps what it said and what the person ticked. */
export function useDrafting() {
  const [state, setState] = useState<DraftState>(() => choosing(null));
  const worker = useRef<Drafting | null>(null);

  const stop = useCallback(() => {
    worker.current?.end();
    worker.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const start = useCallback((): Drafting => {
    worker.current?.end();
    const drafting = startDrafting((answer) => {
      if (worker.current !== drafting) return;
      setState((now) => afterAnswer(now, answer));
      if (answer.kind === "read") {
        const [best] = answer.candidates;
        if (best !== undefined) drafting.ask({ kind: "suggest", programs: [best.path] });
      }
    });
    worker.current = drafting;
    return drafting;
  }, []);

  const read = useCallback(
    async (files: readonly File[]) => {
      const large = files.find(({ size }) => size > mostBytes);
      if (large !== undefined) {
        setState(choosing(`\`${large.name}\` is larger than 128 MiB and was not read`));
        return;
      }
      setState(reading(files.map(({ name }) => name).join(", ")));
      const drafting = start();
      try {
        const given = await Promise.all(
          files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
        );
        drafting.ask({ kind: "read", files: given, paths: [] });
      } catch {
        stop();
        setState(choosing("the file can't be read. Is it a folder? Choose the files in it"));
      }
    },
    [start, stop],
  );

  const readList = useCallback(
    (text: string) => {
      const paths = text.split("\n").filter((line) => line.trim() !== "");
      setState(reading("the list"));
      start().ask({ kind: "read", files: [], paths });
    },
    [start],
  );

  const cancel = useCallback(() => {
    stop();
    setState(choosing(null));
  }, [stop]);

  useComposing(state, worker);

  return useMemo(
    () => ({
      state,
      read,
      readList,
      cancel,
      setComplain: (complain: boolean) => setState((now) => ({ ...now, complain, draft: null })),
      nameProgram: (path: string) => {
        worker.current?.ask({ kind: "suggest", programs: [path] });
        const named = { path, kind: "unknown", why: "you named it", weight: 0, given: false } as const;
        setState((now) => (now.step === "name" ? foundState(now.about, [named], path) : now));
      },
      choosePrograms: (programs: readonly string[]) => {
        worker.current?.ask({ kind: "suggest", programs });
        setState((now) => (now.step === "found" ? { ...now, programs, draft: null } : now));
      },
      take: (program: string, ids: readonly string[], on: boolean) =>
        setState((now) =>
          now.step === "found" ? { ...now, taken: withTaken(now.taken, program, ids, on), draft: null } : now,
        ),
    }),
    [state, read, readList, cancel],
  );
}

/** What a part of the dialog may do with the draft. */
export type DraftActions = ReturnType<typeof useDrafting>;

/** Has the draft written anew whenever what is taken changes. */
function useComposing(state: DraftState, worker: RefObject<Drafting | null>): void {
  const found = state.step === "found" ? state : null;
  const taken = found?.taken;
  const suggestions = found?.suggestions;
  const complain = found?.complain ?? true;
  useEffect(() => {
    if (taken === undefined || suggestions === undefined || suggestions.length === 0) return;
    worker.current?.ask({ kind: "compose", taken: [...taken].map(([program, ids]) => [program, [...ids]]), complain });
  }, [taken, suggestions, complain, worker]);
}

function afterAnswer(now: DraftState, answer: DraftAnswer): DraftState {
  switch (answer.kind) {
    case "progress":
      return now.step === "reading" ? { ...now, part: answer.part } : now;
    case "refused":
      return choosing(answer.reason);
    case "read": {
      const [best] = answer.candidates;
      if (best === undefined) {
        return { step: "name", about: answer.about, unfound: answer.unfound, draft: null, complain: true };
      }
      return foundState(answer.about, answer.candidates, best.path);
    }
    case "suggested":
      if (now.step !== "found") return now;
      return { ...now, suggestions: answer.suggestions, taken: takenAgain(answer.suggestions, now.taken), draft: null };
    case "composed":
      return now.step === "found" ? { ...now, draft: answer.draft } : now;
  }
}

/** One program is chosen, and its lines are being made. */
function foundState(about: DraftAbout, candidates: readonly ProgramCandidate[], program: string): FoundState {
  return {
    step: "found",
    about,
    candidates,
    programs: [program],
    suggestions: [],
    taken: new Map(),
    draft: null,
    complain: true,
  };
}
