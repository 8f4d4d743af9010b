import { probeKey, type Probe } from "./probe.ts";
import type { Finding, LookUp, StudiedPlace, Study } from "./study.ts";

/** What was found of one thing. */
export interface StoodRow<Reason extends string = string> {
  readonly place: StudiedPlace;
  readonly finding: Finding<Reason>;
}

/** How far studies are. */
export interface StandingReading<Reason extends string = string> {
  readonly rows: readonly StoodRow<Reason>[];
  /** Studies that wait for the answers of `probes`. */
  readonly open: readonly Study[];
  /** Each once. */
  readonly probes: readonly Probe[];
}

/** Reads what the answers tell the studies. Studies that are open are to be read again when the probes are answered. */
export function readStanding<Reason extends string>(
  studies: readonly Study[],
  answers: LookUp<Reason>,
): StandingReading<Reason> {
  const rows: StoodRow<Reason>[] = [];
  const open: Study[] = [];
  const probes = new Map<string, Probe>();
  for (const study of studies) {
    const state = study.read(answers);
    if (state.kind === "found") rows.push({ place: study.place, finding: state.finding });
    else {
      open.push(study);
      for (const probe of state.probes) probes.set(probeKey(probe), probe);
    }
  }
  return { rows, open, probes: [...probes.values()] };
}
