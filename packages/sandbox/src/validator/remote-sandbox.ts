import { request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { StandingRequest, TargetStatus, ValidationRequest } from "@hauberk/contract";
import {
  validatorLimits,
  validatorLineSchema,
  validatorMethods,
  type ValidatorMethod,
} from "@hauberk/contract/validator";
import type { z } from "zod";
import type { Sandbox, StandingAnswer, ValidationAnswer, ValidationCall } from "../sandbox.ts";
import { undecidedStandings } from "../standing/find-standings.ts";
import type { PolicyTreeAnswer } from "../target/policy-texts.ts";
import { undecided } from "../verdict/read-result.ts";
import { ValidatorSockets, type TakenSocket } from "./validator-sockets.ts";

/**
 * A sandbox that validators hold, behind unix sockets. Each place is a socket or a folder of sockets. What comes from
 * there is believed only as the contract says.
 */
export function connectSandbox(...places: readonly string[]): Sandbox {
  return new RemoteSandbox(new ValidatorSockets(places));
}

/** How long a validator that was killed may take to be there again, and how often it is looked for; milliseconds. */
const patience = 5_000;
const askAgainAfter = 200;

/** The validator is not there, went away, or sent what it must not: nothing was decided. */
class ValidatorGone extends Error {
  /** It had taken the call. */
  midway = false;
}

/** How the answers about targets are read, and what is said of a target that nobody could be asked about. */
interface AnswerReading<A> {
  readonly targetOf: (answer: A) => string;
  readonly lacking: (target: string, why: string) => A;
}

class RemoteSandbox implements Sandbox {
  readonly #sockets: ValidatorSockets;
  readonly #closing = new AbortController();
  /** As last heard: so that they can still be named while the validator is away. */
  #targets: readonly TargetStatus[] = [];

  constructor(sockets: ValidatorSockets) {
    this.#sockets = sockets;
  }

  async listTargets(): Promise<TargetStatus[]> {
    try {
      const targets = await this.#one(validatorMethods.listTargets, null);
      this.#targets = targets;
      return targets;
    } catch (error) {
      const why = whyGone(error);
      return this.#targets.map((target) => ({ ...target, usable: false, why }));
    }
  }

  async isolationProblem(): Promise<string | null> {
    try {
      return await this.#one(validatorMethods.isolationProblem, null);
    } catch (error) {
      return whyGone(error);
    }
  }

  validate(request: ValidationRequest, call: ValidationCall = {}): AsyncGenerator<ValidationAnswer> {
    return this.#ofTargets(validatorMethods.validate, request, call, {
      targetOf: ({ verdict }) => verdict.target,
      lacking: (target, why) => {
        const summary = `The parser can't be run in isolation now: ${why}.`;
        const subject = { target, parser: null, kernel: null };
        return { verdict: undecided(subject, "sandbox_unavailable", summary).verdict, milliseconds: 0 };
      },
    });
  }

  standings(request: StandingRequest, call: ValidationCall = {}): AsyncGenerator<StandingAnswer> {
    return this.#ofTargets(validatorMethods.standings, request, call, {
      targetOf: ({ target }) => target,
      lacking: (target, why) => {
        const sentence = `The parser can't be run in isolation now: ${why}.`;
        return { target, rows: undecidedStandings(request, target, "sandbox_unavailable", sentence), milliseconds: 0 };
      },
    });
  }

  /** One answer per target of a request, each as soon as it is there. */
  async *#ofTargets<I extends z.ZodType, A extends z.ZodType>(
    method: ValidatorMethod<I, A>,
    request: z.input<I> & { readonly targets: readonly string[] },
    call: ValidationCall,
    { targetOf, lacking }: AnswerReading<z.output<A>>,
  ): AsyncGenerator<z.output<A>> {
    const waiting = new Set(request.targets);
    const signal = AbortSignal.any([this.#closing.signal, ...(call.signal ? [call.signal] : [])]);
    let why = "";
    // What a validator that was killed left unanswered is asked once more: of another one, or of itself when it is back.
    for (let attempt = 0; attempt < 2 && waiting.size > 0; attempt++) {
      if (attempt > 0) await this.#comesBack(signal);
      try {
        for await (const answer of this.#call(method, { ...request, targets: [...waiting] }, call)) {
          if (waiting.delete(targetOf(answer))) yield answer;
        }
        // Ended in order: what is missing was cancelled.
        return;
      } catch (error) {
        if (signal.aborted) return;
        why = whyGone(error);
        if (!(error instanceof ValidatorGone && error.midway)) break;
      }
    }
    for (const target of waiting) yield lacking(target, why);
  }

  async policyTree(id: string): Promise<PolicyTreeAnswer> {
    try {
      return await this.#one(validatorMethods.policyTree, id);
    } catch (error) {
      return { kind: "unusable", why: `The policy tree can't be read: ${whyGone(error)}.` };
    }
  }

  async compiledPolicy(sha256: string): Promise<Uint8Array | undefined> {
    // Whichever compiled it keeps it.
    for (const socket of await this.#sockets.all()) {
      const policy = await this.#one(validatorMethods.compiledPolicy, sha256, socket).catch((error: unknown) => {
        whyGone(error);
        return null;
      });
      if (policy !== null) return Buffer.from(policy, "base64");
    }
    return undefined;
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  /** Waits until a validator answers, or until all have been away for too long. */
  async #comesBack(signal: AbortSignal): Promise<void> {
    const until = performance.now() + patience;
    while (performance.now() < until && !signal.aborted) {
      const here = await this.#one(validatorMethods.isolationProblem, null).then(
        () => true,
        () => false,
      );
      if (here) return;
      await wait(askAgainAfter);
    }
  }

  async #one<I extends z.ZodType, A extends z.ZodType>(
    method: ValidatorMethod<I, A>,
    input: z.input<I>,
    socket?: string,
  ): Promise<z.output<A>> {
    for await (const answer of this.#call(method, input, {}, socket)) return answer;
    throw new ValidatorGone("the validator gave no answer");
  }

  /**
   * The answers to a call, each as soon as it is there, from the validator at the socket; by default from the least busy.
   * Throws `ValidatorGone` where they end before they are done.
   */
  async *#call<I extends z.ZodType, A extends z.ZodType>(
    { path, answer }: ValidatorMethod<I, A>,
    input: z.input<I>,
    { signal, client = "" }: ValidationCall,
    socket?: string,
  ): AsyncGenerator<z.output<A>> {
    const given = new AbortController();
    let taken: TakenCall | null = null;
    const signals = [given.signal, this.#closing.signal, ...(signal ? [signal] : [])];
    try {
      const take: Take =
        socket === undefined
          ? (tried) => this.#sockets.take(client, tried)
          : (tried) => Promise.resolve(tried.has(socket) ? null : this.#sockets.hold(socket));
      taken = await this.#begin(take, path, { client, input }, AbortSignal.any(signals));
      for await (const text of linesOf(taken.response)) {
        const line = validatorLineSchema.parse(JSON.parse(text));
        if (line.type === "done") return;
        if (line.type === "failed") throw new ValidatorGone("the validator failed; its log says more");
        yield answer.parse(line.answer);
      }
      throw new ValidatorGone("the validator broke off");
    } catch (error) {
      const gone = error instanceof ValidatorGone ? error : new ValidatorGone(sayFault(error), { cause: error });
      gone.midway = taken !== null;
      throw gone;
    } finally {
      taken?.done();
      given.abort();
    }
  }

  /** Sends a call to the first validator that takes it; those that did not are left out for a while. */
  async #begin(take: Take, path: string, body: object, signal: AbortSignal): Promise<TakenCall> {
    const tried = new Set<string>();
    let last: unknown = new ValidatorGone("no validator is there");
    for (let taken = await take(tried); taken !== null; taken = await take(tried)) {
      try {
        return { ...taken, response: await post(taken.socket, path, body, signal) };
      } catch (error) {
        taken.done();
        if (signal.aborted || error instanceof ValidatorGone) throw error;
        this.#sockets.leaveOut(taken.socket);
        tried.add(taken.socket);
        last = error;
      }
    }
    throw last;
  }
}

/** Takes the next socket to try; null where all have been. */
type Take = (tried: ReadonlySet<string>) => Promise<TakenSocket | null>;

/** A call that a validator has taken. */
interface TakenCall extends TakenSocket {
  readonly response: IncomingMessage;
}

function sayFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  return code === null ? "the validator sent what can't be read" : `the validator does not answer (${code})`;
}

/** The reason as a clause, without its full stop; any other error is a fault of this program. */
function whyGone(error: unknown): string {
  if (error instanceof ValidatorGone) return error.message;
  throw error;
}

function post(socketPath: string, path: string, body: object, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json" };
    const sent = httpRequest({ socketPath, path, method: "POST", headers, agent: false, signal });
    sent.once("response", (response) => {
      if (response.statusCode === 200) resolve(response);
      else {
        response.resume();
        reject(new ValidatorGone(`the validator refused the call (${response.statusCode})`));
      }
    });
    sent.once("error", reject);
    sent.end(JSON.stringify(body));
  });
}

async function* linesOf(response: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString("utf8");
      parts = [];
      size = 0;
      from = end + 1;
    }
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > validatorLimits.lineBytes) throw new ValidatorGone("the validator sent more than it may");
  }
}
