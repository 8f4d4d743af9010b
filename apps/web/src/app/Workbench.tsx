import { lazy, type RefObject, Suspense, useEffect, useRef } from "react";
import { FileImport } from "../features/import/index.ts";
import { FileList } from "../features/files/index.ts";
import { Outline } from "../features/outline/index.ts";
import { ProblemList } from "../features/problems/index.ts";
import { StartPage } from "../features/start/StartPage.tsx";
import { Tour } from "../features/tour/index.ts";
import { useVerdicts, VerdictStrip, VerdictWatch } from "../features/verdict/index.ts";
import { useDesign, useExplanationStep } from "../store/index.ts";
import { afterFirstScreen, firstScreenStandsSoon, useFirstScreen } from "../timing/first-screen.ts";
import { CommitWatch } from "./CommitWatch.tsx";
import { EditorPane } from "./EditorPane.tsx";
import { fetchDialogs, OpenDialogs } from "./OpenDialogs.tsx";
import { PaneSplitters } from "./PaneSplitters.tsx";
import { fetchPanels } from "./PanelBody.ts";
import { PanelTabs } from "./PanelTabs.tsx";
import { StandingWatch } from "./StandingWatch.tsx";
import { StartBar, TopBar } from "./TopBar.tsx";
import { TargetPolicyWatch } from "./TargetPolicyWatch.tsx";
import styles from "./Workbench.module.css";

/** The examples bring ten profiles along: they come after the page. */
const StartCards = lazy(async () => ({ default: (await import("../features/gallery/StartCards.tsx")).StartCards }));
const Explanation = lazy(async () => ({ default: (await import("../features/gallery/Explanation.tsx")).Explanation }));

/** The designer: files at the left, panels in the middle, the text at the right, problems and verdicts below. */
export function Workbench() {
  const id = useDesign((state) => state.id);
  const middle = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLElement>(null);
  useFocusOnOpen(id, middle);
  useEffect(fetchTheRest, []);
  useEffect(() => {
    // The page to begin at has no editor to wait for.
    if (id === null) firstScreenStandsSoon();
  }, [id]);
  return (
    <>
      {id === null ? (
        <div className={styles.start}>
          <StartBar />
          <StartPage
            examples={
              <Suspense fallback={null}>
                <StartCards />
              </Suspense>
            }
          />
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
          <div className={styles.middle} ref={middle}>
            <main className={styles.panes} aria-label="Profile panels" data-region>
              <DesignHeading />
              <PanelTabs />
            </main>
            <ExplanationBelow />
          </div>
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
      <TourBeside />
      <FileImport />
      <OpenDialogs />
      <VerdictWatch />
      <LaterWatches />
      <CommitWatch />
    </>
  );
}

/** The way through a design that began as an example, below the panels. */
function ExplanationBelow() {
  if (useExplanationStep() === null) return null;
  return (
    <Suspense fallback={null}>
      <Explanation />
    </Suspense>
  );
}

/** What is asked of the service beyond verdicts: nobody waits for it, so it begins when the first screen stands. */
function LaterWatches() {
  if (!useFirstScreen()) return null;
  return (
    <>
      <StandingWatch />
      <TargetPolicyWatch />
    </>
  );
}

/** The tour, told whether a parser accepted the text as it stands. */
function TourBeside() {
  const accepted = useVerdicts((all) =>
    all.targets.some(({ state }) => state.kind === "known" && state.verdict.verdict === "accepted"),
  );
  return <Tour accepted={accepted} />;
}

/** What comes on demand is fetched once the page has settled. */
function fetchTheRest(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const callOff = afterFirstScreen(() => {
    timer = setTimeout(
      () =>
        requestIdleCallback(
          () => {
            fetchPanels();
            fetchDialogs();
          },
          { timeout: 5000 },
        ),
      1000,
    );
  });
  return () => {
    callOff();
    clearTimeout(timer);
  };
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
