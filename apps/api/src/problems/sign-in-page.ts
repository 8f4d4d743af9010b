import type { Request } from "express";
import { endpoints, signInPage } from "@hauberk/contract";
import type { ProblemId, SignInFailure } from "@hauberk/contract";
import type { RequestProblem } from "./request-problem.ts";

/** The problems of signing in that a page explains; what else stops a request there is no person's to mend. */
const failures: Partial<Record<ProblemId, SignInFailure>> = {
  "sign-in-failed": "failed",
  "invalid-request": "failed",
  "provider-away": "away",
  "not-found": "none",
  "too-many-requests": "busy",
  "store-away": "busy",
  "shutting-down": "busy",
  internal: "busy",
};

/** What a provider says of a person who did not agree (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6). */
const refusals = ["access_denied", "consent_required", "interaction_required", "login_required"];

/** What a provider says of itself. */
const faults = ["server_error", "temporarily_unavailable"];

/**
 * The page that tells a person why their browser comes back without being signed in; null where no browser asks for a
 * page, or it is not about signing in. Its address names one of a few words and holds nothing of the request.
 */
export function signInPageFor(request: Request, { id }: RequestProblem): string | null {
  const { method, path } = request;
  if (method !== "GET" || (path !== endpoints.signIn.path && path !== endpoints.signInAnswer.path)) return null;
  if (!/\btext\/html\b/.test(request.get("accept") ?? "")) return null;
  const failure = failures[id];
  if (failure === undefined) return null;
  return `${signInPage}?why=${failure === "failed" ? answeredWith(request) : failure}`;
}

function answeredWith(request: Request): SignInFailure {
  const { error } = request.query;
  if (typeof error !== "string") return "failed";
  if (refusals.includes(error)) return "refused";
  return faults.includes(error) ? "away" : "failed";
}
