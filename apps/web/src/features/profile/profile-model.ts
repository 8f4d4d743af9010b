import type { FileView, IncludeView, ProfileView } from "@hauberk/core/design";
import { type RuleKindName, textOf } from "@hauberk/core/syntax";
import { profileFlags, profileModes, type ProfileModeWord } from "@hauberk/core/vocabulary";

import { furtherMarks, lineOf, ruleMarks } from "../../panel/rule-place.ts";
import { type PanelId, panels } from "../../store/index.ts";

/** The panel of each kind; null for one that no panel shows, which is listed instead: nothing of the text is hidden. */
const panelOfKind: Readonly<Record<RuleKindName, PanelId | null>> = {
  all: "system",
  capability: "capabilities",
  change_profile: "programs",
  dbus: "ipc",
  file: "paths",
  io_uring: "system",
  link: "paths",
  mount: "system",
  mqueue: "ipc",
  network: "network",
  pivot_root: "system",
  ptrace: "ipc",
  remount: "system",
  rlimit: "system",
  signal: "ipc",
  umount: "system",
  unix: "ipc",
  userns: "system",
};

/** How many rules a panel shows. */
export interface PanelCount {
  readonly id: PanelId;
  readonly count: number;
}

/** How many rules of the profile each panel shows, in the order of the tabs; panels without one are left out. */
export function countsByPanel(profile: ProfileView): PanelCount[] {
  const counts = new Map<PanelId, number>();
  for (const { rule } of profile.rules) {
    const id = panelOfKind[rule.value.kind];
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return panels.flatMap(({ id }) => {
    const count = counts.get(id);
    return count === undefined ? [] : [{ id, count }];
  });
}

/** A rule shown as its text, with a way to it. */
export interface ListedRule {
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** What is peculiar about it, and where it stands if not plainly in the profile. */
  readonly place: string | null;
}

/** The rules of one kind that no panel shows. */
export interface ListedKind {
  readonly kind: RuleKindName;
  readonly rules: readonly ListedRule[];
}

/** All rules of kinds without a panel, by kind, in the order in which the kinds first come in the text. */
export function listedKinds(file: FileView, profile: ProfileView): ListedKind[] {
  const kinds = new Map<RuleKindName, ListedRule[]>();
  for (const placed of profile.rules) {
    const { rule } = placed;
    const { kind } = rule.value;
    if (panelOfKind[kind] !== null) continue;
    const rules = kinds.get(kind) ?? [];
    kinds.set(kind, rules);
    const marks = [...ruleMarks(file.tree, placed).map(({ words }) => words), ...furtherMarks(file.tree, rule)];
    rules.push({
      text: textOf(file.tree, rule.node).replaceAll(/\s+/g, " "),
      line: lineOf(file.tree, rule.node.start),
      start: rule.node.start,
      end: rule.node.end,
      place: marks.length === 0 ? null : marks.join("; "),
    });
  }
  return [...kinds].map(([kind, rules]) => ({ kind, rules }));
}

/** An include as the panel lists it. */
export interface IncludeRow {
  /** Position among the profile's includes. */
  readonly index: number;
  readonly path: string;
  readonly magic: boolean;
  readonly ifExists: boolean;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The includes of a profile or preamble as rows. */
export function includeRows(file: FileView, includes: readonly IncludeView[]): IncludeRow[] {
  return includes.map((include, index) => ({
    index,
    path: include.path,
    magic: include.magic,
    ifExists: include.ifExists,
    line: lineOf(file.tree, include.node.start),
    start: include.node.start,
    end: include.node.end,
  }));
}

/** A remark on an attachment: what is wrong with it or what it means. */
export interface AttachmentRemark {
  readonly tone: "bad" | "warn" | "info";
  readonly words: string;
}

/** What can be said of an attachment as it stands; nothing for a plain absolute path. */
export function attachmentRemarks(attachment: string | null): AttachmentRemark[] {
  if (attachment === null || attachment === "") {
    return [
      {
        tone: "info",
        words:
          "Without an attachment the profile waits until something switches to it by name: a rule, systemd, aa-exec.",
      },
    ];
  }
  if (!attachment.startsWith("/") && !attachment.startsWith("@{")) {
    return [
      {
        tone: "bad",
        words:
          "An attachment begins with `/` or a variable: the program's full path. No profile attaches by a relative path.",
      },
    ];
  }
  const remarks: AttachmentRemark[] = [];
  if (/^\/\*\*$|^\/\{?,?\*\*\}?$/.test(attachment))
    remarks.push({ tone: "warn", words: "Attaches to every program of the machine." });
  else if (/[*?[]/.test(attachment)) {
    remarks.push({
      tone: "info",
      words:
        "A glob: attaches to every program whose path fits. Of several profiles that fit, the longest literal beginning wins.",
    });
  }
  if (attachment.startsWith("/bin/") || attachment.startsWith("/sbin/") || attachment.startsWith("/lib/")) {
    remarks.push({
      tone: "warn",
      words:
        "On current releases `/bin`, `/sbin` and `/lib` are links into `/usr`, and the kernel sees the real path: write `/{usr/,}bin/…`.",
    });
  }
  return remarks;
}

/** The mode that the flags say, `enforce` where none does. */
export function modeOf(flags: readonly string[]): ProfileModeWord["name"] {
  return profileModes.find(({ name }) => flags.includes(name))?.name ?? "enforce";
}

/** What stands after `=` in a flag as written, or null. */
export function flagValue(written: string | null): string | null {
  const at = written?.indexOf("=") ?? -1;
  return written === null || at === -1 ? null : written.slice(at + 1);
}

/** Flags in the text that are neither modes nor known flags. */
export function unknownFlags(flags: readonly string[]): string[] {
  const known = new Set([...profileModes.map(({ name }) => name), ...profileFlags.map(({ name }) => name)]);
  return flags.filter((flag) => !known.has(flag.split("=", 1)[0] ?? flag));
}
