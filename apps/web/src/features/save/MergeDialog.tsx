import type { WholeRevision } from "@hauberk/contract";
import type { DesignFile } from "@hauberk/core/design";
import { type Choice, mergeProblems, mergeRevisions, reviewChanges, settleMerge } from "@hauberk/core/review";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { failedBy } from "../../api-client/index.ts";
import { designKey, failureWords, requestDesign, requestRevision } from "../../api-client/saved/index.ts";
import { personName, type SavedKey, savedKeys, useSavedKey } from "../../persistence/index.ts";
import { designStore, type Texts, useDesign, useWorkbench } from "../../store/index.ts";
import { Banner, Button, Dialog, Disclosure, TextField, WithCode } from "../../ui/index.ts";
import { ChangesSide } from "./ChangesSide.tsx";
import styles from "./Merge.module.css";
import { heldWords } from "./merge-words.ts";
import { MergePlaceChoice } from "./MergePlaceChoice.tsx";
import { hashOf, revisionFiles } from "./revision-files.ts";
import { accessOf, saveNext } from "./save-design.ts";
import { baseOf, putTexts } from "./take-newest.ts";

/** Somebody saved a newer revision: shows what both did and puts them together. Until it is saved nothing changes. */
export function MergeDialog({ message }: { readonly message: string }) {
  const close = useWorkbench((state) => state.closeDialog);
  const id = useDesign((state) => state.id);
  const key = useSavedKey(id);
  return (
    <Dialog
      open
      onClose={close}
      width={960}
      title="Somebody saved a newer revision"
      description="Your work is here, theirs is on the service: neither is overwritten. Put them together, or cancel and go on; yours stays in this browser."
    >
      {id === null || key === null ? null : <Versions id={id} savedKey={key} message={message} />}
    </Dialog>
  );
}

interface VersionsProps {
  readonly id: string;
  readonly savedKey: SavedKey;
  readonly message: string;
}

