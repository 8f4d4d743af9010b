import { setDesignName } from "@hauberk/core/edit";
import { lazy, Suspense, useEffect, useState } from "react";
import {
  type Action,
  allDesigns,
  downloadBundle,
  explainDesign,
  newProfile,
  openFiles,
  openFolder,
  openHelp,
  openPalette,
  openSaved,
  pasteProfile,
  redo,
  saveAndShare,
  showKeys,
  shownKeys,
  startFromExample,
  startTour,
  toggleTheme,
  undo,
} from "../actions/index.ts";
import { useVerdicts } from "../features/verdict/index.ts";
import { useDark } from "../panel/use-dark.ts";
import { useOtherTabs, useSavedKey } from "../persistence/index.ts";
import { configPath, designStore, useApply, useDesign } from "../store/index.ts";
import {
  Button,
  classNames,
  Icon,
  IconButton,
  type IconName,
  Menu,
  type MenuItem,
  TextField,
  Tooltip,
} from "../ui/index.ts";
import { HistoryMenu } from "./HistoryMenu.tsx";
import styles from "./TopBar.module.css";

/** Only who saved a design has a use for it. */
const SavedState = lazy(async () => ({ default: (await import("../features/save/index.ts")).SavedState }));

/** The design's name, undo and redo by name, what comes in and goes out, colours, and whether the service answers. */
export function TopBar() {
  const dark = useDark();
  return (
    <header className={styles.bar}>
      <Tooltip text="Designs in this browser" keys={shownKeys(allDesigns)}>
        <button type="button" className={styles.brand} aria-label="Hauberk: all designs" onClick={allDesigns.perform}>
          <Mark />
          <span className={styles.word}>Hauberk</span>
        </button>
      </Tooltip>
      <span className={styles.slash} aria-hidden="true">
        /
      </span>
      <DesignName />
      <SaveWord />
      <OtherTabs />
      <ActionButton action={undo} icon="undo" />
      <ActionButton action={redo} icon="redo" />
      <HistoryMenu />
      <span className={styles.spring} />
      <PaletteButton />
      <span className={styles.spring} />
      <ServiceWord />
      <HelpMenu />
      <IconButton
        icon={dark ? "sun" : "moon"}
        label={toggleTheme.title(designStore.getState())}
        onClick={toggleTheme.perform}
      />
      <span className={styles.gap} />
      <Menu
        align="end"
        trigger={
          <Button icon="upload" variant="quiet">
            Import
          </Button>
        }
        items={[newProfile, startFromExample, pasteProfile, openFiles, openFolder, openSaved].map(menuItem)}
      />
      <Saved />
      <Button icon="download" variant="primary" onClick={downloadBundle.perform} title={shownKeys(downloadBundle)}>
        Download
      </Button>
    </header>
  );
}

/** The bar before a design is open: whose page this is, whether the service answers, colours. */
export function StartBar() {
  const dark = useDark();
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <Mark />
        Hauberk
      </span>
      <span className={styles.spring} />
      <ServiceWord />
      <HelpMenu />
      <IconButton
        icon={dark ? "sun" : "moon"}
        label={toggleTheme.title(designStore.getState())}
        onClick={toggleTheme.perform}
      />
    </header>
  );
}

/** Help, the tour and the keys. */
function HelpMenu() {
  const explainable = useDesign((state) => explainDesign.enabled(state));
  return (
    <Menu
      align="end"
      trigger={
        <Button icon="help" variant="quiet">
          Help
        </Button>
      }
      items={(explainable ? [explainDesign, startTour, openHelp, showKeys] : [startTour, openHelp, showKeys]).map(
        menuItem,
      )}
    />
  );
}

function menuItem(action: Action): MenuItem {
  const keys = shownKeys(action);
  return {
    label: action.title(designStore.getState()),
    onSelect: action.perform,
    ...(keys === undefined ? {} : { keys }),
  };
}

