import type { UndecidedReason } from "@hauberk/contract";
import type { Probe, ProbeFeatures, ProbeOutcome } from "@hauberk/core/standing";
import type { ConfinedResult } from "../confinement/confined-run.ts";
import type { RunLimits } from "../confinement/limits.ts";
import { readMessages, type ParserMessage } from "../messages/read-messages.ts";
import { readResult, type VerdictSubject } from "../verdict/read-result.ts";
import { compiledProfiles } from "./compiled-profiles.ts";
import { ProbeFiler, profileNames, type PlacedProbe, type ProbeFile } from "./probe-files.ts";

/** Crashes and ends by a limit that are looked into; each may cost as much time as a run is given. */
const mostStops = 6;

/** What came of a probe in the sandbox. */
export type SandboxOutcome = ProbeOutcome<UndecidedReason>;

/** What came of a run of probes; `busy` where no turn was to be had. */
export type ProbeRunResult = ConfinedResult | { readonly kind: "busy" };

/** Runs the parser on files of probes; their names are those under which it sees them. */
export type RunFiles = (files: readonly ProbeFile[]) => Promise<ProbeRunResult>;

/** What bounds the search for the one probe that spoils a run. */
export interface CompileBounds {
  readonly subject: VerdictSubject;
  readonly limits: RunLimits;
  /** What the runs go by. */
  readonly features: ProbeFeatures;
  /** Runs at most; what is not answered then stays undecided. */
  readonly mostRuns: number;
}

/**
 * Compiles probes, many in one run. A parser that refuses a file or crashes on it ends the run: what spoiled it is found
 * by the place that the parser names, by halves, or in a file of its own, is answered by itself, and the rest goes on.
 */
export async function compileProbes(
  probes: readonly Probe[],
  run: RunFiles,
  bounds: CompileBounds,
): Promise<Map<Probe, SandboxOutcome>> {
  const search = new Search(bounds);
  let pending = search.filer.file(probes);
  for (let runs = 0; pending.length > 0 && runs < bounds.mostRuns; runs++) {
    const result = await run(pending);
    pending = search.read(pending, result);
  }
  const late = {
    kind: "undecided",
    reason: "time_limit",
    why: "Too many other rules of the design stop the parser.",
  } as const;
  for (const { probes: placed } of pending) for (const { probe } of placed) search.answers.set(probe, late);
  return search.answers;
}

class Search {
  readonly filer: ProbeFiler;
  readonly answers = new Map<Probe, SandboxOutcome>();
  readonly #bounds: CompileBounds;
  #stops = 0;

  constructor(bounds: CompileBounds) {
    this.#bounds = bounds;
    this.filer = new ProbeFiler(bounds.features);
  }

  /** Takes the answers of a run; gives the files that are to be run again. */
  read(files: readonly ProbeFile[], result: ProbeRunResult): ProbeFile[] {
    if ((result.kind === "ended" || result.kind === "stopped") && result.output !== undefined) {
      this.#takeCompiled(files, result.output);
    }
    const open = files.filter((file) => this.#open(file).length > 0);
    if (open.length === 0) return [];
    if (result.kind !== "ended" || result.signal !== null) return this.#afterStop(open, result);
    const messages = readMessages(result.messages.toString(), true).filter(({ severity }) => severity === "error");
    const [first] = open;
    if (result.code === 0 || first === undefined) return this.#giveUp(open, result);
    const named = open.filter((file) => messages.some((message) => isAbout(message, file)));
    const refused = named.length > 0 ? named : [first];
    const rest = open.filter((file) => !refused.includes(file));
    return [...rest, ...refused.flatMap((file) => this.#narrowed(file, messages))];
  }

  #open(file: ProbeFile): readonly PlacedProbe[] {
    return file.probes.filter(({ probe }) => !this.answers.has(probe));
  }

  #takeCompiled(files: readonly ProbeFile[], stream: Uint8Array): void {
    const profiles = compiledProfiles(stream);
    for (const { name, probe } of files.flatMap((file) => file.probes)) {
      const policy = profiles.get(name);
      if (policy !== undefined) this.answers.set(probe, { kind: "compiled", policy });
    }
  }

  /** A refused file: the probe that the parser names is answered, the others get a file without it. */
  #narrowed(file: ProbeFile, messages: readonly ParserMessage[]): ProbeFile[] {
    const open = this.#open(file);
    const about = messages.find((message) => isAbout(message, file)) ?? messages[0];
    const culprit = open.length === 1 ? open[0] : open.find((placed) => about !== undefined && isIn(about, placed));
    if (culprit === undefined) return this.#halves(open);
    const message = about?.text.split("\n")[0] ?? "it does not say why";
    this.answers.set(culprit.probe, { kind: "refused", message: message.replaceAll(profileNames, "this profile") });
    const rest = open.filter((placed) => placed !== culprit).map(({ probe }) => probe);
    return rest.length === 0 ? [] : [this.filer.together(rest)];
  }

  #halves(open: readonly PlacedProbe[]): ProbeFile[] {
    const probes = open.map(({ probe }) => probe);
    const middle = Math.ceil(probes.length / 2);
    return [probes.slice(0, middle), probes.slice(middle)]
      .filter((half) => half.length > 0)
      .map((half) => this.filer.together(half));
  }

  /** A run that was ended: the first file without an answer is where it happened, unless nothing could be run at all. */
  #afterStop(open: readonly ProbeFile[], result: ProbeRunResult): ProbeFile[] {
    const isOver =
      result.kind === "notStarted" || result.kind === "busy" || (result.kind === "stopped" && result.by === "abort");
    const [first, ...rest] = open;
    if (isOver || first === undefined || ++this.#stops > mostStops) return this.#giveUp(open, result);
    const probes = this.#open(first).map(({ probe }) => probe);
    // A parser writes the policy of a file only when it has compiled all of it: one file for each tells them apart.
    if (probes.length > 1) return [...rest, ...probes.map((probe) => this.filer.together([probe]))];
    this.#giveUp([first], result);
    return rest;
  }

  #giveUp(files: readonly ProbeFile[], result: ProbeRunResult): ProbeFile[] {
    const outcome = this.#failure(result);
    for (const { probe } of files.flatMap((file) => this.#open(file))) this.answers.set(probe, outcome);
    return [];
  }

  #failure(result: ProbeRunResult): SandboxOutcome {
    if (result.kind === "busy") {
      return { kind: "undecided", reason: "busy", why: "Too many questions are waiting. Try again in a moment." };
    }
    const { subject, limits } = this.#bounds;
    const { reason, summary } = readResult(subject, result, [], limits).verdict;
    return { kind: "undecided", reason: reason ?? "parser_crashed", why: summary };
  }
}

function isAbout({ top, file, profile }: ParserMessage, { name, probes }: ProbeFile): boolean {
  const isFile = (path: string | null): boolean => path !== null && path.endsWith(`/${name}`);
  return isFile(file) || isFile(top) || probes.some((placed) => placed.name === profile);
}

function isIn({ line, profile }: ParserMessage, { name, firstLine, lastLine }: PlacedProbe): boolean {
  return profile === name || (line !== null && line >= firstLine && line <= lastLine);
}
