import { type ReactNode, useState } from "react";
import {
  type Action,
  actions,
  newProfile,
  openFiles,
  openSaved,
  pasteProfile,
  startTour,
} from "../../actions/index.ts";
import { library } from "../../persistence/index.ts";
import { Button, type IconName } from "../../ui/index.ts";
import { DesignList } from "./DesignList.tsx";
import styles from "./StartPage.module.css";

/** The way that begins with a program, where the designer has it. */
const draft = actions.find(({ id }) => id === "draft");

/** What is seen before a design is open: the ways to begin, what was begun before, and examples. */
export function StartPage({ examples }: { readonly examples: ReactNode }) {
  const [kept, setKept] = useState(0);
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>Design an AppArmor profile</h1>
        <p className={styles.lead}>
          Tick what a program may do and watch the profile’s text change beside it. The real parser of each release says
          whether it accepts it; a bundle installs it. Everything stays in this browser until you save and share it.
        </p>
        <div className={styles.ways}>
          <Way action={newProfile} icon="add" label="New profile" main>
            For a program, from nothing.
          </Way>
          {draft !== undefined && (
            <Way action={draft} icon="program" label="Start from a program">
              From a package, a systemd unit or a list of files: a first draft, with the reason for each line.
            </Way>
          )}
          <Way action={pasteProfile} icon="copy" label="Paste a profile">
            Text from anywhere. Every byte stays as it is.
          </Way>
          <Way action={openFiles} icon="upload" label="Open files">
            Profiles, or a design as .zip or .tar.gz. Dropping them on this window does the same.
          </Way>
          <Way action={openSaved} icon="link" label="Open a saved design">
            By its owner’s key, or by a link that somebody shared with you.
          </Way>
          <Way action={startTour} icon="help" label="Take the tour">
            Five minutes, from nothing to a bundle that installs.
          </Way>
        </div>
        <section className={styles.part} hidden={kept === 0} aria-label="Kept designs">
          <h2 className={styles.head}>In this browser</h2>
          <DesignList onOpen={(id) => void library.open(id)} onCount={setKept} />
        </section>
        <section className={styles.part} aria-labelledby="start-examples">
          <h2 className={styles.head} id="start-examples">
            Start from an example
          </h2>
          <p className={styles.about}>
            Whole designs for usual services, with as few rights as would truly work. A form asks for your folders and
            ports; the design is then explained line by line.
          </p>
          <div className={styles.examples}>{examples}</div>
        </section>
      </div>
    </main>
  );
}

interface WayProps {
  readonly action: Action;
  readonly icon: IconName;
  readonly label: string;
  readonly main?: boolean;
  readonly children: string;
}

function Way({ action, icon, label, main = false, children }: WayProps) {
  return (
    <div className={styles.way}>
      <Button icon={icon} variant={main ? "primary" : "plain"} onClick={action.perform}>
        {label}
      </Button>
      <p>{children}</p>
    </div>
  );
}
