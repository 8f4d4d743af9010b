export { when } from "./event-words.ts";
export { type JudgementPart, ReviewPage } from "./ReviewPage.tsx";
export { SignInFailed } from "./SignInFailed.tsx";
export type { ReadRevision } from "./review-model.ts";
