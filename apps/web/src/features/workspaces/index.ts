export { WorkspacesDialog } from "./WorkspacesDialog.tsx";
