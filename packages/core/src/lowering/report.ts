import type { Loss, Lowering, Rewriting } from "./lowering.ts";

/** What was lost for a target, for a person who reads plain text: one line a finding, and lines below it that begin with blanks. */
export function reportLines(lowering: Lowering): string[] {
  const { target, parser, kernel, lost, rewritten, notes } = lowering;
  const open = lost.filter(({ choice }) => choice === "default").length;
  const about = `${target} (apparmor_parser ${parser}, Linux ${kernel})`;
  const count = lost.length === 1 ? "one rule or part is lost" : `${lost.length} rules or parts are lost`;
  const chosen =
    open === 0 ? "all were chosen" : open === lost.length ? "nothing was chosen yet" : `${open} not chosen yet`;
  return [
    lost.length === 0 ? `${about}: nothing is lost` : `${about}: ${count}; ${chosen}`,
    ...lost.flatMap(lossLines),
    ...rewritten.flatMap(rewritingLines),
    ...notes.map((note) => `note: ${note}`),
  ];
}

function lossLines(loss: Loss): string[] {
  const others = loss.answers.filter(({ id }) => id !== loss.answer);
  return [
    `${placeOf(loss)}: lost: ${loss.rule}`,
    `    why: ${loss.why}`,
    `    shipped: ${shown(loss.instead)} (${loss.choice === "default" ? "by default, nobody has chosen yet" : "chosen"})`,
    `    risk: ${loss.risk}`,
    ...(loss.note === null ? [] : [`    note: ${loss.note.replaceAll(/\s+/gu, " ")}`]),
    ...others.map(({ id, title, explanation }) => `    or ${id}: ${title}. ${explanation}`),
  ];
}

function rewritingLines(rewriting: Rewriting): string[] {
  return [
    `${placeOf(rewriting)}: the same in other words: ${rewriting.rule}`,
    `    why: ${rewriting.why}`,
    `    shipped: ${shown(rewriting.instead)}`,
  ];
}

function placeOf({ file, line, column }: Loss | Rewriting): string {
  return `${file}:${line}:${column}`;
}

function shown(text: string | null): string {
  return text === null ? "nothing" : text.replaceAll(/\s+/gu, " ");
}
