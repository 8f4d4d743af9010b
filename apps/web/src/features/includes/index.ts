export { IncludesPanel } from "./IncludesPanel.tsx";
export { PolicyFileDialog } from "./PolicyFileDialog.tsx";
