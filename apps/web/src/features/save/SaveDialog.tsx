import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { failedBy } from "../../api-client/index.ts";
import { accountQuery } from "../../api-client/accounts/index.ts";
import { designKey, failureWords } from "../../api-client/saved/index.ts";
import { personName, useSavedKey } from "../../persistence/index.ts";
import { designStore, useDesign, useWorkbench, workbenchStore } from "../../store/index.ts";
import { Banner, Button, Dialog, TextField } from "../../ui/index.ts";
import { AccountLine } from "./AccountLine.tsx";
import { OwnerKey } from "./OwnerKey.tsx";
import { accessOf, saveFirst, saveNext } from "./save-design.ts";
import { WorkspaceField } from "./WorkspaceField.tsx";
import styles from "./Save.module.css";

interface Made {
  readonly design: string;
  readonly token: string;
  readonly kept: boolean;
}

/** Saves the open design on the service: for the first time with its owner's key, later as a further revision. */
export function SaveDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const id = useDesign((state) => state.id);
  const name = useDesign((state) => state.name);
  const key = useSavedKey(id);
  const queries = useQueryClient();
  const [by, setBy] = useState(personName);
  const [message, setMessage] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [workspace, setWorkspace] = useState<string | null>(null);
  const account = useQuery(accountQuery).data?.account ?? null;
  const [made, setMade] = useState<Made | null>(null);
  if (made !== null) return <FirstSaved name={name} made={made} />;

  const save = async () => {
    if (busy || id === null) return;
    setBusy(true);
    setFailure(null);
    try {
      if (key === null) {
        const { design, key: token, kept } = await saveFirst({ by, message }, workspace);
        setMade({ design: design.id, token, kept });
        return;
      }
      const revision = await saveNext(id, key, designStore.getState().texts, { by, message });
      await queries.invalidateQueries({ queryKey: designKey(accessOf(key)) });
      close();
      designStore.getState().notify("good", `Revision ${revision.number} is saved on ${location.host}.`);
    } catch (error) {
      if (failedBy(error, "newer-revision")) {
        workbenchStore.getState().openDialog({ kind: "merge", message });
        return;
      }
      setFailure(failureWords(error));
    }
    setBusy(false);
  };

  return (
    <Dialog
      open
      onClose={close}
      title={key === null ? "Save and share" : `Save as revision ${key.parent + 1}`}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={busy}>
            {key === null ? "Save on the service" : "Save revision"}
          </Button>
        </>
      }
    >
      {key === null && <WhereItLies />}
      <AccountLine />
      {account === null ? (
        <TextField
          label="Your name"
          value={by}
          autoFocus={by === ""}
          onChange={setBy}
          hint="Others see it beside what you save and say. Remembered in this browser."
        />
      ) : (
        key === null && <WorkspaceField value={workspace} onChange={setWorkspace} />
      )}
      <TextField
        label="Message"
        value={message}
        autoFocus={by !== ""}
        onChange={setMessage}
        placeholder={key === null ? "First draft" : "What is different now, in a line"}
      />
      {failure !== null && (
        <Banner tone="bad" title="Not saved" live>
          {failure}
        </Banner>
      )}
    </Dialog>
  );
}

function isThisMachine(): boolean {
  return /^(?:localhost|127\.|\[::1\])/.test(location.hostname);
}

/** Nothing is on a server until now: so it is said where it will be, and with whom. */
function WhereItLies() {
  return (
    <div className={styles.place}>
      <p>
        The design is only in this browser now. Saved, it also lies on the service at <strong>{location.host}</strong>
        {isThisMachine()
          ? ", a program that runs on this very machine."
          : ". Whoever runs that address has it, and can read it."}
      </p>
      <p className={styles.soft}>
        You get the owner’s key, can share links to review it, and can delete it there at any time. No account is
        needed. Later changes are kept there too, as a draft for your other browsers that nobody else is shown, until
        you save them as a revision.
      </p>
    </div>
  );
}

function FirstSaved({ name, made }: { readonly name: string; readonly made: Made }): ReactNode {
  const close = useWorkbench((state) => state.closeDialog);
  return (
    <Dialog
      open
      onClose={close}
      title="Saved as revision 1"
      footer={
        <>
          <Button onClick={close}>Done</Button>
          <Button variant="primary" onClick={() => workbenchStore.getState().openDialog({ kind: "share" })}>
            Share a link…
          </Button>
        </>
      }
    >
      <p role="status">
        “{name}” lies on {location.host} now.
      </p>
      <OwnerKey name={name} {...made} />
    </Dialog>
  );
}
