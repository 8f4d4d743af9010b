export { answerLoss, answerLossByText, forgetAnswer, type AnswerWish } from "./answers.ts";
export { lowerDesign } from "./lower-design.ts";
export type { AnswerKind, Loss, LossAnswer, LossKind, Lowering, Rewriting } from "./lowering.ts";
export { reportLines } from "./report.ts";
export { mediatesAddresses, type LoweringTarget } from "./target.ts";
