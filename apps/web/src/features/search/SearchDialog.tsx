import {
  includesBring,
  type FileHits,
  type PolicyFiles,
  type SearchHit,
  type SearchQuestion,
  valuesIn,
} from "@hauberk/core/analysis";
import type { RuleKindName } from "@hauberk/core/syntax";
import { sayRule } from "@hauberk/core/words";
import { useMemo, useRef, useState } from "react";
import { lineOf } from "../../panel/rule-place.ts";
import { usePolicyFiles, useTargetPolicy } from "../../panel/target-policy.ts";
import { designStore, useActiveProfile, useFileViews, workbenchStore } from "../../store/index.ts";
import {
  Badge,
  DangerMark,
  Dialog,
  EmptyState,
  SearchField,
  Segments,
  Select,
  VirtualRows,
  WithCode,
} from "../../ui/index.ts";
import { askedPath } from "./asked-path.ts";
import type { SearchScope } from "./search-files.ts";
import styles from "./SearchDialog.module.css";
import { type Found, useSearch } from "./use-search.ts";

const kinds: readonly { readonly value: RuleKindName | "any"; readonly label: string }[] = [
  { value: "any", label: "anything" },
  { value: "file", label: "paths" },
  { value: "link", label: "links" },
  { value: "capability", label: "capabilities" },
  { value: "network", label: "network" },
  { value: "unix", label: "unix sockets" },
  { value: "signal", label: "signals" },
  { value: "ptrace", label: "ptrace" },
  { value: "dbus", label: "D-Bus" },
  { value: "mqueue", label: "message queues" },
  { value: "mount", label: "mounts" },
  { value: "remount", label: "remounts" },
  { value: "umount", label: "unmounts" },
  { value: "pivot_root", label: "pivot_root" },
  { value: "change_profile", label: "profile changes" },
  { value: "rlimit", label: "limits" },
  { value: "userns", label: "user namespaces" },
  { value: "io_uring", label: "io_uring" },
  { value: "all", label: "all rules" },
];

interface Asked {
  readonly question: SearchQuestion;
  readonly scope: SearchScope;
}

/** What was asked last on this page: the next search goes on from it. */
let last: Asked = { question: { by: "text", text: "", kind: null }, scope: "all" };

function close(): void {
  workbenchStore.getState().closeDialog();
}

/** Looks through the design and the policy of the target: by text, by kind of rule, or by a path that rules speak of. */
export function SearchDialog({ text }: { readonly text: string | null }) {
  const [asked, setAsked] = useState<Asked>(() =>
    text === null ? last : { question: { by: "text", text, kind: null }, scope: "all" },
  );
  const ask = (next: Asked) => {
    last = next;
    setAsked(next);
  };
  const { question, scope } = asked;
  const views = useFileViews();
  const tree = useTargetPolicy();
  const path = question.by === "path" ? askedPath(question.text) : null;
  const found = useSearch(path === null ? question : { ...question, text: path }, scope, views, tree);
  const results = useRef<HTMLDivElement>(null);
  const change = (part: Partial<SearchQuestion>) => ask({ ...asked, question: { ...question, ...part } });
  const hits = found.files.reduce((sum, file) => sum + file.hits.length, 0);
  const asks = question.text.trim() !== "" || question.kind !== null;
  return (
    <Dialog open title="Search design and target" width={860} onClose={close}>
      <div role="search" className={styles.bar}>
        <div className={styles.field}>
          <SearchField
            label={question.by === "path" ? "A path that rules speak of" : "Text to look for"}
            placeholder={question.by === "path" ? "/etc/shadow" : "Text in rules, names, comments"}
            value={question.text}
            autoFocus
            onDown={() => results.current?.querySelector<HTMLElement>("button")?.focus()}
            onChange={(next) => change({ text: next })}
          />
        </div>
        <Segments
          label="How to look"
          value={question.by}
          options={[
            { value: "text", label: "Text" },
            { value: "path", label: "Path" },
          ]}
          onChange={(by) => change({ by })}
        />
        <Select
          label="Kind of rule"
          hideLabel
          value={question.kind ?? "any"}
          options={kinds}
          onChange={(kind) => change({ kind: kind === "any" ? null : kind })}
        />
        <Select
          label="Where to look"
          hideLabel
          value={scope}
          options={[
            { value: "all", label: "design and target" },
            { value: "design", label: "design" },
            { value: "target", label: "target", disabled: tree === null },
          ]}
          onChange={(next) => ask({ ...asked, scope: next })}
        />
      </div>
      <p className={styles.status} role="status">
        {asks ? statusWords(question.text, path, hits, found) : hintWords(question, tree === null)}
      </p>
      {asks && (
        <div ref={results} className={styles.results}>
          {hits === 0 ? (
            <EmptyState title={found.done ? "Nothing fits" : "Looking …"}>
              <p>
                {question.by === "path"
                  ? "No rule speaks of this path, as far as variables and globs can be told."
                  : "Upper and lower case do not matter. A path that rules speak of by globs is found by Path."}
              </p>
            </EmptyState>
          ) : (
            <Results files={found.files} text={question.by === "text" ? question.text.trim() : ""} />
          )}
        </div>
      )}
    </Dialog>
  );
}

