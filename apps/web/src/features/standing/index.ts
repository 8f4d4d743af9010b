export { RuleStandingDialog } from "./RuleStandingDialog.tsx";
export { StandingPanel } from "./StandingPanel.tsx";
