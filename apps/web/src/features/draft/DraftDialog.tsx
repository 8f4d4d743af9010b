import { namedProgram } from "@hauberk/core/draft";
import { useCallback, useEffect, useRef, useState } from "react";
import { library } from "../../persistence/index.ts";
import { designStore, useDesign, useWorkbench } from "../../store/index.ts";
import { Button, Checkbox, Dialog } from "../../ui/index.ts";
import { ChooseStep } from "./ChooseStep.tsx";
import styles from "./DraftDialog.module.css";
import { FoundStep } from "./FoundStep.tsx";
import { NameStep } from "./NameStep.tsx";
import { ReadingStep } from "./ReadingStep.tsx";
import { useDrafting } from "./use-drafting.ts";

/** Makes a first draft of a profile from a package, a unit, a program or a list of installed files. */
export function DraftDialog({ files }: { readonly files: readonly File[] }) {
  const close = useWorkbench((state) => state.closeDialog);
  const isOpen = useDesign((state) => state.id !== null);
  const drafting = useDrafting();
  const { state, read } = drafting;
  const handled = useRef<readonly File[] | null>(null);
  const [listing, setListing] = useState("");
  const [named, setNamed] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (files.length === 0 || handled.current === files) return;
    handled.current = files;
    void read(files);
  }, [files, read]);

  const { draft } = state;
  const create = useCallback(() => {
    if (draft === null) return;
    close();
    void library.create(
      draft.name,
      draft.files.map(({ path, text }) => [path, text] as const),
    );
  }, [draft, close]);
  const add = useCallback(() => {
    if (draft === null) return;
    const { texts, changeFiles, notify } = designStore.getState();
    const policies = draft.files.filter(({ path }) => path.startsWith("apparmor.d/"));
    const taken = policies.find(({ path }) => texts.has(path));
    if (taken !== undefined) {
      notify("warn", `\`${taken.path}\` is in this design already; rename it first, or make a design of the draft.`);
      return;
    }
    close();
    changeFiles(
      `add a draft for ${draft.name}`,
      policies.map(({ path, text }) => [path, text] as const),
    );
  }, [draft, close]);

  const changeName = (path: string) => {
    setNamed(path);
    setProblem(null);
  };
  const nameProgram = () => {
    const reading = namedProgram(named.trim());
    setProblem(reading.ok ? null : `This can't be used: ${reading.why}.`);
    if (reading.ok) drafting.nameProgram(reading.path);
  };

  const found = state.step === "found";
  const footer = (
    <>
      {found && (
        <div className={styles.mode}>
          <Checkbox
            label="Begin in complain mode"
            hint="Nothing is refused yet: what the draft lacks is logged."
            checked={state.complain}
            onChange={drafting.setComplain}
          />
        </div>
      )}
      {state.step === "reading" ? (
        <Button onClick={drafting.cancel}>Cancel reading</Button>
      ) : (
        <Button onClick={close}>Cancel</Button>
      )}
      {found && isOpen && (
        <Button onClick={add} disabled={draft === null}>
          Add to this design
        </Button>
      )}
      {found && (
        <Button type="submit" variant="primary" disabled={draft === null}>
          Create design
        </Button>
      )}
      {state.step === "name" && <Button onClick={drafting.cancel}>Choose other files</Button>}
      {state.step === "name" && (
        <Button type="submit" variant="primary" disabled={named.trim() === ""}>
          Draft for this program
        </Button>
      )}
      {state.step === "choose" && listing.trim() !== "" && (
        <Button type="submit" variant="primary">
          Read the list
        </Button>
      )}
    </>
  );
  return (
    <Dialog
      open
      onClose={close}
      width={found ? 1000 : 620}
      title="Start from a program"
      description="Read here in your browser: nothing is uploaded, and nothing of it is run."
      onSubmit={() => {
        if (found) create();
        else if (state.step === "name") nameProgram();
        else if (listing.trim() !== "") drafting.readList(listing);
      }}
      footer={footer}
    >
      {state.step === "choose" && (
        <ChooseStep
          problem={state.problem}
          listing={listing}
          onListing={setListing}
          onFiles={(chosen) => void read(chosen)}
        />
      )}
      {state.step === "reading" && <ReadingStep name={state.name} part={state.part} />}
      {state.step === "name" && <NameStep unnamed={state} path={named} problem={problem} onPath={changeName} />}
      {state.step === "found" && <FoundStep found={state} drafting={drafting} />}
    </Dialog>
  );
}
