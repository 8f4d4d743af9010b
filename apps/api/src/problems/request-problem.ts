import { problemKinds } from "@hauberk/contract";
import type { ProblemId, RequestError } from "@hauberk/contract";

/** An expected refusal of a request; the error boundary makes an RFC 9457 answer of it. */
export class RequestProblem extends Error {
  readonly id: ProblemId;
  /** Each place of the body that is wrong, where the body is what is wrong. */
  readonly errors: readonly RequestError[];
  /** After how many seconds the same request may do better, for `Retry-After`; null: nobody knows. */
  readonly retryAfter: number | null;

  /** `detail` is for the person who sent the request: what is wrong this time, and what to do. */
  constructor(id: ProblemId, detail: string, errors: readonly RequestError[] = [], retryAfter: number | null = null) {
    super(detail);
    this.name = "RequestProblem";
    this.id = id;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return problemKinds[this.id].status;
  }
}
