import type { KeptDraft } from "@hauberk/contract";
import { reviewChanges } from "@hauberk/core/review";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { draftQuery, failureWords, requestRevision } from "../../api-client/saved/index.ts";
import { type SavedKey, savedKeys, useSavedKey } from "../../persistence/index.ts";
import { designStore, useDesign, useWorkbench } from "../../store/index.ts";
import { Banner, Button, Dialog } from "../../ui/index.ts";
import { ChangesSide } from "./ChangesSide.tsx";
import { hashOf, revisionFiles } from "./revision-files.ts";
import { accessOf } from "./save-design.ts";
import { baseOf, putTexts } from "./take-newest.ts";
import { timeWords } from "./time-words.ts";
import { forget } from "./use-kept-draft.ts";

/** A draft that the person made in another browser: to continue from, to forget, or to leave for later. */
export function KeptDraftDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const id = useDesign((state) => state.id);
  const key = useSavedKey(id);
  const isSaved = id !== null && key !== null;
  useEffect(() => {
    // A dialog that shows nothing would hold the keyboard.
    if (!isSaved) close();
  }, [isSaved, close]);
  if (!isSaved) return null;
  return <AboutDraft id={id} savedKey={key} onClose={close} />;
}

interface AboutDraftProps {
  readonly id: string;
  readonly savedKey: SavedKey;
  readonly onClose: () => void;
}

function AboutDraft({ id, savedKey: key, onClose }: AboutDraftProps) {
  const queries = useQueryClient();
  const { queryKey } = draftQuery(accessOf(key));
  // Fetched before this was offered, and not asked for anew while somebody reads it.
  const { data: there } = useQuery({ ...draftQuery(accessOf(key)), staleTime: Number.POSITIVE_INFINITY });
  // As it was when this opened: nobody decides about another one than they read.
  const [draft] = useState(there);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const texts = useDesign((state) => state.texts);
  const isChanged = useMemo(() => hashOf(texts) !== key.hash, [texts, key.hash]);
  const isThere = draft != null && there?.at === draft.at;
  useEffect(() => {
    if (isThere || busy) return;
    onClose();
    designStore
      .getState()
      .notify(
        "info",
        "The draft is not there any more as you saw it: it was saved, forgotten or changed in another browser.",
      );
  }, [isThere, busy, onClose]);
  if (!draft) return null;

  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
      onClose();
    } catch (error) {
      setFailure(failureWords(error));
      setBusy(false);
    }
  };
  const go = () => run(() => goOnFrom(draft, id, key));
  const drop = () =>
    run(async () => {
      await forget(id, key, draft.at);
      queries.setQueryData(queryKey, null);
    });

  return (
    <Dialog
      open
      onClose={onClose}
      title={`You have a draft of ${timeWords(draft.at)}`}
      description={`It was made in another browser from revision ${draft.parent} and is no revision yet. Until you choose, it stays on ${location.host}, and what is here stays as it is.`}
      footer={
        <>
          <Button onClick={onClose}>Later</Button>
          <Button variant="danger" disabled={busy} onClick={() => void drop()}>
            Discard the draft
          </Button>
          <Button variant="primary" disabled={busy} onClick={() => void go()}>
            Continue from the draft
          </Button>
        </>
      }
    >
      <Differences draft={draft} />
      {isChanged && (
        <p>
          What is here has changes of its own, which are not in the draft. If you continue from the draft, Undo brings
          them back.
        </p>
      )}
      {failure !== null && (
        <Banner tone="bad" live>
          {failure}
        </Banner>
      )}
    </Dialog>
  );
}

/** What would be different here, in words. */
function Differences({ draft }: { readonly draft: KeptDraft }) {
  const name = useDesign((state) => state.name);
  const texts = useDesign((state) => state.texts);
  const changes = useMemo(
    () => reviewChanges({ name, files: revisionFiles(texts) }, { name, files: draft.files }, null),
    [name, texts, draft],
  );
  return <ChangesSide label="What the draft changes" title="The draft" about="beside what is here" changes={changes} />;
}

/** Puts the draft's texts here as one step that can be undone. */
async function goOnFrom(draft: KeptDraft, id: string, key: SavedKey): Promise<void> {
  const before = baseOf(key);
  const { number, hash } = draft.parent === key.parent ? before : await requestRevision(accessOf(key), draft.parent);
  if (designStore.getState().id !== id) return;
  // First the texts: the draft of texts that are a revision's would be forgotten.
  putTexts(`continue from the draft of ${timeWords(draft.at)}`, draft.files, { before, after: { number, hash } });
  savedKeys.keep(id, { ...(savedKeys.of(id) ?? key), parent: number, hash, draft: draft.at, adopted: draft.at });
}