function hintWords({ by }: SearchQuestion, noTree: boolean): string {
  const where = noTree ? " The target’s policy is not at hand: only the design is looked through." : "";
  return by === "path"
    ? `Every rule whose path, globs and variables included, fits what you type.${where}`
    : `Looks in rules, includes, variables, names and comments.${where}`;
}

function statusWords(text: string, path: string | null, hits: number, { files, done }: Found): string {
  if (path?.startsWith("/") === false) return "A path begins with a slash.";
  const count = `${hits} ${hits === 1 ? "place" : "places"} in ${files.length} ${files.length === 1 ? "file" : "files"}`;
  const places = path === null || path === text.trim() ? count : `${count} for ${path}`;
  return done ? places : `${places}, looking on …`;
}

type Row =
  | { readonly kind: "file"; readonly file: FileHits }
  | { readonly kind: "hit"; readonly file: FileHits; readonly hit: SearchHit };

function Results({ files, text }: { readonly files: readonly FileHits[]; readonly text: string }) {
  const rows = useMemo(
    () =>
      files.flatMap((file): Row[] => [
        { kind: "file", file },
        ...file.hits.map((hit): Row => ({ kind: "hit", file, hit })),
      ]),
    [files],
  );
  const shown = useActiveProfile();
  const among = usePolicyFiles();
  const included = new Set(
    shown === null ? [] : includesBring(shown.profile.includes, among).files.map(({ path }) => path),
  );
  return (
    <VirtualRows
      label="Places found"
      className={styles.list}
      count={rows.length}
      rowHeight={46}
      rowKey={(index) => keyOf(rows[index]) ?? index}
      measure
      renderRow={(index) => {
        const row = rows[index];
        if (row === undefined) return null;
        if (row.kind === "hit") return <Hit file={row.file} hit={row.hit} text={text} among={among} />;
        return <FileHead file={row.file} included={included.has(row.file.file.path)} />;
      }}
    />
  );
}

function keyOf(row: Row | undefined): string | undefined {
  if (row === undefined) return undefined;
  const { origin, path } = row.file.file;
  return `${origin} ${path} ${row.kind === "hit" ? row.hit.start : "head"}`;
}

function FileHead({ file: { file, hits }, included }: { readonly file: FileHits; readonly included: boolean }) {
  return (
    <div role="listitem" className={styles.file}>
      <code>{file.path.replace(/^apparmor\.d\//, "")}</code>
      {file.origin === "design" ? <Badge tone="accent">this design</Badge> : <Badge>target</Badge>}
      {included && file.origin === "target" && <Badge tone="good">included here</Badge>}
      <span className={styles.count}>
        {hits.length} {hits.length === 1 ? "place" : "places"}
      </span>
    </div>
  );
}

interface HitProps {
  readonly file: FileHits;
  readonly hit: SearchHit;
  /** What was looked for, to be marked. */
  readonly text: string;
  readonly among: PolicyFiles;
}

function Hit({ file: { file, view }, hit, text, among }: HitProps) {
  const words = hit.placed === null ? null : sayRule(view.tree, hit.placed, valuesIn(view, among));
  const written = view.tree.text.slice(hit.start, hit.end).replaceAll(/\s+/g, " ");
  const open = () => {
    close();
    if (file.origin === "design") {
      designStore.getState().select({ path: file.path, range: { start: hit.start, end: hit.end } }, "outline");
    } else workbenchStore.getState().openDialog({ kind: "policy-file", path: file.path, at: hit.start });
  };
  return (
    <div role="listitem">
      <button
        type="button"
        className={styles.hit}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          stepFrom(event.currentTarget, event.key === "ArrowDown" ? 1 : -1);
        }}
      >
        <span className={styles.line}>{lineOf(view.tree, hit.start)}</span>
        <span className={styles.words}>
          {words !== null && (
            <span>
              <WithCode text={words.sentence} />
            </span>
          )}
          <span className={styles.text}>
            <code>
              <Marked written={written} text={text} />
            </code>
            {words !== null && words.danger !== null && <DangerMark level={words.danger} />}
          </span>
        </span>
      </button>
    </div>
  );
}

/** To the next or the previous place that is found. */
function stepFrom(button: HTMLElement, step: 1 | -1): void {
  const list = button.closest('[role="list"]');
  const buttons = [...(list?.querySelectorAll<HTMLElement>("button") ?? [])];
  buttons[buttons.indexOf(button) + step]?.focus();
}

function Marked({ written, text }: { readonly written: string; readonly text: string }) {
  const at = text === "" ? -1 : written.toLowerCase().indexOf(text.toLowerCase());
  if (at === -1) return written;
  return (
    <>
      {written.slice(0, at)}
      <mark className={styles.mark}>{written.slice(at, at + text.length)}</mark>
      {written.slice(at + text.length)}
    </>
  );
}
