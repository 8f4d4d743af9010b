import { roleMay } from "@hauberk/contract";
import { useState } from "react";
import { failedBy } from "../../api-client/index.ts";
import { keepReviewToken, openSavedDesign, readReviewAddress } from "../../persistence/saved/index.ts";
import { useWorkbench } from "../../store/index.ts";
import { Banner, Button, Dialog, TextArea } from "../../ui/index.ts";
import { AccountLine } from "./AccountLine.tsx";
import { failureWords, requestDesign, requestRevision } from "../../api-client/saved/index.ts";

/** Opens a design of the service by its owner's key or a link. */
export function OpenSavedDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const access = readReviewAddress(text);
  const open = async () => {
    if (access === null || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const design = await requestDesign(access);
      if (roleMay(design.role, "save")) {
        const opened = { ...access, role: design.role, name: design.name };
        await openSavedDesign(opened, () => requestRevision(access, design.newest.number));
        close();
        return;
      }
      keepReviewToken(access.design, access.token);
      location.assign(`/review/${access.design}`);
    } catch (error) {
      if (failedBy(error, "passphrase-needed")) {
        // Its page asks for it.
        keepReviewToken(access.design, access.token);
        location.assign(`/review/${access.design}`);
        return;
      }
      setFailure(failureWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Open a saved design"
      description="By the owner’s key, or by a link that somebody gave you."
      onSubmit={() => void open()}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={access === null || busy}>
            Open
          </Button>
        </>
      }
    >
      <AccountLine />
      <TextArea
        label="Key or link"
        value={text}
        onChange={setText}
        rows={4}
        mono
        autoFocus
        placeholder={`${location.origin}/review/…#hbk_…`}
        hint="The text of a key file may be pasted whole."
        error={
          text.trim() !== "" && access === null ? "No address of a saved design is in it: it ends in #hbk_…" : null
        }
      />
      {failure !== null && (
        <Banner tone="bad" title="Not opened" live>
          {failure}
        </Banner>
      )}
    </Dialog>
  );
}
