import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import type {
  StandingRequest,
  StandingRow,
  TargetStatus,
  UndecidedReason,
  ValidationRequest,
  Verdict,
} from "@hauberk/contract";
import type { ConfinedResult, ConfinementTools } from "./confinement/confined-run.ts";
import { findTools, type FoundTools } from "./confinement/find-tools.ts";
import { runLimits, type EffortLimits } from "./confinement/limits.ts";
import type { Pace } from "./confinement/pace.ts";
import { sweepJobFolders } from "./job/job-folders.ts";
import { removeTreeLinks } from "./job/tree-links.ts";
import { WarmJobs } from "./job/warm-jobs.ts";
import { Lanes, type LaneOutcome } from "./queue/lanes.ts";
import type { SandboxOutcome } from "./standing/compile-probes.ts";
import { findStandings, undecidedStandings } from "./standing/find-standings.ts";
import { runProbes } from "./standing/probe-run.ts";
import { Catalogue } from "./target/catalogue.ts";
import { hostPlaces, type HostPlaces } from "./target/host-target.ts";
import { policyTexts, type PolicyTreeAnswer } from "./target/policy-texts.ts";
import { toolchainsFolder } from "./target/target-data.ts";
import type { ResolvedTarget, UsableTarget } from "./target/usable-target.ts";
import { cacheFolder } from "./toolchain/cache-folders.ts";
import { BoundedStore } from "./verdict/bounded-store.ts";
import { approximate } from "./verdict/approximate.ts";
import { IsolationTrials } from "./verdict/isolation-trials.ts";
import { judge, subjectOf, type JudgedDesign } from "./verdict/judge.ts";
import { undecided, type Judgement } from "./verdict/read-result.ts";
import { SharedRuns } from "./verdict/shared-runs.ts";
import { TargetCosts } from "./verdict/target-costs.ts";

