import { z } from "./zod.ts";

/** The media type of an error answer (RFC 9457). */
export const problemMediaType = "application/problem+json";

/** A kind of error: what HTTP calls it, and what people read first. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** Every error that the service answers with. The key is the last part of the answer's `type` and never changes. */
export const problemKinds = {
  "invalid-request": { status: 400, title: "The request is not as it should be" },
  "malformed-json": { status: 400, title: "The body is not JSON" },
  "sign-in-failed": { status: 400, title: "Signing in did not come to its end" },
  "passphrase-needed": { status: 401, title: "This link asks for its passphrase" },
  "sign-in-needed": { status: 401, title: "This needs an account" },
  "wrong-passphrase": { status: 403, title: "The passphrase is wrong" },
  "not-permitted": { status: 403, title: "This link or account may not do that" },
  "cross-site": { status: 403, title: "The request came from another site" },
  "not-found": { status: 404, title: "There is nothing here" },
  "method-not-allowed": { status: 405, title: "This method is not offered here" },
  "request-timeout": { status: 408, title: "The request took too long to arrive" },
  "newer-revision": { status: 409, title: "Somebody has saved a newer revision" },
  "newer-draft": { status: 409, title: "Another draft of yours is kept" },
  "gate-closed": { status: 409, title: "The approvals that a bundle needs are not there" },
  "outdated-hash": { status: 409, title: "The bytes are not those of the revision" },
  "limit-reached": { status: 409, title: "There is room for no more of these" },
  "last-admin": { status: 409, title: "The workspace would have nobody who administers it" },
  "workspace-not-empty": { status: 409, title: "The workspace still owns designs" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The body is of a kind that is not read here" },
  "host-not-allowed": { status: 421, title: "This host name is not served here" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "The service failed" },
  busy: { status: 503, title: "The service has too much to do" },
  "sandbox-unavailable": { status: 503, title: "The parser can't be run in isolation here" },
  "target-unusable": { status: 503, title: "This target can't be used here" },
  "store-away": { status: 503, title: "Saved designs can't be reached now" },
  "provider-away": { status: 503, title: "Who keeps the accounts can't be reached now" },
  "shutting-down": { status: 503, title: "The service is shutting down" },
} as const satisfies Record<string, ProblemKind>;

/** The name of a kind of error. */
export type ProblemId = keyof typeof problemKinds;

/** The `type` of an error answer: a path that stays the same for ever. */
export function problemType(id: ProblemId): string {
  return `/problems/${id}`;
}

/** A place in the request and what is wrong there. */
export const requestErrorSchema = z
  .object({
    pointer: z.string().meta({
      description: "A JSON Pointer (RFC 6901) into the body; empty for the body as a whole.",
      example: "/files/0/path",
    }),
    message: z.string().meta({ example: "The file lies outside `apparmor.d/`." }),
  })
  .meta({ id: "RequestError" });

/** An error answer (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: "A stable name of the kind of error.", example: "/problems/invalid-request" }),
    title: z.string(),
    status: z.number().int().min(400).max(599),
    detail: z.string().meta({ description: "What is wrong this time and what to do, for a person." }),
    instance: z.string().meta({
      description: "The request's id, as in the `X-Request-Id` header and in the log.",
      example: "urn:uuid:0f1c3a52-6f0f-4b7c-9d43-0a64b2b5a6f1",
    }),
    errors: z.array(requestErrorSchema).optional().meta({ description: "Each place of the body that is wrong." }),
  })
  .meta({ id: "Problem", description: "An error answer (RFC 9457)." });

export type RequestError = z.infer<typeof requestErrorSchema>;
export type Problem = z.infer<typeof problemSchema>;
