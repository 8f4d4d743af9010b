import { type ProblemId, problemSchema } from "@hauberk/contract";

/** Why a request to the service got no answer that can be used. */
export type ServiceFailure =
  | { readonly kind: "unreachable" }
  | {
      readonly kind: "refused";
      readonly status: number;
      /** The kind of problem by the service's own name (`ProblemId`, or a newer one); null where it gave none. */
      readonly problem: string | null;
      readonly title: string;
      readonly detail: string;
    };

/** Thrown by every call of the service that got no usable answer. */
export class ServiceError extends Error {
  readonly failure: ServiceFailure;

  constructor(failure: ServiceFailure) {
    super(failure.kind === "unreachable" ? "the service does not answer" : failure.detail);
    this.name = "ServiceError";
    this.failure = failure;
  }
}

/** Calls the service; every failure but an abort is a `ServiceError`. */
export async function callService(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ServiceError({ kind: "unreachable" });
  }
  if (response.ok) return response;
  throw new ServiceError(await failureOf(response));
}

/** A proxy before a service that is down answers for it with 502 or 504, and not in the service's language. */
async function failureOf(response: Response): Promise<ServiceFailure> {
  const body: unknown = await response.json().catch(() => null);
  const problem = problemSchema.safeParse(body);
  if (problem.success) {
    const { type, status, title, detail } = problem.data;
    return { kind: "refused", status, problem: type.slice(type.lastIndexOf("/") + 1), title, detail };
  }
  if (response.status >= 500) return { kind: "unreachable" };
  return {
    kind: "refused",
    status: response.status,
    problem: null,
    title: "The service refused",
    detail: `It answered ${response.status}.`,
  };
}

/** Whether a call failed for this reason. */
export function failedBy(error: unknown, problem: ProblemId): boolean {
  return error instanceof ServiceError && error.failure.kind === "refused" && error.failure.problem === problem;
}
