import { type Draft, draftAnswerSchema, draftMomentSchema, endpoints, type KeptDraft } from "@hauberk/contract";
import { queryOptions } from "@tanstack/react-query";
import { callDesign, type DesignAccess } from "./design-call.ts";
import { designKey } from "./queries.ts";

/** The unsaved texts that the service keeps for who has this access; null: none. */
export function draftQuery(access: DesignAccess) {
  return queryOptions<KeptDraft | null>({
    queryKey: [...designKey(access), "draft"],
    queryFn: async ({ signal }) =>
      draftAnswerSchema.parse(await (await callDesign(access, endpoints.draft, { signal })).json()),
  });
}

/** Keeps unsaved texts and gives the moment by which they are known. Refused as `newer-draft` where others are kept. */
export async function keepDraft(access: DesignAccess, body: Draft): Promise<string> {
  const answer = await callDesign(access, endpoints.keepDraft, { body });
  return draftMomentSchema.parse(await answer.json()).at;
}

/** Forgets the draft that was kept at this moment; a later one stays. */
export async function dropDraft(access: DesignAccess, at: string): Promise<void> {
  const path = `${endpoints.dropDraft.path}?at=${encodeURIComponent(at)}`;
  await callDesign(access, { ...endpoints.dropDraft, path });
}
