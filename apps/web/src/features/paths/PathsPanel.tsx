import { removeRules, setQualifiers } from "@hauberk/core/edit";
import { useCallback, useMemo, useRef, useState } from "react";

import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { checkPath } from "../../panel/path-check.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { type Shown, shownNow, useEdit } from "../../panel/use-edit.ts";
import { useVariableValues } from "../../panel/variable-values.ts";
import { declaredVariables } from "../../panel/variables.ts";
import { designStore, useActiveProfile, useFileViews, useSelection } from "../../store/index.ts";
import { Button, EmptyState } from "../../ui/index.ts";
import { AddPath } from "./AddPath.tsx";
import { LinkRules } from "./LinkRules.tsx";
import { ManyInspector } from "./ManyInspector.tsx";
import { NeedlessLine } from "./NeedlessLine.tsx";
import { PasteDialog } from "./PasteDialog.tsx";
import { changeOne, changePath } from "./path-edits.ts";
import { folderLines, plainLines } from "./path-folders.ts";
import { PathInspector } from "./PathInspector.tsx";
import { PathRules } from "./path-rules.ts";
import { PathsBar } from "./PathsBar.tsx";
import styles from "./PathsPanel.module.css";
import { PathTable, type TableHandlers } from "./PathTable.tsx";
import { filteredRules, orderedRules, type PathFilter } from "./shown-rules.ts";
import { useChosen } from "./use-chosen.ts";
import { type Needless, useNeedless } from "./use-needless.ts";
import { useViewChoice, type ViewChoice } from "./view-choice.ts";

const unfiltered: PathFilter = { query: "", only: "all" };

function selectRule(number: number): void {
  const shown = shownNow();
  const rule = shown?.profile.rules[number]?.rule;
  if (shown === null || rule === undefined) return;
  const state = designStore.getState();
  const { selection } = state;
  const { start, end } = rule.node;
  const same = selection?.path === shown.file.path && selection.range.start === start && selection.range.end === end;
  if (!same) state.select({ path: shown.file.path, range: { start, end } }, "panel");
}

function useHandlers(
  { edit, refuse }: ReturnType<typeof useEdit>,
  setChoice: (change: (now: ViewChoice) => ViewChoice) => void,
): TableHandlers {
  return useMemo(
    () => ({
      select: selectRule,
      change(number, change) {
        edit("row", (shown) => changeOne(shown, number, change));
      },
      rename(number, path, meant) {
        const check = checkPath(path, null);
        if (!check.ok) {
          refuse("row", check.reason);
          return false;
        }
        return edit("row", (shown) => changePath(shown, number, path, meant?.owner === true, meant?.needs));
      },
      qualify(number, qualifiers) {
        edit("row", ({ file, profile }) => {
          const placed = profile.rules[number];
          return placed === undefined
            ? { ok: false, reason: "The rule is not there any more." }
            : setQualifiers(file, [placed], qualifiers);
        });
      },
      remove(numbers) {
        return edit("row", ({ file, profile }) =>
          removeRules(
            file,
            numbers.flatMap((number) => profile.rules[number]?.rule ?? []),
          ),
        );
      },
      fold(folder, folded) {
        setChoice((now) => {
          const others = now.folded.filter((each) => each !== folder);
          return { ...now, folded: folded ? [...others, folder] : others };
        });
      },
    }),
    [edit, refuse, setChoice],
  );
}

/** Every file rule of the profile, and ways to add some. */
export function PathsPanel() {
  const shown = useActiveProfile();
  return shown === null ? <NoProfile what="Paths" /> : <Paths shown={shown} />;
}

/** The rules that are shown, in their order, and the lines that they make. */
function useLines(rules: PathRules, needless: Needless, filter: PathFilter, choice: ViewChoice) {
  const { order, folders, folded } = choice;
  const found = filter.only === "needless" ? needless.byRule : null;
  const numbers = useMemo(() => filteredRules(rules, filter, found), [rules, filter, found]);
  const values = useVariableValues(rules.file);
  const ordered = useMemo(() => orderedRules(rules, numbers, order, values), [rules, numbers, order, values]);
  return useMemo(
    () => (folders ? folderLines(rules, ordered, new Set(folded)) : plainLines(ordered)),
    [rules, ordered, folders, folded],
  );
}

