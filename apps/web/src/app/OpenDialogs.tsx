import { type ComponentType, lazy, Suspense, useMemo } from "react";
import { useVerdicts, verdictWords } from "../features/verdict/index.ts";
import { useWorkbench, workbenchStore } from "../store/index.ts";
import { ReturnFocus } from "../ui/index.ts";

/** Each dialog comes when it is first asked for: the page that is loaded first stays small. */
const loaders = {
  DesignsDialog: async () => (await import("../features/start/DesignsDialog.tsx")).DesignsDialog,
  GalleryDialog: async () => (await import("../features/gallery/GalleryDialog.tsx")).GalleryDialog,
  NewProfileDialog: async () => (await import("../features/start/NewProfileDialog.tsx")).NewProfileDialog,
  FileNameDialog: async () => (await import("../features/files/FileNameDialog.tsx")).FileNameDialog,
  PasteDialog: async () => (await import("../features/import/PasteDialog.tsx")).PasteDialog,
  DraftDialog: async () => (await import("../features/draft/index.ts")).DraftDialog,
  OriginsDialog: async () => (await import("../features/draft/index.ts")).OriginsDialog,
  Download: async () => (await import("./Download.tsx")).Download,
  MoveRulesDialog: async () => (await import("../features/outline/MoveRulesDialog.tsx")).MoveRulesDialog,
  ChildDialog: async () => (await import("../features/profile/ChildDialog.tsx")).ChildDialog,
  IntoChildDialog: async () => (await import("../features/profile/IntoChildDialog.tsx")).IntoChildDialog,
  UnderConditionDialog: async () => (await import("../features/profile/UnderConditionDialog.tsx")).UnderConditionDialog,
  PolicyFileDialog: async () => (await import("../features/includes/PolicyFileDialog.tsx")).PolicyFileDialog,
  PrintDialog: async () => (await import("../features/print/index.ts")).PrintDialog,
  RuleStandingDialog: async () => (await import("../features/standing/index.ts")).RuleStandingDialog,
  LoweringDialog: async () => (await import("../features/lowering/index.ts")).LoweringDialog,
  DiffDialog: async () => (await import("../features/diff/index.ts")).DiffDialog,
  SearchDialog: async () => (await import("../features/search/SearchDialog.tsx")).SearchDialog,
  Palette: async () => (await import("../features/palette/index.ts")).Palette,
  HelpDialog: async () => (await import("../features/help/HelpDialog.tsx")).HelpDialog,
  KeysDialog: async () => (await import("../features/keys/index.ts")).KeysDialog,
  SaveDialog: async () => (await import("../features/save/index.ts")).SaveDialog,
  ShareDialog: async () => (await import("../features/save/index.ts")).ShareDialog,
  OpenSavedDialog: async () => (await import("../features/save/index.ts")).OpenSavedDialog,
  ReplaceKeyDialog: async () => (await import("../features/save/index.ts")).ReplaceKeyDialog,
  DeleteSavedDialog: async () => (await import("../features/save/index.ts")).DeleteSavedDialog,
  WorkspacesDialog: async () => (await import("../features/workspaces/index.ts")).WorkspacesDialog,
  KeptDraftDialog: async () => (await import("../features/save/index.ts")).KeptDraftDialog,
  MergeDialog: async () => (await import("../features/save/index.ts")).MergeDialog,
};

function later<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await load() }));
}

const DesignsDialog = later(loaders.DesignsDialog);
const GalleryDialog = later(loaders.GalleryDialog);
const NewProfileDialog = later(loaders.NewProfileDialog);
const FileNameDialog = later(loaders.FileNameDialog);
const PasteDialog = later(loaders.PasteDialog);
const DraftDialog = later(loaders.DraftDialog);
const OriginsDialog = later(loaders.OriginsDialog);
const Download = later(loaders.Download);
const MoveRulesDialog = later(loaders.MoveRulesDialog);
const ChildDialog = later(loaders.ChildDialog);
const IntoChildDialog = later(loaders.IntoChildDialog);
const UnderConditionDialog = later(loaders.UnderConditionDialog);
const PolicyFileDialog = later(loaders.PolicyFileDialog);
const PrintDialog = later(loaders.PrintDialog);
const RuleStandingDialog = later(loaders.RuleStandingDialog);
const LoweringDialog = later(loaders.LoweringDialog);
const DiffDialog = later(loaders.DiffDialog);
const SearchDialog = later(loaders.SearchDialog);
const Palette = later(loaders.Palette);
const HelpDialog = later(loaders.HelpDialog);
const KeysDialog = later(loaders.KeysDialog);
const SaveDialog = later(loaders.SaveDialog);
const ShareDialog = later(loaders.ShareDialog);
const OpenSavedDialog = later(loaders.OpenSavedDialog);
const ReplaceKeyDialog = later(loaders.ReplaceKeyDialog);
const DeleteSavedDialog = later(loaders.DeleteSavedDialog);
const WorkspacesDialog = later(loaders.WorkspacesDialog);
const KeptDraftDialog = later(loaders.KeptDraftDialog);
const MergeDialog = later(loaders.MergeDialog);

