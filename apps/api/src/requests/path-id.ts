import type { Request } from "express";
import { idSchema } from "@hauberk/contract";

/** An id that stands in the request's path under this name; what can be none is empty, and names nothing. */
export function pathId(request: Request, name: string): string {
  const read = idSchema.safeParse(request.params[name]);
  return read.success ? read.data : "";
}
