import type { Request } from "express";

/** An id that stands in the request's path under this name. What isn't there answers like one that names nothing. */
export function pathId(request: Request, name: string): string {
  const part = request.params[name];
  // PostgreSQL can't even look for NUL.
  return typeof part === "string" && !part.includes("\u0000") ? part : "";
}
