export { FileList } from "./FileList.tsx";
export { FileNameDialog } from "./FileNameDialog.tsx";
export { FileTabs } from "./FileTabs.tsx";
