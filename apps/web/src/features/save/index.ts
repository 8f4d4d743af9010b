export { DeleteSavedDialog, ReplaceKeyDialog } from "./KeyDialogs.tsx";
export { KeptDraftDialog } from "./KeptDraftDialog.tsx";
export { MergeDialog } from "./MergeDialog.tsx";
export { OpenSavedDialog } from "./OpenSavedDialog.tsx";
export { SaveDialog } from "./SaveDialog.tsx";
export { hashOf } from "./revision-files.ts";
export { SavedState } from "./SavedState.tsx";
export { ShareDialog } from "./ShareDialog.tsx";
