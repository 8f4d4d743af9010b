import { type RefObject, useEffect, useMemo, useRef } from "react";
import { DownloadDialog, type DownloadTarget } from "../features/download/index.ts";
import { FileList, FileNameDialog } from "../features/files/index.ts";
import { PasteDialog } from "../features/import/index.ts";
import { Outline } from "../features/outline/index.ts";
import { ProblemList } from "../features/problems/index.ts";
import { DesignsDialog, NewProfileDialog, StartPage } from "../features/start/index.ts";
import { useVerdicts, type Verdicts, VerdictStrip, VerdictWatch, verdictWords } from "../features/verdict/index.ts";
import { useDesign, useWorkbench } from "../store/index.ts";
import { CommitWatch } from "./CommitWatch.tsx";
import { EditorPane } from "./EditorPane.tsx";
import { PaneSplitters } from "./PaneSplitters.tsx";
import { PanelTabs } from "./PanelTabs.tsx";
import { StartBar, TopBar } from "./TopBar.tsx";
import { TargetPolicyWatch } from "./TargetPolicyWatch.tsx";
import styles from "./Workbench.module.css";

/** The designer: files at the left, panels in the middle, the text at the right, problems and verdicts below. */
export function Workbench() {
  const id = useDesign((state) => state.id);
  const middle = useRef<HTMLElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLElement>(null);
  useFocusOnOpen(id, middle);
  return (
    <>
      {id === null ? (
        <div className={styles.start}>
          <StartBar />
          <StartPage />
        </div>
      ) : (
        <div className={styles.workbench}>
          <div className={styles.top}>
            <TopBar />
          </div>
          <nav className={styles.side} aria-label="Design" data-region>
            <FileList />
            <Outline />
          </nav>
          <main className={styles.middle} aria-label="Profile panels" data-region ref={middle}>
            <DesignHeading />
            <PanelTabs />
          </main>
          <div className={styles.text} data-region ref={text}>
            <EditorPane />
          </div>
          <PaneSplitters middle={middle} text={text} bottom={bottom} />
          <footer className={styles.bottom} data-region ref={bottom}>
            <VerdictStrip />
            <ProblemList />
          </footer>
        </div>
      )}
      <OpenDialogs />
      <VerdictWatch />
      <TargetPolicyWatch />
      <CommitWatch />
    </>
  );
}

/** A design that a person just made or opened takes the keys to its panels: what had them before is gone. */
function useFocusOnOpen(id: string | null, middle: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (id === null || !navigator.userActivation.hasBeenActive) return undefined;
    const timer = setTimeout(() => {
      if (document.activeElement !== document.body) return;
      middle.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    }, 50);
    return () => clearTimeout(timer);
  }, [id, middle]);
}

/** The page's heading for those who walk by headings; the top bar shows the same name as a field. */
function DesignHeading() {
  const name = useDesign((state) => state.name);
  useEffect(() => {
    document.title = name === "" ? "Hauberk" : `${name} – Hauberk`;
    return () => {
      document.title = "Hauberk";
    };
  }, [name]);
  return <h1 className="visually-hidden">Design {name}</h1>;
}

/** The dialog that is open, if any. */
function OpenDialogs() {
  const dialog = useWorkbench((state) => state.dialog);
  switch (dialog?.kind) {
    case "new-profile":
      return <NewProfileDialog />;
    case "new-file":
      return <FileNameDialog path={null} />;
    case "rename-file":
      return <FileNameDialog path={dialog.path} />;
    case "paste":
      return <PasteDialog />;
    case "designs":
      return <DesignsDialog />;
    case "download":
      return <Download />;
    case undefined:
      return null;
  }
}

function Download() {
  const known = useVerdicts((all) => all.targets);
  const targets = useMemo(() => known.map(downloadTarget), [known]);
  return <DownloadDialog targets={targets} />;
}

function downloadTarget({ id, label, state }: Verdicts["targets"][number]): DownloadTarget {
  return { id, label, ...verdictWords(state), verdict: state.kind === "known" ? state.verdict : null };
}
