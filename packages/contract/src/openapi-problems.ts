import type { ZodOpenApiResponseObject } from "zod-openapi";
import { problemKinds, problemMediaType, problemSchema, problemType } from "./problem.ts";
import type { Problem, ProblemId } from "./problem.ts";

/** What any request below `/api` can be refused with. */
export const everywhere: readonly ProblemId[] = [
  "invalid-request",
  "host-not-allowed",
  "too-many-requests",
  "internal",
];

/** What any request about a saved design can be refused with. */
export const aboutDesign: readonly ProblemId[] = [
  ...everywhere,
  "passphrase-needed",
  "sign-in-needed",
  "not-permitted",
  "not-found",
  "store-away",
];

/** What a request without a body that changes something can be refused with. */
export const changing: readonly ProblemId[] = ["cross-site"];

/** What a request with a body can be refused with for its body. */
export const withBody: readonly ProblemId[] = [
  "malformed-json",
  "cross-site",
  "too-large",
  "unsupported-media-type",
  "busy",
];

/** The error answers of these kinds, those of one status together, an example of each. */
export function problems(ids: readonly ProblemId[]): Record<`${1 | 2 | 3 | 4 | 5}${string}`, ZodOpenApiResponseObject> {
  const responses: Record<`${1 | 2 | 3 | 4 | 5}${string}`, ZodOpenApiResponseObject> = {};
  for (const [status, same] of Map.groupBy(ids, (id) => problemKinds[id].status)) {
    const examples = Object.fromEntries(
      same.map((id) => [id, { summary: problemKinds[id].title, value: problemExample(id) }]),
    );
    responses[`${hundreds(status)}${String(status).slice(1)}`] = {
      description: same.map((id) => `${problemKinds[id].title}.`).join(" "),
      content: { [problemMediaType]: { schema: problemSchema, examples } },
    };
  }
  return responses;
}

function hundreds(status: number): 4 | 5 {
  return status < 500 ? 4 : 5;
}

function problemExample(id: ProblemId): Problem {
  return {
    type: problemType(id),
    title: problemKinds[id].title,
    status: problemKinds[id].status,
    detail: `${problemKinds[id].title}.`,
    instance: "urn:uuid:0f1c3a52-6f0f-4b7c-9d43-0a64b2b5a6f1",
  };
}
