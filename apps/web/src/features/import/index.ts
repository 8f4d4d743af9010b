export { FileImport } from "./FileImport.tsx";
export { PasteDialog } from "./PasteDialog.tsx";
