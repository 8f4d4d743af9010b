export { DownloadDialog, type DownloadTarget } from "./DownloadDialog.tsx";
