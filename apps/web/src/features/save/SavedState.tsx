import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { failedBy } from "../../api-client/index.ts";
import { commentsQuery, followDesignNews, savedDesignQuery } from "../../api-client/saved/index.ts";
import { openReview, openSaved, saveAndShare, shareLinks } from "../../actions/index.ts";
import { type SavedKey, savedKeys, useSavedKey } from "../../persistence/index.ts";
import { useDesign, workbenchStore } from "../../store/index.ts";
import { Button, classNames, Menu, type MenuItem } from "../../ui/index.ts";
import { accessOf } from "./save-design.ts";
import { followBases } from "./follow-bases.ts";
import { timeWords } from "./time-words.ts";
import { takeNewest } from "./take-newest.ts";
import { useKeptDraft } from "./use-kept-draft.ts";
import { type Unsaved, useUnsaved } from "./use-unsaved.ts";
import styles from "./Save.module.css";

/** Where the open design stands beside its revisions on the service, with what can be done about it. */
export function SavedState() {
  const id = useDesign((state) => state.id);
  const key = useSavedKey(id);
  return id === null || key === null ? null : <State key={key.design} id={id} savedKey={key} />;
}

function State({ id, savedKey: key }: { readonly id: string; readonly savedKey: SavedKey }) {
  const access = accessOf(key);
  const { design: savedId, token } = access;
  const queries = useQueryClient();
  useEffect(() => followDesignNews(queries, { design: savedId, token }), [queries, savedId, token]);
  useEffect(followBases, []);
  const unsaved = useUnsaved(key);
  const design = useQuery(savedDesignQuery(access));
  const draft = useKeptDraft(id, key, design.data, unsaved);
  const comments = useQuery(commentsQuery(access));
  const open = (comments.data ?? []).filter(
    ({ thread, resolved, deleted }) => thread === null && resolved === null && !deleted,
  ).length;
  const newest = design.data?.newest.number ?? key.parent;
  const newer = newest > key.parent;
  if (failedBy(design.error, "not-found") || failedBy(design.error, "passphrase-needed")) return <DeadKey id={id} />;
  const items: MenuItem[] = [
    ...(newer ? [{ label: `Get revision ${newest}…`, onSelect: () => void takeNewest(id, key, unsaved.changed) }] : []),
    ...(draft.other === null
      ? []
      : [
          {
            label: `Your draft of ${timeWords(draft.other.at)}…`,
            onSelect: () => workbenchStore.getState().openDialog({ kind: "kept-draft" }),
          },
        ]),
    { label: `Save revision ${newest + 1}…`, onSelect: saveAndShare.perform },
    ...(key.role === "owner" ? [{ label: "Share and gate…", onSelect: shareLinks.perform }] : []),
    { label: `Open the review${open === 0 ? "" : ` (${openWords(open)})`}`, onSelect: openReview.perform },
    ...(key.role === "owner"
      ? [
          {
            label: "Replace the owner’s key…",
            onSelect: () => workbenchStore.getState().openDialog({ kind: "replace-key" }),
          },
          {
            label: `Delete on ${location.host}…`,
            onSelect: () => workbenchStore.getState().openDialog({ kind: "delete-saved" }),
          },
        ]
      : []),
  ];
  const mine = `${stateWords(key, unsaved)}${draft.other === null ? "" : `, draft of ${timeWords(draft.other.at)}`}`;
  // The news first: in a narrow window the rest is cut.
  const words = newer ? `Revision ${newest} is there; ${mine.slice(0, 1).toLowerCase()}${mine.slice(1)}` : mine;
  return (
    <>
      {/* Beside the button: what stands in a button is its name, and no news. */}
      <span role="status" aria-label="Saved design" className="visually-hidden">
        {words}
        {open > 0 && `, ${openWords(open)}`}
      </span>
      <Menu
        align="end"
        label="The saved design"
        trigger={
          <Button
            variant="quiet"
            icon="link"
            className={classNames(styles.state, (unsaved.changed || newer) && styles.changed)}
            title={`Saved on ${location.host}${draft.keptAt === null ? "" : `, with your changes since as a draft of ${timeWords(draft.keptAt)}`}`}
          >
            <span className={styles.stateWords}>
              {words}
              {open > 0 && ` · ${openWords(open)}`}
            </span>
          </Button>
        }
        items={items}
      />
    </>
  );
}

function stateWords(key: SavedKey, unsaved: Unsaved): string {
  if (!unsaved.changed) return `Revision ${key.parent} saved`;
  if (unsaved.count === null) return "Changes not saved";
  return unsaved.count === 1 ? "1 change not saved" : `${unsaved.count} changes not saved`;
}

function openWords(count: number): string {
  return count === 1 ? "1 comment" : `${count} comments`;
}

/** The key was replaced or revoked, what was unlocked has run out, or the design was deleted: which, is told to nobody. */
function DeadKey({ id }: { readonly id: string }) {
  return (
    <Menu
      align="end"
      label="The saved design"
      trigger={
        <Button variant="quiet" icon="alert" className={classNames(styles.state, styles.changed)}>
          <span className={styles.stateWords}>The key opens nothing now</span>
        </Button>
      }
      items={[
        { label: "Open with another key or link…", onSelect: openSaved.perform },
        {
          label: "Save as a new design…",
          onSelect: () => {
            savedKeys.forget(id);
            saveAndShare.perform();
          },
        },
      ]}
    />
  );
}
