import type { FileView } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import { lineOf } from "../../panel/rule-place.ts";
import { markWords, standingText } from "../../panel/standing-words.ts";
import {
  fileStandings,
  type RuleStanding,
  shortName,
  type StandingMark,
  type StandingTarget,
} from "../../store/index.ts";

/** The head over the rules of one profile, or over what stands outside any. */
export interface GroupLine {
  readonly kind: "group";
  readonly key: string;
  readonly path: string;
  readonly profile: string | null;
  readonly rules: number;
  /** How many of them are not enforced on every target. */
  readonly open: number;
}

/** A rule, an include or a remark with what it comes to on each target. */
export interface RuleLine {
  readonly kind: "rule";
  readonly key: string;
  /** Position among the rules of the table, from 0. */
  readonly number: number;
  readonly path: string;
  readonly range: TextRange;
  /** From 1. */
  readonly line: number;
  /** Its text in one line. */
  readonly text: string;
  readonly standing: RuleStanding;
}

/** The table of rules by targets. */
export interface StandingTable {
  readonly lines: readonly (GroupLine | RuleLine)[];
  readonly rules: number;
  /** How many rules have each mark as their worst. */
  readonly counts: ReadonlyMap<StandingMark, number>;
}

/** Every rule of the files in the order of the text, under its profile; with `open` only those not enforced everywhere. */
export function standingTable(
  targets: readonly StandingTarget[],
  files: readonly FileView[],
  open: boolean,
): StandingTable {
  const lines: (GroupLine | RuleLine)[] = [];
  const counts = new Map<StandingMark, number>();
  let rules = 0;
  let number = 0;
  for (const file of files) {
    const placed = fileStandings(targets, file);
    for (const { standing } of placed) counts.set(standing.worst, (counts.get(standing.worst) ?? 0) + 1);
    rules += placed.length;
    for (const [profile, all] of Map.groupBy(placed, ({ place }) => place.profile)) {
      const differ = all.filter(({ standing }) => standing.worst !== "enforced");
      const shown = open ? differ : all;
      if (shown.length === 0) continue;
      const key = `${file.path} ${profile ?? ""}`;
      lines.push({ kind: "group", key, path: file.path, profile, rules: all.length, open: differ.length });
      for (const { place, range, standing } of shown) {
        lines.push({
          kind: "rule",
          key: `${key} ${range.start} ${range.end}`,
          number: number++,
          path: file.path,
          range,
          line: lineOf(file.tree, range.start),
          text: oneLine(place.text),
          standing,
        });
      }
    }
  }
  return { lines, rules, counts };
}

/** A text on one line, comments inside it left out. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/(^|\s)#[^\n]*/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

const counted: readonly StandingMark[] = ["rejected", "widened", "dropped", "undecided", "unknown", "asking"];

/** `24 rules: 1 rejected, 3 widened`. */
export function countWords({ rules, counts }: StandingTable): string {
  const all = rules === 1 ? "1 rule" : `${rules} rules`;
  const parts = counted.flatMap((mark) => {
    const count = counts.get(mark) ?? 0;
    return count === 0 ? [] : [`${count} ${markWords[mark].toLowerCase()}`];
  });
  if (rules === 0) return "no rules";
  return parts.length === 0 ? `${all}, enforced on every target` : `${all}: ${parts.join(", ")}`;
}

/** The table as text for a mail: a line per rule with its words per target, and the sentences of what differs below it. */
export function tableText({ lines }: StandingTable): string {
  return `${lines
    .map((line) => {
      if (line.kind === "group") return `\n${groupWords(line)}`;
      const words = line.standing.there.map(({ target, mark }) => `${target.label}: ${markWords[mark].toLowerCase()}`);
      const head = `${line.line}: ${line.text}  [${words.join("; ")}]`;
      if (line.standing.worst === "enforced") return head;
      return [
        head,
        ...standingText(line.standing)
          .split("\n")
          .map((text) => `    ${text}`),
      ].join("\n");
    })
    .join("\n")
    .trim()}\n`;
}

/** `rustnet in usr.bin.rustnet`. */
export function groupWords({ path, profile }: Pick<GroupLine, "path" | "profile">): string {
  return profile === null ? shortName(path) : `${profile} in ${shortName(path)}`;
}
