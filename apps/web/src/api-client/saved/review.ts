import {
  type Approval,
  approvalSchema,
  type BundleRecord,
  bundleRecordSchema,
  type Comment,
  commentSchema,
  endpoints,
  type NewApprovalBody,
  type NewBundleRecord,
  type NewCommentBody,
  type Resolution,
  type Signed,
} from "@hauberk/contract";
import { callDesign, type DesignAccess } from "./design-call.ts";

/** Writes a comment, a reply or a suggested change. */
export async function writeComment(access: DesignAccess, body: NewCommentBody): Promise<Comment> {
  const answer = await callDesign(access, endpoints.comment, { body });
  return commentSchema.parse(await answer.json());
}

/** Resolves a thread, or opens it again. */
export async function resolveComment(access: DesignAccess, comment: string, body: Resolution): Promise<void> {
  await callDesign(access, endpoints.resolveComment, { parts: { comment }, body });
}

/** Takes back what a comment says; its replies stay. */
export async function deleteComment(access: DesignAccess, comment: string, body: Signed): Promise<void> {
  await callDesign(access, endpoints.deleteComment, { parts: { comment }, body });
}

/** Approves the bytes of a revision, or asks for changes of them. */
export async function decide(access: DesignAccess, body: NewApprovalBody): Promise<Approval> {
  const answer = await callDesign(access, endpoints.decide, { body });
  return approvalSchema.parse(await answer.json());
}

/** Takes a decision back: one's own, or any as the owner. */
export async function withdrawDecision(access: DesignAccess, approval: string, body: Signed): Promise<void> {
  await callDesign(access, endpoints.withdrawDecision, { parts: { approval }, body });
}

/** Says that a bundle of a revision is about to be made. Refused as `gate-closed` where approvals are missing. */
export async function recordBundle(access: DesignAccess, body: NewBundleRecord): Promise<BundleRecord> {
  const answer = await callDesign(access, endpoints.recordBundle, { body });
  return bundleRecordSchema.parse(await answer.json());
}
