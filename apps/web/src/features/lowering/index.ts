export { LoweringDialog } from "./LoweringDialog.tsx";
