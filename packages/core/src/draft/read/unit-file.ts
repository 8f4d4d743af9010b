/** A `Key=value` of a unit file. */
export interface UnitEntry {
  readonly section: string;
  readonly key: string;
  /** Continued lines joined by a blank, trimmed. Empty: what was listed before is taken back. */
  readonly value: string;
  /** The file it stands in: a drop-in may bring it. */
  readonly path: string;
  /** Where it begins, 1-based. */
  readonly line: number;
}

/** A unit of systemd with its drop-ins. */
export interface UnitFile {
  readonly path: string;
  /** `chrony.service`, `tor@default.service`, `redis@.service`. */
  readonly name: string;
  readonly entries: readonly UnitEntry[];
}

const mostEntries = 5000;

/** The entries of a text in the syntax of systemd.syntax(7). Lines that are none are passed over. */
export function readUnitText(path: string, text: string): UnitEntry[] {
  const entries: UnitEntry[] = [];
  let section = "";
  for (const { text: line, number } of joinedLines(text)) {
    const heading = /^\[([^\]]+)\]\s*$/u.exec(line);
    if (heading !== null) {
      section = heading[1] ?? "";
      continue;
    }
    const parts = /^([A-Za-z][\w-]*)\s*=\s*([^]*)$/u.exec(line);
    if (parts === null || section === "") continue;
    entries.push({ section, key: parts[1] ?? "", value: (parts[2] ?? "").trim(), path, line: number });
    if (entries.length >= mostEntries) break;
  }
  return entries;
}

/** Lines with their continuations; a comment between them is passed over, as systemd does. */
function joinedLines(text: string): { readonly text: string; readonly number: number }[] {
  const joined: { text: string; number: number }[] = [];
  let open: { parts: string[]; number: number } | null = null;
  const close = (): void => {
    if (open !== null) joined.push({ text: open.parts.join(" ").trim(), number: open.number });
    open = null;
  };
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const trimmed = line.trim();
    if (/^[#;]/u.test(trimmed)) continue;
    const continues = /(?:^|[^\\])(?:\\\\)*\\$/u.test(line.trimEnd());
    const part = continues ? trimmed.slice(0, -1).trim() : trimmed;
    open ??= { parts: [], number: index + 1 };
    open.parts.push(part);
    if (!continues) close();
  }
  close();
  return joined.filter((line) => line.text !== "");
}

/** True for a text that is a unit: it has one of the sections that only units have. */
export function looksLikeUnit(text: string): boolean {
  return /^\s*\[(?:Unit|Service|Socket|Install|Timer|Path)\]\s*$/mu.test(text);
}

/** All values of a key as systemd lists them: an empty one takes back those before it. */
export function listed(unit: UnitFile, section: string, ...keys: readonly string[]): UnitEntry[] {
  let found: UnitEntry[] = [];
  for (const entry of unit.entries) {
    if (entry.section !== section || !keys.includes(entry.key)) continue;
    if (entry.value === "") found = [];
    else found.push(entry);
  }
  return found;
}

/** The value of a key that has one: the last that is written. */
export function setting(unit: UnitFile, section: string, key: string): UnitEntry | null {
  return unit.entries.findLast((entry) => entry.section === section && entry.key === key) ?? null;
}

/** Whether a setting says yes, as systemd reads it. */
export function isOn(entry: UnitEntry | null): boolean {
  return entry !== null && /^(?:1|yes|y|true|t|on)$/iu.test(entry.value);
}