function Paths({ shown }: { readonly shown: Shown }) {
  const { file, profile } = shown;
  const views = useFileViews();
  const [filter, setFilter] = useState(unfiltered);
  const [choice, setChoice] = useViewChoice();
  const [pasting, setPasting] = useState(false);
  const paste = useCallback(() => setPasting(true), []);
  const [selection] = useSelection();
  const editing = useEdit();
  const handlers = useHandlers(editing, setChoice);
  const frame = useRef<HTMLDivElement>(null);
  const rules = useMemo(() => new PathRules(file, profile), [file, profile]);
  const needless = useNeedless(rules);
  const chosen = useChosen(shown);
  const lines = useLines(rules, needless, filter, choice);
  const variables = useMemo(() => declaredVariables(views), [views]);
  const setOrder = useCallback((order: ViewChoice["order"]) => setChoice((now) => ({ ...now, order })), [setChoice]);
  const setFolders = useCallback((folders: boolean) => setChoice((now) => ({ ...now, folders })), [setChoice]);
  const selected = selection?.path === file.path ? rules.numberAt(selection.range.start) : -1;
  const total = rules.numbers.length;
  return (
    <section className={panel.panel} aria-label="Paths">
      <PathsBar
        total={total}
        shownCount={lines.count}
        needless={needless.byRule.size}
        filter={filter}
        onFilter={setFilter}
        order={choice.order}
        onOrder={setOrder}
        folders={choice.folders}
        onFolders={setFolders}
        onPaste={paste}
      />
      <AddPath variables={variables} />
      <NeedlessLine
        needless={needless}
        shown={filter.only === "needless"}
        onShow={(only) => setFilter({ query: "", only: only ? "needless" : "all" })}
        onRemove={handlers.remove}
      />
      {lines.count === 0 ? (
        <NoRows empty={total === 0} onShowAll={() => setFilter(unfiltered)} onPaste={paste} />
      ) : (
        <PathTable
          label={`File rules of ${profile.name}`}
          rules={rules}
          lines={lines}
          folders={choice.folders}
          selected={selected}
          chosen={chosen}
          remarks={needless.byRule}
          reveal={selection?.origin === "panel" || selected < 0 ? null : lines.indexOf(selected)}
          handlers={handlers}
          frame={frame}
        />
      )}
      <RefusalNote reason={editing.refusedAt("row")} offer={editing.offerAt("row")} onDismiss={editing.forget} />
      {chosen.numbers.size > 1 ? (
        <ManyInspector rules={rules} chosen={chosen} editing={editing} onRemove={handlers.remove} />
      ) : (
        <PathInspector
          rules={rules}
          row={rules.row(chosen.numbers.size === 1 ? ([...chosen.numbers][0] ?? selected) : selected) ?? null}
          remark={needless.byRule.get(selected) ?? null}
          variables={variables}
          handlers={handlers}
        />
      )}
      <LinkRules shown={shown} />
      {pasting && <PasteDialog variables={variables} onClose={() => setPasting(false)} />}
    </section>
  );
}

function NoRows({
  empty,
  onShowAll,
  onPaste,
}: {
  readonly empty: boolean;
  readonly onShowAll: () => void;
  readonly onPaste: () => void;
}) {
  return empty ? (
    <div className={styles.tableFrame}>
      <EmptyState
        title="No file rules yet"
        actions={
          <Button size="s" icon="copy" onClick={onPaste}>
            Paste many
          </Button>
        }
      >
        <p>
          Without a rule every file is refused. Write the first path above, or paste a list: paths, paths with
          permissions, or whole rules.
        </p>
      </EmptyState>
    </div>
  ) : (
    <div className={styles.tableFrame}>
      <EmptyState
        title="No rule fits"
        actions={
          <Button size="s" onClick={onShowAll}>
            Show all
          </Button>
        }
      />
    </div>
  );
}
