import { type Action, actions, fileTabKeyNotes, keysHere } from "../../actions/index.ts";
import type { DesignState } from "../../store/index.ts";
import { gridKeyNotes, type KeyNotes, splitterKeyNotes, tabKeyNotes } from "../../ui/index.ts";

/** The keys of one part of the page, as this system writes them. */
export interface KeySection {
  readonly title: string;
  readonly rows: readonly { readonly does: string; readonly keys: readonly string[] }[];
}

/** Keys that parts of the page heed by themselves, told by those parts. */
const heeded: readonly KeyNotes[] = [tabKeyNotes, fileTabKeyNotes, gridKeyNotes, splitterKeyNotes];

const arrows: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

function shown(keys: string): string {
  return keysHere(keys).replace(/Arrow(Up|Down|Left|Right)/, (arrow) => arrows[arrow] ?? arrow);
}

/** All keys: those of the actions, then those of the parts. */
export function keySections(design: DesignState): readonly KeySection[] {
  const groups = new Map<string, { does: string; keys: readonly string[] }[]>();
  for (const action of actions) {
    if (action.keys.length === 0) continue;
    const title = sectionOf(action);
    const rows = groups.get(title) ?? [];
    rows.push({ does: plainTitle(action.title(design)), keys: action.keys.map(shown) });
    groups.set(title, rows);
  }
  return [
    ...[...groups].map(([title, rows]) => ({ title, rows })),
    ...heeded.map(({ region, notes }) => ({
      title: region,
      rows: notes.map(({ does, keys }) => ({ does, keys: keys.map(shown) })),
    })),
  ];
}

function sectionOf({ where, group = "Design" }: Action): string {
  if (where === "text") return "In the text";
  return where === "row" ? "On the row of a rule" : `Anywhere: ${group.toLowerCase()}`;
}

/** A title without what it acts on at the moment: "Undo: tick net_raw" is the key of "Undo". */
function plainTitle(title: string): string {
  if (title.startsWith("Nothing to ")) return title.slice(11, 12).toUpperCase() + title.slice(12);
  return title.replace(/:.*/, "").replace(/…$/, "");
}
