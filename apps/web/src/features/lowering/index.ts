export { LoweringDialog } from "./LoweringDialog.tsx";
export { designOf, loweringTarget } from "./lowering-model.ts";
