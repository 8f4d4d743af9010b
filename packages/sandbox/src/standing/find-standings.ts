import { hash } from "node:crypto";
import type { StandingRequest, StandingRow, UndecidedReason } from "@hauberk/contract";
import { planStanding, probeKey, readStanding, type Probe, type StoodRow } from "@hauberk/core/standing";
import { LineIndex } from "@hauberk/core/text";
import type { RunLimits } from "../confinement/limits.ts";
import { policyTexts } from "../target/policy-texts.ts";
import type { UsableTarget } from "../target/usable-target.ts";
import type { BoundedStore } from "../verdict/bounded-store.ts";
import { subjectOf } from "../verdict/judge.ts";
import { compileProbes, type ProbeRunResult, type SandboxOutcome } from "./compile-probes.ts";
import { mayAskForKernel, type ProbeFile } from "./probe-files.ts";

/** What finding standings needs of the sandbox around it. */
export interface StandingWork {
  readonly target: UsableTarget;
  readonly request: StandingRequest;
  readonly limits: RunLimits;
  /** Runs the target's parser on files of probes beside the design. */
  readonly run: (files: readonly ProbeFile[], features: Probe["features"]) => Promise<ProbeRunResult>;
  /** Answers of earlier probes, by hash. */
  readonly known: BoundedStore<SandboxOutcome>;
}

/** Questions lead to further questions a few times at most; more would be a fault of ours. */
const mostRounds = 8;

/** Runs of one round: a crash among hundreds of rules is found by halves in about ten, a refusal costs one. */
const mostRuns = 120;

/** Probes of a round that get a run of their own; rules that ask for one are few. */
const mostAlone = 40;

/** Finds what every rule of a design comes to on a target. */
export async function findStandings(work: StandingWork): Promise<StandingRow[]> {
  const { target, request } = work;
  const { files } = await policyTexts(target);
  const tree = { target: target.id, files: new Map(files.map(({ path, text }) => [path, text])) };
  let open = planStanding({ files: request.files, tree, features: request.features }).studies;
  const answers = new Map<string, SandboxOutcome>();
  const rows: StoodRow<UndecidedReason>[] = [];
  for (let round = 0; open.length > 0 && round < mostRounds; round++) {
    const reading = readStanding(open, (probe) => answers.get(probeKey(probe)));
    rows.push(...reading.rows);
    open = reading.open;
    await answer(work, reading.probes, answers);
  }
  if (open.length > 0) throw new Error("studies of standing go on asking");
  return placed(rows, request, target.id);
}

/** What is said of every rule where the target can't be asked. */
export function undecidedStandings(
  request: StandingRequest,
  target: string,
  reason: UndecidedReason,
  why: string,
): StandingRow[] {
  const tree = { target, files: new Map<string, string>() };
  const { studies } = planStanding({ files: request.files, tree, features: request.features });
  const rows = studies.map(({ place }): StoodRow<UndecidedReason> => {
    return { place, finding: { standing: "undecided", detail: why, also: [], becomes: null, reason } };
  });
  return placed(rows, request, target);
}

/** Answers probes: from what is known, else by the parser. */
async function answer(
  work: StandingWork,
  probes: readonly Probe[],
  answers: Map<string, SandboxOutcome>,
): Promise<void> {
  const asked = new Map<Probe, { readonly key: string; readonly hashed: string }>();
  for (const probe of probes) {
    const key = probeKey(probe);
    const hashed = hash("sha256", `${work.target.key}\n${key}`, "base64");
    const known = work.known.get(hashed);
    if (known === undefined) asked.set(probe, { key, hashed });
    else answers.set(key, asNew(known));
  }
  for (const { features, probes: alike } of runsOf([...asked.keys()])) {
    const bounds = { subject: subjectOf(work.target), limits: work.limits, features, mostRuns };
    for (const [probe, outcome] of await compileProbes(alike, (files) => work.run(files, features), bounds)) {
      const { key = probeKey(probe), hashed } = asked.get(probe) ?? {};
      answers.set(key, outcome);
      // What could not be decided now may be another time.
      if (hashed !== undefined && outcome.kind !== "undecided") work.known.set(hashed, asNew(outcome));
    }
  }
}

interface ProbeRun {
  readonly features: Probe["features"];
  readonly probes: readonly Probe[];
}

/** Which probes are compiled in one run: each run takes its time, so those by the kernel's features join the others' run. */
function runsOf(probes: readonly Probe[]): readonly ProbeRun[] {
  const alone = probes.filter((probe) => probe.alone).slice(0, mostAlone);
  const others = probes.filter((probe) => !alone.includes(probe));
  const isByText = others.some(({ features }) => features === "text");
  const runFeatures = (probe: Probe): Probe["features"] =>
    isByText && mayAskForKernel(probe) ? "text" : probe.features;
  const together = [...Map.groupBy(others, runFeatures)].map(([features, alike]) => ({ features, probes: alike }));
  return [...together, ...alone.map((probe) => ({ features: probe.features, probes: [probe] }))];
}

/** What was read of a policy is many times its bytes and kept as long as they are: what is remembered is another object. */
function asNew(outcome: SandboxOutcome): SandboxOutcome {
  return outcome.kind === "compiled" ? { ...outcome, policy: outcome.policy.subarray() } : outcome;
}

function placed(rows: readonly StoodRow<UndecidedReason>[], { files }: StandingRequest, target: string): StandingRow[] {
  const lines = new Map(files.map(({ path, text }) => [path, new LineIndex(text)]));
  return rows
    .map(({ place, finding }): StandingRow => {
      const { line, column } = lines.get(place.file)?.positionAt(place.start) ?? { line: 1, column: 1 };
      const { file, start, end, subject, profile, text: rule } = place;
      const { standing, detail, also, becomes, reason } = finding;
      const about = { target, file, line, column, start, end, subject, profile, rule };
      return { ...about, standing, detail, also: [...also], becomes, reason };
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start || a.end - b.end));
}