function Versions({ id, savedKey: key, message }: VersionsProps) {
  const access = accessOf(key);
  const both = useQuery({
    queryKey: [...designKey(access), "merge", key.parent],
    queryFn: async ({ signal }) => {
      const { newest } = await requestDesign(access, signal);
      const [base, theirs] = await Promise.all([
        requestRevision(access, key.parent, signal),
        requestRevision(access, newest.number, signal),
      ]);
      return { base, theirs };
    },
    // What is put together stays as it is until somebody asks for newer.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (both.error !== null) {
    return (
      <Banner tone="bad" title="The newer revision can’t be read" live>
        {failureWords(both.error)}
      </Banner>
    );
  }
  if (both.data === undefined) return <p role="status">Asking for the newer revision …</p>;
  return (
    <Together
      key={both.data.theirs.number}
      id={id}
      savedKey={key}
      message={message}
      {...both.data}
      onNewer={() => void both.refetch()}
    />
  );
}

interface TogetherProps extends VersionsProps {
  readonly base: WholeRevision;
  readonly theirs: WholeRevision;
  /** A still newer revision came in between. */
  readonly onNewer: () => void;
}

function Together({ id, savedKey: key, message, base, theirs, onNewer }: TogetherProps) {
  const close = useWorkbench((state) => state.closeDialog);
  const queries = useQueryClient();
  const name = useDesign((state) => state.name);
  const [mine, setMine] = useState(() => designStore.getState().texts);
  const [words, setWords] = useState(message);
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map());
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const files = useMemo(() => revisionFiles(mine), [mine]);
  const merged = useMemo(() => mergeRevisions(base.texts, files, theirs.texts), [base, files, theirs]);
  const changes = useMemo(() => {
    const design = (texts: typeof files) => ({ name, files: texts });
    return {
      mine: reviewChanges(design(base.texts), design(files), null),
      theirs: reviewChanges(design(base.texts), design(theirs.texts), null),
    };
  }, [base, files, theirs, name]);
  const result = useMemo(() => settleMerge(merged, choices), [merged, choices]);
  const problems = useMemo(
    () => mergeProblems({ base: base.texts, mine: files, theirs: theirs.texts }, result),
    [base, files, theirs, result],
  );
  const count = merged.conflicts.length;
  const open = count - choices.size;
  const isUnfit = open === 0 && problems.length > 0;

  const take = async (save: boolean) => {
    if (busy || open > 0 || (save && isUnfit)) return;
    const now = designStore.getState().texts;
    // Other tabs go on writing while this one asks.
    if (hashOf(now) !== hashOf(mine)) {
      setMine(now);
      setChoices(new Map());
      setFailure(
        "Meanwhile you changed the design in another tab. That is put together with theirs now, too: look at it again.",
      );
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      const next = { ...key, parent: theirs.number, hash: theirs.hash };
      const texts = new Map(result.map(({ path, text }) => [path, text]));
      if (save) await saveNext(id, next, texts, { by: personName(), message: words });
      else savedKeys.keep(id, next);
      const after = baseOf(savedKeys.of(id) ?? next);
      putTexts(`merge with revision ${theirs.number}`, withWrittenSince(mine, result), { before: baseOf(key), after });
      close();
      await queries.invalidateQueries({ queryKey: designKey(accessOf(key)) });
      const done = save
        ? `Revision ${theirs.number + 1} is saved.`
        : `Revision ${theirs.number} and your design are put together here; nothing was saved on the service.`;
      designStore.getState().notify("good", `${done} ${heldWords(theirs.by.name, choices)}`);
    } catch (error) {
      setBusy(false);
      if (failedBy(error, "newer-revision")) {
        setFailure("Meanwhile another revision was saved. It is shown now.");
        onNewer();
      } else setFailure(failureWords(error));
    }
  };

  return (
    <>
      <div className={styles.sides}>
        <ChangesSide label="What You changed" title="You" about="not saved yet" changes={changes.mine} />
        <ChangesSide
          label={`What ${theirs.by.name} changed`}
          title={theirs.by.name}
          about={`revision ${theirs.number}${theirs.message === "" ? "" : `, “${theirs.message}”`}`}
          changes={changes.theirs}
        />
      </div>
      <section aria-labelledby="merge-conflicts">
        <h3 id="merge-conflicts">
          {count > 0
            ? `${count === 1 ? "1 place" : `${count} places`} to choose`
            : isUnfit
              ? "It does not go together"
              : "Both go together without a question"}
        </h3>
        <ol className={styles.conflicts}>
          {merged.conflicts.map((conflict, index) => (
            <MergePlaceChoice
              // The place in the list is what a conflict is known by: the list is made once.
              key={`${index} ${conflict.file} ${conflict.kind}`}
              conflict={conflict}
              theirName={theirs.by.name}
              choice={choices.get(index) ?? null}
              onChoose={(choice) => setChoices(new Map(choices).set(index, choice))}
            />
          ))}
        </ol>
      </section>
      <section aria-labelledby="merge-result">
        <h3 id="merge-result">Put together</h3>
        {result.map(({ path, text }) => (
          <Disclosure
            key={path}
            summary={<code>{path}</code>}
            defaultOpen={result.length <= 2 && path !== "hauberk.json"}
          >
            <textarea className={styles.result} readOnly rows={12} value={text} aria-label={`Merged text of ${path}`} />
          </Disclosure>
        ))}
      </section>
      {isUnfit && (
        <Banner tone="bad" title="Put together like this it would be broken" live>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>
                <WithCode text={problem} />
              </li>
            ))}
          </ul>
          <p>
            {count > 0
              ? "Choose otherwise, or take it over here, mend it and save it then."
              : "Take it over here, mend it and save it then."}
          </p>
        </Banner>
      )}
      <TextField label="Message" value={words} onChange={setWords} />
      {failure !== null && (
        <Banner tone="bad" live>
          {failure}
        </Banner>
      )}
      <div className={styles.foot}>
        <span role="status" className={styles.soft}>
          {open > 0 && (open === 1 ? "1 place is to be chosen." : `${open} places are to be chosen.`)}
        </span>
        <Button onClick={close}>Cancel, keep mine here</Button>
        <Button disabled={busy || open > 0} onClick={() => void take(false)}>
          Only take over here
        </Button>
        <Button variant="primary" disabled={busy || open > 0 || isUnfit} onClick={() => void take(true)}>
          Save as revision {theirs.number + 1}
        </Button>
      </div>
    </>
  );
}

/** What was put together, with what another tab wrote while it was saved: that is not saved yet, and goes before. */
function withWrittenSince(mine: Texts, result: readonly DesignFile[]): readonly DesignFile[] {
  const now = revisionFiles(designStore.getState().texts);
  return settleMerge(mergeRevisions(revisionFiles(mine), now, result), new Map());
}
