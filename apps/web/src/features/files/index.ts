export { FileList } from "./FileList.tsx";
export { FileNameDialog } from "./FileNameDialog.tsx";
