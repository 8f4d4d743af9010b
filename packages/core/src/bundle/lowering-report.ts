import type { Loss, Lowering, Rewriting } from "../lowering/index.ts";
import { codeBlock, inlineCode, withCode } from "./markdown.ts";

/** The text of `lowering.json`: per target what ships otherwise than it is written, key by key. Lines are those of the design's own text. */
export function loweringJson(lowerings: readonly Lowering[]): string {
  const targets = lowerings.map(({ target, parser, kernel, lost, rewritten, notes }) => ({
    target,
    parser,
    kernel,
    lost: lost.map(lossRow),
    rewritten: rewritten.map(({ file, line, column, profile, rule, instead, why }) => ({
      file,
      line,
      column,
      profile,
      rule,
      instead,
      why,
    })),
    notes: [...notes],
  }));
  return `${JSON.stringify({ format: 1, targets }, null, 2)}\n`;
}

function lossRow({
  file,
  line,
  column,
  profile,
  rule,
  kind,
  cause,
  deny,
  why,
  risk,
  instead,
  choice,
  answer,
  note,
}: Loss) {
  return { file, line, column, profile, rule, kind, cause, deny, why, risk, instead, choice, answer, note };
}

/** The text of `lowering.md`: the same for a person. */
export function loweringText(lowerings: readonly Lowering[]): string {
  const head = [
    "# What ships otherwise than it is written",
    "The design in `design/` is written once. What a target can't have of it is replaced in that target's files, which say so at the\n" +
      "place. A line number is that of the file in `design/`.",
  ];
  return `${[...head, ...lowerings.map(targetText)].join("\n\n")}\n`;
}

function targetText({ target, parser, kernel, lost, rewritten, notes }: Lowering): string {
  return [
    `## ${inlineCode(target)}: apparmor_parser ${inlineCode(parser)}, Linux ${inlineCode(kernel)}`,
    ...lost.map(lossText),
    ...(rewritten.length === 0 ? [] : ["### The same in other words", rewritten.map(rewritingRow).join("\n")]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${withCode(note)}`).join("\n")]),
  ].join("\n\n");
}

function lossText(loss: Loss): string {
  const { rule, deny, why, risk, choice, note, instead } = loss;
  const remark = note === null || note.trim() === "" ? [] : [`- Note: ${inlineCode(note.trim())}`];
  return [
    `### Lost: ${inlineCode(rule)}`,
    [
      `- Where: ${placeOf(loss)}${deny ? ", a deny: what it would have closed stays open" : ""}`,
      `- Why: ${withCode(why)}`,
      `- What that leaves: ${withCode(risk)}`,
      `- ${choice === "chosen" ? "Chosen for it" : "Nobody has chosen; by default"}: ${instead === null ? "nothing stands in its place" : "this stands in its place"}`,
      ...remark,
    ].join("\n"),
    ...(instead === null ? [] : [codeBlock(instead, "text")]),
  ].join("\n\n");
}

function rewritingRow(rewriting: Rewriting): string {
  const { rule, instead, why } = rewriting;
  return `- ${placeOf(rewriting)}: ${inlineCode(rule)} is ${instead === null ? "left out" : `written ${inlineCode(instead)}`}. ${withCode(why)}`;
}

function placeOf({ file, line, profile }: Loss | Rewriting): string {
  return `${inlineCode(`${file}:${line}`)}${profile === null ? "" : ` in ${inlineCode(profile)}`}`;
}

/** What a target loses, in a line for the README. */
export function loweringRow({ target, lost, rewritten }: Lowering): string {
  const open = lost.filter(({ choice }) => choice === "default").length;
  const words = [
    ...(lost.length === 0
      ? []
      : [`${lost.length === 1 ? "one rule or part is" : `${lost.length} rules or parts are`} lost`]),
    ...(open === 0
      ? []
      : [
          `for ${open === lost.length ? (open === 1 ? "it" : "all of them") : `${open} of them`} nobody has chosen what ships`,
        ]),
    ...(rewritten.length === 0 ? [] : [`${rewritten.length} written in other words with the same meaning`]),
  ];
  const rules = lost.map(
    ({ rule, instead, risk }) =>
      `  - ${inlineCode(rule)}: ${instead === null ? "nothing ships" : `${inlineCode(instead)} ships`}. ${withCode(risk)}`,
  );
  return [`- ${inlineCode(target)}: ${words.join("; ")}`, ...rules].join("\n");
}
