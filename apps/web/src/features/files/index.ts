export { FileList } from "./FileList.tsx";
export { FileTabs } from "./FileTabs.tsx";
