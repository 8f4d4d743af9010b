export { DownloadDialog, type DownloadGate, type DownloadTarget, type RecordOutcome } from "./DownloadDialog.tsx";
