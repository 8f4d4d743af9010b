export type { DesignAccess } from "./design-call.ts";
export { followDesignNews } from "./follow-news.ts";
export { changeDesign, createDesign, deleteDesign, replaceKey, requestDesign, saveRevision } from "./designs.ts";
export { draftQuery, dropDraft, keepDraft } from "./drafts.ts";
export { createLink, revokeLink, unlockLink } from "./links.ts";
export {
  approvalsQuery,
  commentsQuery,
  designKey,
  type DesignPart,
  historyQuery,
  linksQuery,
  revisionQuery,
  revisionVerdictsQuery,
  revisionsQuery,
  savedDesignQuery,
  savedDesignsKey,
} from "./queries.ts";
export { decide, deleteComment, recordBundle, resolveComment, withdrawDecision, writeComment } from "./review.ts";
export { requestRevision } from "./revisions.ts";
export { failureWords } from "./failure-words.ts";
export { signature } from "./signature.ts";
