export { DiffDialog } from "./DiffDialog.tsx";
