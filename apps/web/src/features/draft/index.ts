export { DraftDialog } from "./DraftDialog.tsx";
export { OriginsDialog } from "./OriginsDialog.tsx";
