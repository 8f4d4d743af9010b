import { endpoints, type WholeRevision, wholeRevisionSchema } from "@hauberk/contract";
import { callDesign, type DesignAccess } from "./design-call.ts";

/** A revision with its texts. */
export async function requestRevision(
  access: DesignAccess,
  revision: number,
  signal?: AbortSignal,
): Promise<WholeRevision> {
  const call = { parts: { revision }, ...(signal === undefined ? {} : { signal }) };
  return wholeRevisionSchema.parse(await (await callDesign(access, endpoints.revision, call)).json());
}
