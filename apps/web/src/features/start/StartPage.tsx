import { useState } from "react";
import { newProfile, openFiles, pasteProfile } from "../../actions/index.ts";
import { library } from "../../persistence/index.ts";
import { Button } from "../../ui/index.ts";
import { DesignList } from "./DesignList.tsx";
import { exampleFiles } from "./example.ts";
import styles from "./StartPage.module.css";

/** What is seen before a design is open: the ways to begin, and what was begun before. */
export function StartPage() {
  const [kept, setKept] = useState(0);
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>Design an AppArmor profile</h1>
        <p className={styles.lead}>
          Tick what a program may do and watch the profile’s text change beside it. The real parser of each release says
          whether it accepts it; a bundle installs it. Everything stays in this browser.
        </p>
        <div className={styles.ways}>
          <div className={styles.way}>
            <Button icon="add" variant="primary" onClick={newProfile.perform}>
              New profile
            </Button>
            <p>For a program, from nothing.</p>
          </div>
          <div className={styles.way}>
            <Button icon="copy" onClick={pasteProfile.perform}>
              Paste a profile
            </Button>
            <p>Text from anywhere. Every byte stays as it is.</p>
          </div>
          <div className={styles.way}>
            <Button icon="upload" onClick={openFiles.perform}>
              Open files
            </Button>
            <p>Profiles, or a design as .zip or .tar.gz. Dropping them on this window does the same.</p>
          </div>
          <div className={styles.way}>
            <Button icon="profile" onClick={() => void library.create("Leaflet", exampleFiles)}>
              Try an example
            </Button>
            <p>A small file server with a log: nothing here is yours, so change anything.</p>
          </div>
        </div>
        <section className={styles.kept} hidden={kept === 0} aria-label="Kept designs">
          <h2 className={styles.head}>In this browser</h2>
          <DesignList onOpen={(id) => void library.open(id)} onCount={setKept} />
        </section>
      </div>
    </main>
  );
}