/** The way to everything, with the key that spares it. */
function PaletteButton() {
  return (
    <button
      type="button"
      className={styles.palette}
      aria-label={`Find a command or a place ${shownKeys(openPalette)}`}
      aria-keyshortcuts="Control+K"
      onClick={openPalette.perform}
    >
      <Icon name="search" size={14} />
      <span className={styles.paletteWord}>Find a command or a place</span>{" "}
      <kbd className={styles.paletteKeys}>{shownKeys(openPalette)}</kbd>
    </button>
  );
}

function ActionButton({ action, icon }: { readonly action: Action; readonly icon: IconName }) {
  const title = useDesign((state) => action.title(state));
  const enabled = useDesign((state) => action.enabled(state));
  return (
    <IconButton
      icon={icon}
      label={title}
      keys={shownKeys(action)}
      disabled={!enabled}
      onClick={() => action.perform()}
    />
  );
}

function DesignName() {
  const name = useDesign((state) => state.name);
  const apply = useApply();
  return (
    <div className={styles.name}>
      <TextField
        label="Design name"
        hideLabel
        bare
        value={name}
        onCommit={(value) => {
          const text = designStore.getState().texts.get(configPath);
          if (text !== undefined) apply(setDesignName({ path: configPath, text }, value));
        }}
      />
    </div>
  );
}

function SaveWord() {
  const save = useDesign((state) => state.save);
  const slow = useSlow(save.kind === "saving");
  if (save.kind === "failed") {
    return (
      <span className={classNames(styles.save, styles.failed)} role="alert" title={save.why}>
        Not saved: {save.why}
      </span>
    );
  }
  return (
    <span className={styles.save} title="Kept in this browser" aria-busy={save.kind === "saving"}>
      {slow ? "Saving…" : "Saved"}
    </span>
  );
}

/** The way to the service; once the design is saved there, where it stands. */
function Saved() {
  const key = useSavedKey(useDesign((state) => state.id));
  if (key !== null) {
    return (
      <Suspense fallback={null}>
        <SavedState />
      </Suspense>
    );
  }
  return (
    <Button
      icon="link"
      variant="quiet"
      aria-label="Save and share"
      title={shownKeys(saveAndShare)}
      onClick={saveAndShare.perform}
    >
      <span className={styles.hideNarrow}>Save and share</span>
    </Button>
  );
}

/** That the design is open in other tabs too, where it is. */
function OtherTabs() {
  const others = useOtherTabs();
  if (others === 0) return null;
  return (
    <span
      className={styles.others}
      role="status"
      title="What is done in one tab shows in the others at once. Where two change the same line at the same time, the later one goes on as a design of its own."
    >
      Open in {others + 1} tabs
    </span>
  );
}

/** True once something has been so for long enough to speak of it: a write takes a moment at each key. */
function useSlow(is: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!is) return undefined;
    const timer = setTimeout(() => setSlow(true), 700);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [is]);
  return slow;
}

const serviceWords = {
  asking: { word: "Connecting", title: "Asking Hauberk’s service which targets it has" },
  answers: { word: "Service ready", title: "Hauberk’s service answers: verdicts come by themselves" },
  away: {
    word: "Service away",
    title: "Hauberk’s service does not answer. Everything but verdicts works, and your work is saved in this browser.",
  },
} as const;

function ServiceWord() {
  const service = useVerdicts((all) => all.service);
  const { word, title } = serviceWords[service];
  const shape = service === "answers" ? styles.answers : service === "away" ? styles.away : "";
  return (
    <span className={styles.service} role="status" title={title}>
      <span className={classNames(styles.dot, shape)} aria-hidden="true" />
      <span className={service === "away" ? undefined : styles.hideNarrow}>{word}</span>
    </span>
  );
}

/** Three rings of mail. */
function Mark() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.6"
      aria-hidden="true"
    >
      <circle cx="11" cy="11" r="6.2" />
      <circle cx="21" cy="11" r="6.2" />
      <circle cx="16" cy="20.5" r="6.2" />
    </svg>
  );
}
