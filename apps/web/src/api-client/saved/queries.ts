import {
  type Approval,
  approvalListSchema,
  type Comment,
  commentListSchema,
  type DesignEvent,
  designEventListSchema,
  type Endpoint,
  endpoints,
  type Link,
  linkListSchema,
  type Revision,
  revisionListSchema,
  type RevisionVerdicts,
  revisionVerdictsSchema,
  type SavedDesign,
  savedDesignSchema,
  type WholeRevision,
} from "@hauberk/contract";
import { queryOptions } from "@tanstack/react-query";
import { callDesign, type DesignAccess } from "./design-call.ts";
import { requestRevision } from "./revisions.ts";

/** Everything that is known of saved designs lies below this key. */
export const savedDesignsKey = ["saved-design"] as const;

/** Everything that is known of a saved design by one access lies below this key. */
export function designKey({ design, token }: DesignAccess): readonly unknown[] {
  return [...savedDesignsKey, design, token];
}

/** The parts of what is known of a design, as the last part of their keys. */
export type DesignPart = "design" | "revisions" | "verdicts" | "comments" | "approvals" | "history" | "links";

interface PartReader<T> {
  readonly endpoint: Endpoint;
  readonly schema: { parse(value: unknown): T };
}

function partQuery<T>(access: DesignAccess, part: DesignPart, { endpoint, schema }: PartReader<T>) {
  return queryOptions<T>({
    queryKey: [...designKey(access), part],
    queryFn: async ({ signal }) => schema.parse(await (await callDesign(access, endpoint, { signal })).json()),
  });
}

/** The design's name, newest revision and gate, and what the asker is to it. */
export function savedDesignQuery(access: DesignAccess) {
  return partQuery<SavedDesign>(access, "design", { endpoint: endpoints.design, schema: savedDesignSchema });
}

/** Its revisions without their texts, the newest first. */
export function revisionsQuery(access: DesignAccess) {
  return partQuery<Revision[]>(access, "revisions", { endpoint: endpoints.listRevisions, schema: revisionListSchema });
}

/** Its comments, the oldest first. */
export function commentsQuery(access: DesignAccess) {
  return partQuery<Comment[]>(access, "comments", { endpoint: endpoints.listComments, schema: commentListSchema });
}

/** The decisions on it, the latest first. */
export function approvalsQuery(access: DesignAccess) {
  return partQuery<Approval[]>(access, "approvals", { endpoint: endpoints.listApprovals, schema: approvalListSchema });
}

/** What happened to it, the latest first. */
export function historyQuery(access: DesignAccess) {
  return partQuery<DesignEvent[]>(access, "history", { endpoint: endpoints.history, schema: designEventListSchema });
}

/** Its links, for the owner. */
export function linksQuery(access: DesignAccess) {
  return partQuery<Link[]>(access, "links", { endpoint: endpoints.listLinks, schema: linkListSchema });
}

/** A revision with its texts; it never changes. Null asks for none. */
export function revisionQuery(access: DesignAccess, number: number | null) {
  return queryOptions<WholeRevision>({
    queryKey: [...designKey(access), "revision", number],
    enabled: number !== null,
    queryFn: ({ signal }) => requestRevision(access, number ?? 0, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What the targets of a revision said of it, as far as that is kept. */
export function revisionVerdictsQuery(access: DesignAccess, revision: number) {
  return queryOptions<RevisionVerdicts>({
    queryKey: [...designKey(access), "verdicts" satisfies DesignPart, revision],
    queryFn: async ({ signal }) => {
      const call = { parts: { revision }, signal };
      return revisionVerdictsSchema.parse(await (await callDesign(access, endpoints.revisionVerdicts, call)).json());
    },
  });
}
