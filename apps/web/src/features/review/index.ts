export { type JudgementPart, ReviewPage } from "./ReviewPage.tsx";
export type { ReadRevision } from "./review-model.ts";