/** A verdict, and how long it took from the start of the run; a remembered one takes next to nothing. */
export interface ValidationAnswer {
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

/** What the rules of a design come to on one target, and how long that took. */
export interface StandingAnswer {
  readonly target: string;
  readonly rows: readonly StandingRow[];
  readonly milliseconds: number;
}

/** What a validation may be told beside the request. */
export interface ValidationCall {
  /** Ends the run; its processes are gone when the iteration ends. */
  readonly signal?: AbortSignal;
  /** Who asks: workers are shared fairly among clients. */
  readonly client?: string;
}

/** How a sandbox works; each has a default. */
export interface SandboxOptions {
  /**
   * Runs at the same time; default: the processor's cores. One more begins where somebody has just come. Each may use up
   * the memory of its limit, so all of them at most (workers + 1 + slow places) times that.
   */
  readonly workers?: number;
  /** Runs beside them, at a low priority, that have turned out long; default: as many as workers. */
  readonly slowPlaces?: number;
  /** Runs of one client at the same time; default: all, for no place is held long by one run. */
  readonly perClient?: number;
  /** Runs of one client that may wait before it hears `busy`. */
  readonly waitingPerClient?: number;
  /** Where toolchains lie; default: the user's cache. */
  readonly cache?: string;
  /** Where the targets' data files lie. */
  readonly targets?: string;
  /** Where this machine keeps its own AppArmor. */
  readonly host?: HostPlaces;
  /** Where the programs of the confinement are looked for; default: the environment's `PATH`. */
  readonly searchPath?: string;
  /** What confines the parsers; default: bubblewrap. The launcher works in the validator's container only. */
  readonly confinement?: ConfinementTools["kind"];
  /** What a run may use up, by effort; a test of many runs to a limit takes lower ones. */
  readonly limits?: EffortLimits;
}

/** Runs the targets' parsers on untrusted designs. */
export interface Sandbox {
  /** Every known target and whether it can be used here, `host` first. */
  listTargets(): Promise<TargetStatus[]>;
  /** Why parsers can't be run in isolation here and what to do, or null where they can. */
  isolationProblem(): Promise<string | null>;
  /** One answer per target, each as soon as it is there. Ends early where the signal aborts. */
  validate(request: ValidationRequest, call?: ValidationCall): AsyncGenerator<ValidationAnswer>;
  /** What each rule comes to, target by target, each as soon as it is there. Ends early where the signal aborts. */
  standings(request: StandingRequest, call?: ValidationCall): AsyncGenerator<StandingAnswer>;
  /** What lies in a target's `/etc/apparmor.d`, or why that can't be had. Needs no isolation: nothing is run. */
  policyTree(id: string): Promise<PolicyTreeAnswer>;
  /** The compiled policy with this SHA-256, where it is still kept. */
  compiledPolicy(sha256: string): Promise<Uint8Array | undefined>;
  /** Ends what still runs. */
  close(): Promise<void>;
}

/** Why a run did not come about. */
const notRun = {
  busy: ["busy", "Too many validations are waiting. Try again in a moment."],
  aborted: ["cancelled", "The validation was cancelled."],
} as const;

/** What a request's runs have in common. */
interface Asking {
  readonly client: string;
  /** The same for all runs of one request, and of no other. */
  readonly batch: unknown;
  /** Ends them all. */
  readonly signal: AbortSignal;
}

/** So many probes in one run tell how dear a target's probes are. */
const tellingProbes = 100;

const keptVerdictCharacters = 16 * 1024 * 1024;
const keptPolicyBytes = 128 * 1024 * 1024;
const keptProbeBytes = 64 * 1024 * 1024;

/** Makes a sandbox. It holds no resources but memory until a validation runs; then a few that wait, until it is closed. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  return new ParserSandbox(options);
}

class ParserSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #catalogue: Catalogue;
  readonly #limits: EffortLimits;
  readonly #lanes: Lanes;
  readonly #warm = new WarmJobs();
  readonly #shared = new SharedRuns<ValidationAnswer>();
  readonly #costs = new TargetCosts();
  /** Of probes, per probe: what is dear to judge need not be dear to study. */
  readonly #probeCosts = new TargetCosts();
  readonly #verdicts = new BoundedStore<Verdict>(keptVerdictCharacters, sizeOf);
  readonly #policies = new BoundedStore<Uint8Array>(keptPolicyBytes, (policy) => policy.length);
  readonly #probes = new BoundedStore<SandboxOutcome>(keptProbeBytes, weightOf);
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  readonly #trials = new IsolationTrials();
  /** Tools once found stay; where they vanish, the run says so. */
  #foundTools: FoundTools | undefined;
  /** What killed processes left behind goes before the first job. */
  #swept: Promise<void> | undefined;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#limits = options.limits ?? runLimits;
    this.#catalogue = new Catalogue({
      targets: options.targets ?? toolchainsFolder,
      cache: options.cache ?? cacheFolder(),
      host: options.host ?? hostPlaces,
    });
    const workers = options.workers ?? availableParallelism();
    this.#lanes = new Lanes({
      workers,
      prompt: 1,
      perClient: options.perClient ?? workers + 1,
      waitingPerClient: options.waitingPerClient ?? 1_000,
      slowPlaces: options.slowPlaces ?? workers,
      longAfter: 120,
    });
  }

  async listTargets(): Promise<TargetStatus[]> {
    const targets = await this.#catalogue.resolveAll();
    return Promise.all(targets.map((resolved) => this.#status(resolved)));
  }

  async isolationProblem(): Promise<string | null> {
    const found = await this.#tools();
    if (!found.ok) return found.why;
    if (this.#trials.hasProven) return null;
    const usable = (await this.#catalogue.resolveAll()).find((resolved) => resolved.usable);
    return usable?.usable ? this.#trials.problemOf(found.tools, usable.target) : null;
  }

  async *validate(request: ValidationRequest, call: ValidationCall = {}): AsyncGenerator<ValidationAnswer> {
    const ask = (target: ResolvedTarget, asking: Asking): Promise<ValidationAnswer> => {
      return this.#answer(target, request, asking);
    };
    yield* this.#asTheyCome(request.targets, call, this.#costs, ask);
  }

  async *standings(request: StandingRequest, call: ValidationCall = {}): AsyncGenerator<StandingAnswer> {
    const ask = (target: ResolvedTarget, asking: Asking): Promise<StandingAnswer> => {
      return this.#stand(target, request, asking);
    };
    yield* this.#asTheyCome(request.targets, call, this.#probeCosts, ask);
  }

  async policyTree(id: string): Promise<PolicyTreeAnswer> {
    const resolved = await this.#catalogue.resolve(id);
    if (resolved.usable) return { kind: "tree", ...(await policyTexts(resolved.target)) };
    const { reason, why, label } = resolved.target;
    return { kind: reason === "unknown_target" ? "unknown" : "unusable", why: `${label} can't be read: ${why}.` };
  }

  compiledPolicy(sha256: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#policies.get(sha256));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#running);
    await this.#warm.close();
    removeTreeLinks();
  }

  /** The answers of targets, each as soon as it is there; all of it ends where nobody wants more. */
  async *#asTheyCome<T>(
    targets: readonly string[],
    call: ValidationCall,
    costs: TargetCosts,
    ask: (target: ResolvedTarget, asking: Asking) => Promise<T>,
  ): AsyncGenerator<T> {
    const given = new AbortController();
    const signal = AbortSignal.any([given.signal, this.#closing.signal, ...(call.signal ? [call.signal] : [])]);
    const asking = { client: call.client ?? "", batch: given, signal };
    const resolved = await Promise.all(targets.map((id) => this.#catalogue.resolve(id)));
    const asked = costs.dearestFirst(resolved).map((target) => {
      const { id } = target.target;
      return [id, this.#track(ask(target, asking)).then((value) => ({ id, value }))] as const;
    });
    const waiting = new Map(asked);
    try {
      while (waiting.size > 0) {
        const { id, value } = await Promise.race(waiting.values());
        waiting.delete(id);
        if (signal.aborted) return;
        yield value;
      }
    } finally {
      given.abort();
      await Promise.allSettled(waiting.values());
    }
  }

  #track<T>(running: Promise<T>): Promise<T> {
    this.#running.add(running);
    const forget = (): void => void this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }

  async #answer(resolved: ResolvedTarget, design: JudgedDesign, asking: Asking): Promise<ValidationAnswer> {
    if (resolved.usable) return this.#ask(resolved.target, design, asking);
    const { id, nearest, reason, why, label, kind, parserVersion: parser, kernelVersion: kernel } = resolved.target;
    if (nearest === undefined) {
      const subject = { target: id, parser, kernel, ...(reason !== "unknown_target" && { kind }) };
      return { verdict: undecided(subject, reason, `${label} can't be asked: ${why}.`).verdict, milliseconds: 0 };
    }
    const { verdict, milliseconds } = await this.#ask(nearest, design, asking);
    return { verdict: approximate(resolved.target, nearest, verdict), milliseconds };
  }

  /** The target's verdict: a remembered one, that of a run under way on the same content, or one of a run of its own. */
  async #ask(target: UsableTarget, design: JudgedDesign, asking: Asking): Promise<ValidationAnswer> {
    const begun = performance.now();
    const since = (verdict: Verdict): ValidationAnswer => ({ verdict, milliseconds: performance.now() - begun });
    const key = contentKey(target, design);
    const known = this.#remembered(key);
    if (known) return since(known);
    const found = await this.#tools();
    if (!found.ok) {
      const summary = `The parser can't be run in isolation here: ${found.why}.`;
      return since(undecided(subjectOf(target), "sandbox_unavailable", summary).verdict);
    }
    const unproven = await this.#unproven(target, found.tools);
    if (unproven !== null) {
      const summary = `The parser can't be run in isolation here: ${unproven}.`;
      return since(undecided(subjectOf(target), "sandbox_unavailable", summary).verdict);
    }
    // Effort decides whether there is a verdict at all, so only runs of the same effort are one.
    const answer = await this.#shared.join(`${design.effort} ${key}`, asking.signal, (own) =>
      this.#run(found.tools, target, design, key, { ...asking, signal: own }),
    );
    return answer ?? since(undecided(subjectOf(target), "cancelled", "The validation was cancelled.").verdict);
  }

  async #run(
    tools: ConfinementTools,
    target: UsableTarget,
    design: JudgedDesign,
    key: string,
    { client, batch, signal }: Asking,
  ): Promise<ValidationAnswer> {
    await (this.#swept ??= sweepJobFolders());
    let started = performance.now();
    const work = (pace: Pace): Promise<Judgement | null> => {
      started = performance.now();
      return judge(tools, target, design, this.#limits[design.effort], { signal, pace, warm: this.#warm });
    };
    const outcome = await this.#inTurn(client, work, signal, batch);
    const milliseconds = performance.now() - started;
    if (outcome.kind === "done") {
      this.#costs.note(target.id, milliseconds);
      this.#remember(key, outcome.value);
      return { verdict: outcome.value.verdict, milliseconds };
    }
    const [reason, summary] = notRun[outcome.kind];
    return { verdict: undecided(subjectOf(target), reason, summary).verdict, milliseconds };
  }

  /** Does work when it is the client's turn; meanwhile no sandbox is made ahead. */
  #inTurn<T>(
    client: string,
    work: (pace: Pace) => Promise<T | null>,
    signal: AbortSignal,
    batch: unknown,
  ): Promise<LaneOutcome<T>> {
    return this.#warm.during(() => this.#lanes.run(client, work, signal, batch));
  }

  /** What the rules come to on one target: as many runs as that takes, each in its turn. */
  async #stand(
    resolved: ResolvedTarget,
    request: StandingRequest,
    { client, batch, signal }: Asking,
  ): Promise<StandingAnswer> {
    const { id } = resolved.target;
    const begun = performance.now();
    const since = (rows: readonly StandingRow[]): StandingAnswer => {
      return { target: id, rows, milliseconds: performance.now() - begun };
    };
    const nobody = (reason: UndecidedReason, why: string): StandingAnswer => {
      return since(undecidedStandings(request, id, reason, why));
    };
    if (!resolved.usable) {
      const { reason, why, label } = resolved.target;
      return nobody(reason, `${label} can't be asked: ${why}.`);
    }
    const { target } = resolved;
    const found = await this.#tools();
    const unproven = found.ok ? await this.#unproven(target, found.tools) : found.why;
    if (!found.ok || unproven !== null) {
      return nobody("sandbox_unavailable", `The parser can't be run in isolation here: ${unproven}.`);
    }
    const limits = this.#limits[request.effort];
    const rows = await findStandings({
      target,
      request,
      limits,
      known: this.#probes,
      run: async (files, features) => {
        await (this.#swept ??= sweepJobFolders());
        const work = async (pace: Pace): Promise<ConfinedResult | null> => {
          const call = { signal, pace };
          const started = performance.now();
          const result = await runProbes(found.tools, target, request.files, { files, features }, limits, call);
          const count = files.reduce((sum, { probes }) => sum + probes.length, 0);
          // Of a few probes the start of the run is most.
          if (count >= tellingProbes) this.#probeCosts.note(target.id, (performance.now() - started) / count);
          return result.kind === "stopped" && result.by === "pace" ? null : result;
        };
        const outcome = await this.#inTurn(client, work, signal, batch);
        if (outcome.kind === "done") return outcome.value;
        return outcome.kind === "busy" ? { kind: "busy" } : { kind: "stopped", by: "abort", messages: Buffer.alloc(0) };
      },
    });
    return since(rows);
  }

  /** A verdict of the same content; not where its policy has been dropped since, for that must be had too. */
  #remembered(key: string): Verdict | undefined {
    const verdict = this.#verdicts.get(key);
    const needed = verdict?.compiled?.sha256;
    return needed !== undefined && this.#policies.get(needed) === undefined ? undefined : verdict;
  }

  /** Only verdicts are remembered: what could not be decided now may be another time. */
  #remember(key: string, { verdict, policy }: Judgement): void {
    if (verdict.verdict === "undecided") return;
    this.#verdicts.set(key, verdict);
    // A copy of its own: what was read may lie in a slab of Node's that many share, which each of them would keep whole.
    if (verdict.compiled && policy) this.#policies.set(verdict.compiled.sha256, new Uint8Array(policy));
  }

  async #status(resolved: ResolvedTarget): Promise<TargetStatus> {
    const { id, label, kind, parserVersion: parser, kernelVersion: kernel } = resolved.target;
    const about = { id, label, kind, parser, kernel };
    if (!resolved.usable) return { ...about, usable: false, why: resolved.target.why, notes: [], features: null };
    const found = await this.#tools();
    const why = found.ok ? await this.#trials.problemOf(found.tools, resolved.target) : found.why;
    const { notes, features } = resolved.target;
    return { ...about, usable: why === null, why, notes: [...notes], features };
  }

  async #tools(): Promise<FoundTools> {
    if (this.#foundTools?.ok) return this.#foundTools;
    const { searchPath = process.env["PATH"] ?? "", confinement } = this.#options;
    this.#foundTools = await findTools(searchPath, confinement);
    return this.#foundTools;
  }

  /** Bubblewrap itself says where it can't make its namespaces; that the launcher holds must have been seen. */
  async #unproven(target: UsableTarget, tools: ConfinementTools): Promise<string | null> {
    return tools.kind === "launcher" ? this.#trials.problemOf(tools, target) : null;
  }
}

function weightOf(outcome: SandboxOutcome): number {
  return 200 + (outcome.kind === "compiled" ? outcome.policy.length : 0);
}

/** About how many characters a verdict holds: hostile designs draw hundreds of long messages. */
function sizeOf(verdict: Verdict): number {
  const texts = verdict.diagnostics.map(
    ({ message, explanation }) => message.length + (explanation?.length ?? 0) + 200,
  );
  return texts.reduce((sum, length) => sum + length, 1_000);
}

/** What a verdict depends on, as one hash: all of the target, and the files; effort only decides whether there is one. */
function contentKey(target: UsableTarget, design: JudgedDesign): string {
  const files = design.files.map(({ path, text }) => [path, text]).toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(target.key)
    .update(JSON.stringify(target.notes))
    .update(JSON.stringify(files))
    .digest("hex");
}
