export { DownloadDialog, type DownloadGate, type DownloadTarget } from "./DownloadDialog.tsx";
