import type { RequestHandler } from "express";
import { RequestProblem } from "../problems/request-problem.ts";

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Serves only under known host names. A page of another site can point its own name at this machine (DNS rebinding) and
 * would then share our origin; what it can't do is send a `Host` that it does not own.
 *
 * @param allowedHosts names beside the loopback ones, without port, in small letters.
 */
export function hostCheck(allowedHosts: readonly string[]): RequestHandler {
  const allowed = new Set([...loopbackNames, ...allowedHosts]);
  return (request, _response, next) => {
    const name = hostName(request.headers.host);
    if (name === null || !allowed.has(name)) {
      throw new RequestProblem(
        "host-not-allowed",
        "Open this service as `localhost`, or name the host in HAUBERK_ALLOWED_HOSTS where the service is started.",
      );
    }
    next();
  };
}

/** The name in a `Host` header, in small letters, without its port; null where it has not the form of one. */
export function hostName(header: string | undefined): string | null {
  const parts = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? "");
  return parts?.[1]?.toLowerCase() ?? null;
}
