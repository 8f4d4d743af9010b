import { applyEdits, conflictingEdit, type FileEdit, type TextEdit } from "@hauberk/core/text";
import { createStore, type StoreApi } from "zustand/vanilla";
import { basesFromHistory } from "./bases.ts";
import type { DesignState, ProfileRef } from "./design-state.ts";
import { configPath } from "./design-state.ts";
import { configReading, fileView } from "./file-views.ts";
import {
  differenceEdit,
  editChange,
  emptyHistory,
  type FileChange,
  type HistoryEntry,
  movedPlace,
  type Place,
  placeOfEdits,
  recorded,
  redoChanges,
  type Texts,
  type TypingWay,
  undoChanges,
} from "./history.ts";

/** The store of the open design: framework-free, one per page (tests make their own). */
export type DesignStore = StoreApi<DesignState>;

/** Makes a store with no design open. */
export function createDesignStore(): DesignStore {
  let seq = 0;
  return createStore<DesignState>()((set, get) => {
    /** Makes one step and remembers it. */
    const step = (entry: HistoryEntry, glow: boolean, active?: string | null) => {
      const state = get();
      const texts = redoChanges(state.texts, entry.changes);
      set({
        ...settled(state, texts, active),
        selection: movedSelection(state.selection, entry, "redo"),
        history: recorded(state.history, entry),
        ...(glow && entry.touched !== null ? { touched: { ...entry.touched, seq: ++seq } } : {}),
      });
    };
    /** Goes steps back or forth, all at once; the place that the last of them changes comes into sight. */
    const travel = (way: "undo" | "redo", steps: number) => {
      const state = get();
      const from = way === "undo" ? state.history.past : state.history.future;
      const passed = from.slice(Math.max(0, from.length - steps)).toReversed();
      const entry = passed.at(-1);
      if (entry === undefined || steps < 1) return;
      let { texts, selection } = state;
      for (const made of passed) {
        texts = (way === "undo" ? undoChanges : redoChanges)(texts, made.changes);
        selection = movedSelection(selection, made, way);
      }
      const place = way === "undo" ? undonePlace(entry) : entry.touched;
      const rest = from.slice(0, from.length - passed.length);
      const other = [
        ...(way === "undo" ? state.history.future : state.history.past),
        ...passed.map((made) => ({ ...made, typing: null })),
      ];
      const shown = place !== null && texts.has(place.path) ? place.path : undefined;
      set({
        ...settled(state, texts, shown),
        selection,
        history: way === "undo" ? { past: rest, future: other } : { past: other, future: rest },
        touched: place !== null && shown !== undefined ? { ...place, seq: ++seq } : state.touched,
      });
    };
    return {
      id: null,
      name: "",
      texts: new Map(),
      history: emptyHistory,
      revision: 0,
      activePath: null,
      activeProfile: null,
      selection: null,
      touched: null,
      notices: [],
      save: { kind: "saved" },
      bases: { opened: new Map(), downloaded: null },

      open(id, snapshot, bases) {
        const texts: Texts = new Map(snapshot.files);
        set({
          id,
          name: nameOf(texts) ?? snapshot.name,
          texts,
          history: snapshot.history,
          revision: get().revision + 1,
          activePath: pathOrFirst(texts, snapshot.activePath),
          activeProfile: snapshot.activeProfile,
          selection: null,
          touched: null,
          save: { kind: "saved" },
          bases: bases ?? basesFromHistory(texts, snapshot.history),
        });
      },
      follow(snapshot) {
        const state = get();
        const texts: Texts = new Map(snapshot.files);
        const kept =
          state.selection !== null && texts.get(state.selection.path) === state.texts.get(state.selection.path);
        set({ ...settled(state, texts), history: snapshot.history, ...(kept ? {} : { selection: null }) });
      },
      setOpened(files) {
        const { bases } = get();
        set({ bases: { ...bases, opened: new Map([...bases.opened, ...files]) } });
      },
      setDownloaded() {
        set({ bases: { ...get().bases, downloaded: get().texts } });
      },
      apply(outcome) {
        if (!outcome.ok) {
          get().notify("warn", outcome.reason);
          return false;
        }
        const changes = changesOf(get().texts, outcome.edits);
        if (changes === null) return false;
        if (changes.length === 0) return true;
        step({ label: outcome.label, changes, touched: outcome.touched ?? firstPlace(changes), typing: null }, true);
        return true;
      },
      applyEdits(label, edits) {
        return get().apply({ ok: true, label, edits });
      },
      replaceText(path, to, label) {
        const text = get().texts.get(path);
        if (text === undefined) return;
        const edits = typeof to === "string" ? [differenceEdit(text, to)].filter((edit) => edit !== null) : to;
        if (applyEdits(text, edits) === text) return;
        step(
          { label, changes: [editChange(path, text, edits)], touched: placeOfEdits(path, edits), typing: null },
          true,
        );
      },
      type(path, edits, time) {
        const text = get().texts.get(path);
        if (text === undefined || edits.length === 0) return;
        const touched = placeOfEdits(path, edits);
        const entry = typingEntry(path, editChange(path, text, edits), edits, touched, time);
        step(entry, false);
      },
      changeFiles(label, put, remove = [], base) {
        const { texts } = get();
        const changes: FileChange[] = [];
        for (const path of remove) {
          const text = texts.get(path);
          if (text !== undefined) changes.push({ kind: "delete", path, text });
        }
        for (const [path, text] of put) {
          const old = texts.get(path);
          if (old === undefined) changes.push({ kind: "create", path, text });
          else if (old !== text) {
            const edit = differenceEdit(old, text);
            if (edit !== null) changes.push(editChange(path, old, [edit]));
          }
        }
        if (changes.length === 0) return;
        const entry = { label, changes, touched: null, typing: null };
        step(base === undefined ? entry : { ...entry, base }, false, put.at(0)?.[0]);
      },
      renameFile(from, to) {
        const text = get().texts.get(from);
        if (text === undefined || from === to || get().texts.has(to)) return;
        const changes: FileChange[] = [
          { kind: "delete", path: from, text },
          { kind: "create", path: to, text },
        ];
        step(
          { label: `rename ${shortName(from)} to ${shortName(to)}`, changes, touched: null, typing: null },
          false,
          to,
        );
      },
      undo: (steps = 1) => travel("undo", steps),
      redo: (steps = 1) => travel("redo", steps),
      setActivePath(path) {
        if (get().texts.has(path) && get().activePath !== path) set({ activePath: path });
      },
      setActiveProfile(ref) {
        set(ref === null ? { activeProfile: null } : { activeProfile: ref, activePath: ref.path });
      },
      select(place, origin) {
        if (place === null) set({ selection: null });
        else
          set({
            selection: { path: place.path, range: place.range, origin, seq: ++seq },
            ...(origin === "editor" ? {} : { activePath: place.path }),
          });
      },
      notify(tone, text, undoable = false) {
        set({ notices: [...get().notices.slice(-3), { id: ++seq, tone, text, undoable }] });
      },
      dismiss(id) {
        set({ notices: get().notices.filter((notice) => notice.id !== id) });
      },
      setSave(save) {
        set({ save });
      },
    };
  });
}

