import { outline, type OutlineItem } from "@hauberk/core/editor";
import type { FileView } from "@hauberk/core/design";
import { type Action, actions, shownKeys } from "../../actions/index.ts";
import {
  configPath,
  type DesignState,
  designStore,
  fileView,
  fileViews,
  refOf,
  shortName,
  workbenchStore,
} from "../../store/index.ts";
import { capitalised, type CommandGroup, type CommandItem, type IconName } from "../../ui/index.ts";
import { fuzzyMatch } from "./fuzzy.ts";

/** The places of the shown file's rules: found after the panels that are about them. */
const kindGroup = "Rules of the file";

/** A command or a place, ready to be found. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon?: IconName;
  readonly keys?: string | undefined;
  /** Further words that find it. */
  readonly also: string;
  /** Why it can't be done now; null where it can. */
  readonly why: string | null;
  readonly perform: () => void;
}

/** Everything that can be done and every place that can be gone to, as the design is now. */
export function paletteEntries(design: DesignState): PaletteEntry[] {
  const commands = actions.filter(({ id }) => id !== "palette").map((action) => entryOf(action, design));
  return design.id === null ? commands : [...commands, ...fileEntries(design), ...profileEntries(design)];
}

function entryOf(action: Action, design: DesignState): PaletteEntry {
  const enabled = action.enabled(design);
  return {
    id: action.id,
    group: action.group ?? "Design",
    label: action.title(design),
    keys: shownKeys(action),
    also: `${action.also ?? ""} ${action.group ?? ""}`,
    why: enabled ? null : (action.why?.(design) ?? "not possible now"),
    perform: action.perform,
  };
}

function fileEntries(design: DesignState): PaletteEntry[] {
  return [...design.texts.keys()].toSorted().map((path) => ({
    id: `file ${path}`,
    group: "Files",
    label: shortName(path),
    icon: path === configPath ? "info" : "file",
    also: "file open go",
    why: null,
    perform: () => designStore.getState().setActivePath(path),
  }));
}

/** The profiles of all files, and the kinds of rules of the one that is shown. */
function profileEntries(design: DesignState): PaletteEntry[] {
  const active = fileView(design.texts, design.activePath);
  return fileViews(design.texts).flatMap((file) => outlineEntries(file, outline(file), file === active));
}

function outlineEntries(file: FileView, level: readonly OutlineItem[], withKinds: boolean): PaletteEntry[] {
  return level.flatMap((item): PaletteEntry[] => {
    const name = item.name === "" ? "(no name)" : item.name;
    const profile: PaletteEntry = {
      id: `profile ${file.path} ${item.range.start}`,
      group: "Profiles",
      label: name,
      detail: shortName(file.path),
      icon: item.form === "hat" ? "hat" : "profile",
      also: `profile ${item.form}`,
      why: null,
      perform: () => {
        const state = designStore.getState();
        state.setActiveProfile(refOf(file, item.profile));
        state.select(
          { path: file.path, range: { start: item.range.start, end: item.profile.body?.start ?? item.range.end } },
          "outline",
        );
      },
    };
    const kinds = item.rules.map(({ kind, count, first }): PaletteEntry => ({
      id: `kind ${file.path} ${item.range.start} ${kind}`,
      group: kindGroup,
      label: `${capitalised(kind.replaceAll("_", " "))} rules`,
      detail: `${count} in ${name}`,
      also: "kind go",
      why: null,
      perform: () => designStore.getState().select({ path: file.path, range: first }, "outline"),
    }));
    return [profile, ...(withKinds ? kinds : []), ...outlineEntries(file, item.children, withKinds)];
  });
}

const groupOrder = ["Edit", "Rules", "Design", "Go to", "Files", "Profiles", kindGroup, "Text", "View", "Help"];

/** Most answers shown of one group. */
const mostOfGroup = 40;

/** What fits the typed words, grouped; without any, what was used last comes first. */
export function paletteGroups(
  entries: readonly PaletteEntry[],
  query: string,
  recent: readonly string[],
): readonly CommandGroup[] {
  if (query.trim() === "") {
    const used = recent.flatMap((id) => entries.find((entry) => entry.id === id && entry.why === null) ?? []);
    const rest = entries
      .filter((entry) => !used.includes(entry))
      .toSorted((a, b) => Number(a.why !== null) - Number(b.why !== null));
    const last = used.length === 0 ? [] : [{ title: "Used last", items: used.map((entry) => itemOf(entry, [])) }];
    return [...last, ...grouped(rest.map((entry) => ({ entry, marks: [], score: 0 })))];
  }
  const found = entries.flatMap((entry) => {
    const match = fuzzyMatch(query, entry.label);
    // What can't be done now is found too, after what can.
    const down = (entry.why === null ? 0 : 25) + (entry.group === kindGroup ? 15 : 0);
    if (match !== null) return [{ entry, marks: match.at, score: match.score - down }];
    const other = fuzzyMatch(query, `${entry.label} ${entry.detail ?? ""} ${entry.also}`);
    return other === null ? [] : [{ entry, marks: [], score: other.score - 30 - down }];
  });
  const best = Math.max(...found.map(({ score }) => score));
  // Letters scattered over a long text are hardly meant where something fits well.
  const near = found.filter(({ score }) => score >= best - 45);
  return grouped(near.toSorted((a, b) => b.score - a.score));
}

interface Found {
  readonly entry: PaletteEntry;
  readonly marks: readonly number[];
  readonly score: number;
}

/** Groups in order of their best answer; without scores, in their own order. */
function grouped(found: readonly Found[]): CommandGroup[] {
  const byTitle = new Map<string, Found[]>();
  for (const each of found) {
    const group = byTitle.get(each.entry.group) ?? [];
    group.push(each);
    byTitle.set(each.entry.group, group);
  }
  const best = (group: readonly Found[]) => group[0]?.score ?? 0;
  return [...byTitle]
    .toSorted(([a, x], [b, y]) => best(y) - best(x) || groupOrder.indexOf(a) - groupOrder.indexOf(b))
    .map(([title, group]) => ({
      title,
      items: group.slice(0, mostOfGroup).map(({ entry, marks }) => itemOf(entry, marks)),
    }));
}

function itemOf({ id, label, detail, icon, keys, why }: PaletteEntry, marks: readonly number[]): CommandItem {
  return {
    id,
    label,
    marks,
    keys,
    why,
    ...(detail === undefined ? {} : { detail }),
    ...(icon === undefined ? {} : { icon }),
  };
}

const recentKey = "hauberk.palette";
const mostRecent = 6;

/** What was chosen last, the latest first. */
export function recentChoices(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(recentKey) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").slice(0, mostRecent) : [];
  } catch {
    return [];
  }
}

/** Remembers a choice. */
export function rememberChoice(id: string): void {
  try {
    localStorage.setItem(
      recentKey,
      JSON.stringify([id, ...recentChoices().filter((other) => other !== id)].slice(0, mostRecent)),
    );
  } catch {
    // Without storage nothing is remembered.
  }
}

/** Closes the palette and does what was chosen once the keys are back where they were. */
export function choose(entry: PaletteEntry): void {
  rememberChoice(entry.id);
  workbenchStore.getState().closeDialog();
  setTimeout(entry.perform, 40);
}
