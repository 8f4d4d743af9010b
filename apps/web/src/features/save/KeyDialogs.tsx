import { useState } from "react";
import { deleteDesign, replaceKey, failureWords } from "../../api-client/saved/index.ts";
import { savedKeys, useSavedKey } from "../../persistence/index.ts";
import { designStore, useDesign, useWorkbench } from "../../store/index.ts";
import { Banner, Button, Dialog, TextField } from "../../ui/index.ts";
import { OwnerKey } from "./OwnerKey.tsx";
import { accessOf } from "./save-design.ts";

/** Makes a new owner's key; the old one opens nothing from then on. */
export function ReplaceKeyDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const id = useDesign((state) => state.id);
  const name = useDesign((state) => state.name);
  const key = useSavedKey(id);
  const [made, setMade] = useState<{ readonly token: string; readonly kept: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  if (id === null || key === null) return null;
  const replace = async () => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const token = await replaceKey(accessOf(key));
      setMade({ token, kept: wasKept(() => savedKeys.keep(id, { ...key, token })) });
    } catch (error) {
      setFailure(failureWords(error));
    }
    setBusy(false);
  };
  if (made !== null) {
    return (
      <Dialog open onClose={close} title="The key is replaced" footer={<Button onClick={close}>Done</Button>}>
        <p role="status">The old key opens nothing any more. Links are as they were.</p>
        <OwnerKey name={name} design={key.design} {...made} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={close}
      title="Replace the owner’s key"
      onSubmit={() => void replace()}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="danger" disabled={busy}>
            Replace the key
          </Button>
        </>
      }
    >
      <p>
        You get a new key, and the one of now is dead at once: in other browsers, in files where it was kept, for
        whoever has seen it. Links that you shared go on.
      </p>
      {failure !== null && (
        <Banner tone="bad" live>
          {failure}
        </Banner>
      )}
    </Dialog>
  );
}

/** Deletes the design on the service; the one in this browser stays. */
export function DeleteSavedDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const id = useDesign((state) => state.id);
  const name = useDesign((state) => state.name);
  const key = useSavedKey(id);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  if (id === null || key === null) return null;
  const wanted = name.trim() === "" ? "design" : name.trim();
  const remove = async () => {
    if (busy || typed.trim() !== wanted) return;
    setBusy(true);
    setFailure(null);
    try {
      await deleteDesign(accessOf(key));
      savedKeys.forget(id);
      close();
      designStore.getState().notify("good", `Deleted on ${location.host}. The design is in this browser alone again.`);
    } catch (error) {
      setFailure(failureWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Delete on the service"
      onSubmit={() => void remove()}
      footer={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button type="submit" variant="danger" disabled={busy || typed.trim() !== wanted}>
            Delete for good
          </Button>
        </>
      }
    >
      <p>
        Every revision, comment, approval and link of it is deleted on {location.host}, for everybody. What is in this
        browser stays.
      </p>
      <TextField label={`Type “${wanted}” to confirm`} value={typed} autoFocus onChange={setTyped} />
      {failure !== null && (
        <Banner tone="bad" live>
          {failure}
        </Banner>
      )}
    </Dialog>
  );
}

function wasKept(keep: () => void): boolean {
  try {
    keep();
    return true;
  } catch {
    return false;
  }
}