/** What follows from new texts: the name, the revision, a file that still exists. */
function settled(state: DesignState, texts: Texts, active?: string | null): Partial<DesignState> {
  const wanted = active ?? state.activePath;
  const activePath = pathOrFirst(texts, wanted);
  return {
    texts,
    name: nameOf(texts) ?? state.name,
    revision: state.revision + 1,
    activePath,
    activeProfile: keptProfile(state.activeProfile, texts),
  };
}

/** The selection where its text lies now. */
function movedSelection(
  selection: DesignState["selection"],
  entry: HistoryEntry,
  way: "undo" | "redo",
): DesignState["selection"] {
  if (selection === null) return null;
  const moved = movedPlace(selection, entry.changes, way);
  return moved === null ? null : { ...selection, range: moved.range };
}

/** A profile whose name is being changed stays the chosen one by its place. */
function keptProfile(ref: ProfileRef | null, texts: Texts): ProfileRef | null {
  if (ref === null || !texts.has(ref.path)) return null;
  return fileView(texts, ref.path) === null ? null : ref;
}

function nameOf(texts: Texts): string | null {
  const reading = configReading(texts);
  return reading !== null && reading.ok ? reading.config.name : null;
}

/** The path where it exists, else the first policy file, else any. */
function pathOrFirst(texts: Texts, path: string | null): string | null {
  if (path !== null && texts.has(path)) return path;
  const paths = [...texts.keys()].toSorted();
  return paths.find((candidate) => candidate !== configPath) ?? paths[0] ?? null;
}

/** The changes of edits over several files; null where they don't fit the texts any more. */
function changesOf(texts: Texts, edits: readonly FileEdit[]): FileChange[] | null {
  const changes: FileChange[] = [];
  for (const { path, edits: inFile } of edits) {
    const text = texts.get(path);
    if (text === undefined || conflictingEdit(inFile) !== undefined) return null;
    if (inFile.some((edit) => edit.range.end > text.length)) return null;
    if (inFile.length > 0) changes.push(editChange(path, text, inFile));
  }
  return changes;
}

function firstPlace(changes: readonly FileChange[]): Place | null {
  const change = changes[0];
  return change?.kind === "edit" ? placeOfEdits(change.path, change.edits) : null;
}

/** Where an undone step shows in the text as it was before. */
function undonePlace(entry: HistoryEntry): Place | null {
  const change = entry.changes[0];
  if (change === undefined) return null;
  if (change.kind === "edit") return placeOfEdits(change.path, change.inverse);
  return { path: change.path, range: { start: 0, end: 0 } };
}

function typingEntry(
  path: string,
  change: FileChange,
  edits: readonly TextEdit[],
  touched: Place | null,
  time: number,
): HistoryEntry {
  const [edit] = edits;
  const single = edits.length === 1 && edit !== undefined ? edit : null;
  const removed = single === null ? 0 : single.range.end - single.range.start;
  const way: TypingWay = single !== null && single.newText === "" ? "delete" : "insert";
  // A line end brings the next line's indentation along: that is typing too.
  const large = single === null || single.newText.trim().length > 2 || removed > 2;
  return {
    label: large ? editLabel(single, removed) : `typing in ${shortName(path)}`,
    changes: [change],
    touched,
    typing:
      single === null || large
        ? null
        : { path, at: way === "insert" ? single.range.start + single.newText.length : single.range.start, time, way },
  };
}

function editLabel(edit: TextEdit | null, removed: number): string {
  if (edit === null) return "edit text";
  if (edit.newText === "") return "delete text";
  return removed > 0 ? "replace text" : "insert text";
}

/** The path as people say it: the install name for a policy file. */
export function shortName(path: string): string {
  return path.startsWith("apparmor.d/") ? path.slice("apparmor.d/".length) : path;
}
