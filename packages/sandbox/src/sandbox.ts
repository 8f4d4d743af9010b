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
import { runConfined, type ConfinementTools } from "./confinement/confined-run.ts";
import { findTools, type FoundTools } from "./confinement/find-tools.ts";
import { runLimits } from "./confinement/limits.ts";
import { sweepJobFolders } from "./job/job-folders.ts";
import { FairQueue } from "./queue/fair-queue.ts";
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
import { judge, subjectOf, type JudgedDesign } from "./verdict/judge.ts";
import { undecided, type Judgement } from "./verdict/read-result.ts";

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
  /** Runs at the same time; default: the processor's cores. */
  readonly workers?: number;
  /** Runs of one client at the same time; default: one fewer than the workers, and at least one. */
  readonly perClient?: number;
  /** Runs of one client that may wait before it hears `busy`. */
  readonly waitingPerClient?: number;
  /** Where toolchains lie; default: the user's cache. */
  readonly cache?: string;
  /** Where the targets' data files lie. */
  readonly targets?: string;
  /** Where this machine keeps its own AppArmor. */
  readonly host?: HostPlaces;
  /** Where bubblewrap and prlimit are looked for; default: the environment's `PATH`. */
  readonly searchPath?: string;
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

const keptVerdictCharacters = 16 * 1024 * 1024;
const keptPolicyBytes = 128 * 1024 * 1024;
const keptProbeBytes = 64 * 1024 * 1024;

