export { DesignsDialog } from "./DesignsDialog.tsx";
export { NewProfileDialog } from "./NewProfileDialog.tsx";
export { StartPage } from "./StartPage.tsx";