/** Fetches the dialogs while the page rests, so that the first use of each does not wait, with the service away too. */
export function fetchDialogs(): void {
  for (const load of Object.values(loaders)) load().catch(() => undefined);
}

/** The dialog that is open, if any. */
export function OpenDialogs() {
  return (
    <Suspense fallback={null}>
      <OpenDialog />
    </Suspense>
  );
}

function OpenDialog() {
  const dialog = useWorkbench((state) => state.dialog);
  switch (dialog?.kind) {
    case "new-profile":
      return <NewProfileDialog />;
    case "gallery":
      return <GalleryDialog key={dialog.point} point={dialog.point} />;
    case "new-file":
      return <FileNameDialog path={null} />;
    case "rename-file":
      return <FileNameDialog path={dialog.path} />;
    case "paste":
      return <PasteDialog />;
    case "designs":
      return <DesignsDialog />;
    case "draft":
      return <DraftDialog files={dialog.files} />;
    case "origins":
      return <OriginsDialog />;
    case "download":
      return <Download />;
    case "help":
      return <HelpDialog topic={dialog.topic} />;
    case "new-child":
      return <ChildDialog form={dialog.form} name={dialog.name} />;
    case "into-child":
      return <IntoChildDialog child={dialog.child} />;
    case "under-condition":
      return <UnderConditionDialog place={dialog.place} />;
    case "policy-file":
      return <PolicyFileDialog key={dialog.path} path={dialog.path} at={dialog.at} />;
    case "search":
      return <SearchDialog text={dialog.text} />;
    case "palette":
      return <PaletteWithEarlyKeys typed={dialog.typed} />;
    case "keys":
      return <KeysDialog />;
    case "move-rules":
      return <MoveRulesDialog verb={dialog.verb} pick={dialog.pick} />;
    case "compare":
      return <DiffDialog path={dialog.path} />;
    case "lowering":
      return <LoweringDialog target={dialog.target} />;
    case "rule-standing":
      return <RuleStandingDialog path={dialog.path} offset={dialog.offset} />;
    case "print":
      return <Print />;
    case "save":
      return <SaveDialog />;
    case "share":
      return <ShareDialog />;
    case "open-saved":
      return <OpenSavedDialog />;
    case "workspaces":
      return <WorkspacesDialog />;
    case "replace-key":
      return <ReplaceKeyDialog />;
    case "delete-saved":
      return <DeleteSavedDialog />;
    case "kept-draft":
      return <KeptDraftDialog />;
    case "merge":
      return <MergeDialog message={dialog.message} />;
    case "history":
    case undefined:
      return null;
  }
}

/** The palette takes the keys at once: what is typed until it is fetched stands in its line then, and nowhere else. */
function PaletteWithEarlyKeys({ typed }: { readonly typed: string }) {
  return (
    <>
      <ReturnFocus />
      <Suspense fallback={<EarlyKeys />}>
        <Palette typed={typed} />
      </Suspense>
    </>
  );
}

function EarlyKeys() {
  const { openDialog, closeDialog } = workbenchStore.getState();
  return (
    <input
      className="visually-hidden"
      aria-label="Commands and places"
      autoFocus
      onChange={(event) => openDialog({ kind: "palette", typed: event.target.value })}
      onKeyDown={({ key }) => {
        if (key === "Escape") closeDialog();
      }}
    />
  );
}

function Print() {
  const known = useVerdicts((all) => all.targets);
  const verdicts = useMemo(() => known.map(({ label, state }) => ({ label, ...verdictWords(state) })), [known]);
  return <PrintDialog verdicts={verdicts} />;
}