/** Makes a sandbox. It holds no resources but memory until a validation runs. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  return new ParserSandbox(options);
}

class ParserSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #catalogue: Catalogue;
  readonly #queue: FairQueue;
  readonly #verdicts = new BoundedStore<Verdict>(keptVerdictCharacters, sizeOf);
  readonly #policies = new BoundedStore<Uint8Array>(keptPolicyBytes, (policy) => policy.length);
  readonly #probes = new BoundedStore<SandboxOutcome>(keptProbeBytes, weightOf);
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  /** Targets whose parser was seen to start in the sandbox. */
  readonly #proven = new Set<string>();
  /** Tools once found stay; where they vanish, the run says so. */
  #foundTools: FoundTools | undefined;
  /** What killed processes left behind goes before the first job. */
  #swept: Promise<void> | undefined;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#catalogue = new Catalogue({
      targets: options.targets ?? toolchainsFolder,
      cache: options.cache ?? cacheFolder(),
      host: options.host ?? hostPlaces,
    });
    const workers = options.workers ?? availableParallelism();
    this.#queue = new FairQueue({
      workers,
      perClient: options.perClient ?? Math.max(1, workers - 1),
      waitingPerClient: options.waitingPerClient ?? 200,
    });
  }

  async listTargets(): Promise<TargetStatus[]> {
    const targets = await this.#catalogue.resolveAll();
    return Promise.all(targets.map((resolved) => this.#status(resolved)));
  }

  async isolationProblem(): Promise<string | null> {
    const found = await this.#tools();
    if (!found.ok) return found.why;
    if (this.#proven.size > 0) return null;
    const usable = (await this.#catalogue.resolveAll()).find((resolved) => resolved.usable);
    return usable?.usable ? this.#startProblem(usable.target, found.tools) : null;
  }

  async *validate(request: ValidationRequest, call: ValidationCall = {}): AsyncGenerator<ValidationAnswer> {
    yield* this.#asTheyCome(request.targets, call, (id, client, signal) => this.#answer(id, request, client, signal));
  }

  async *standings(request: StandingRequest, call: ValidationCall = {}): AsyncGenerator<StandingAnswer> {
    yield* this.#asTheyCome(request.targets, call, (id, client, signal) => this.#stand(id, request, client, signal));
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
  }

  /** The answers of targets, each as soon as it is there; all of it ends where nobody wants more. */
  async *#asTheyCome<T>(
    targets: readonly string[],
    call: ValidationCall,
    ask: (id: string, client: string, signal: AbortSignal) => Promise<T>,
  ): AsyncGenerator<T> {
    const given = new AbortController();
    const signal = AbortSignal.any([given.signal, this.#closing.signal, ...(call.signal ? [call.signal] : [])]);
    const asked = targets.map((id) => {
      const answer = this.#track(ask(id, call.client ?? "", signal));
      return [id, answer.then((value) => ({ id, value }))] as const;
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

  async #answer(id: string, design: JudgedDesign, client: string, signal: AbortSignal): Promise<ValidationAnswer> {
    const resolved = await this.#catalogue.resolve(id);
    if (resolved.usable) return this.#ask(resolved.target, design, client, signal);
    const { nearest, reason, why, label, kind, parserVersion: parser, kernelVersion: kernel } = resolved.target;
    if (nearest === undefined) {
      const subject = { target: id, parser, kernel, ...(reason !== "unknown_target" && { kind }) };
      return { verdict: undecided(subject, reason, `${label} can't be asked: ${why}.`).verdict, milliseconds: 0 };
    }
    const { verdict, milliseconds } = await this.#ask(nearest, design, client, signal);
    return { verdict: approximate(resolved.target, nearest, verdict), milliseconds };
  }

  async #ask(
    target: UsableTarget,
    design: JudgedDesign,
    client: string,
    signal: AbortSignal,
  ): Promise<ValidationAnswer> {
    const begun = performance.now();
    const since = (verdict: Verdict): ValidationAnswer => ({ verdict, milliseconds: performance.now() - begun });
    const key = contentKey(target, design);
    const known = this.#remembered(key);
    if (known) return since(known);
    const subject = subjectOf(target);
    const found = await this.#tools();
    if (!found.ok) {
      const summary = `The parser can't be run in isolation here: ${found.why}.`;
      return since(undecided(subject, "sandbox_unavailable", summary).verdict);
    }
    const turn = await this.#queue.take(client, signal);
    if (turn.kind === "busy") {
      return since(undecided(subject, "busy", "Too many validations are waiting. Try again in a moment.").verdict);
    }
    if (turn.kind === "aborted") return since(undecided(subject, "cancelled", "The validation was cancelled.").verdict);
    const started = performance.now();
    try {
      await (this.#swept ??= sweepJobFolders());
      const judgement = await judge(found.tools, target, design, signal);
      this.#remember(key, judgement);
      return { verdict: judgement.verdict, milliseconds: performance.now() - started };
    } finally {
      turn.done();
    }
  }

  /** What the rules come to on one target: as many runs as that takes, each in its turn. */
  async #stand(id: string, request: StandingRequest, client: string, signal: AbortSignal): Promise<StandingAnswer> {
    const resolved = await this.#catalogue.resolve(id);
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
    const found = await this.#tools();
    if (!found.ok) return nobody("sandbox_unavailable", `The parser can't be run in isolation here: ${found.why}.`);
    const { target } = resolved;
    const limits = runLimits[request.effort];
    const rows = await findStandings({
      target,
      request,
      limits,
      known: this.#probes,
      run: async (files, features) => {
        const turn = await this.#queue.take(client, signal);
        if (turn.kind === "busy") return { kind: "busy" };
        if (turn.kind === "aborted") return { kind: "stopped", by: "abort", messages: Buffer.alloc(0) };
        try {
          await (this.#swept ??= sweepJobFolders());
          return await runProbes(found.tools, target, request.files, { files, features }, limits, signal);
        } finally {
          turn.done();
        }
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
    if (verdict.compiled && policy) this.#policies.set(verdict.compiled.sha256, policy);
  }

  async #status(resolved: ResolvedTarget): Promise<TargetStatus> {
    const { id, label, kind, parserVersion: parser, kernelVersion: kernel } = resolved.target;
    const about = { id, label, kind, parser, kernel };
    if (!resolved.usable) return { ...about, usable: false, why: resolved.target.why, notes: [], features: null };
    const found = await this.#tools();
    const why = found.ok ? await this.#startProblem(resolved.target, found.tools) : found.why;
    const { notes, features } = resolved.target;
    return { ...about, usable: why === null, why, notes: [...notes], features };
  }

  async #tools(): Promise<FoundTools> {
    if (this.#foundTools?.ok) return this.#foundTools;
    this.#foundTools = await findTools(this.#options.searchPath ?? process.env["PATH"] ?? "");
    return this.#foundTools;
  }

  /** Whether the parser starts in the sandbox at all: tried once with its version, which costs milliseconds. */
  async #startProblem(target: UsableTarget, tools: ConfinementTools): Promise<string | null> {
    if (this.#proven.has(target.key)) return null;
    const mounts = [{ from: target.root, at: "/" }];
    const argv = [target.program, "--version"] as const;
    const result = await runConfined(tools, { mounts, argv: [...argv], limits: runLimits.interactive });
    if (result.kind === "notStarted") return `bubblewrap can't start here: ${result.why}`;
    if (result.kind === "stopped" || result.code !== 0) return "the target's parser does not run in the sandbox";
    this.#proven.add(target.key);
    return null;
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
