import { modify } from "jsonc-parser";
import {
  checkLoweringChoice,
  readConfig,
  viewFile,
  withoutBom,
  type DesignFile,
  type LoweringChoice,
} from "../design/index.ts";
import { isNode } from "../syntax/index.ts";
import { accept, refuse } from "./answer.ts";
import { shown } from "./check-words.ts";
import type { EditOutcome } from "./edit-outcome.ts";

/**
 * Keeps in `hauberk.json` how a rule is shipped to a target that can't have it. A choice for the same rule and target takes the
 * place of the one before.
 */
export function chooseLowering(file: DesignFile, choice: LoweringChoice): EditOutcome {
  const opened = open(file);
  if (!opened.ok) return opened;
  const check = checkLoweringChoice(choice);
  if (!check.ok) return check;
  const isText = choice.answer === "text" || (choice.answer === undefined && choice.instead !== null);
  const problem = isText ? loweringTextProblem(choice.instead ?? "") : null;
  if (problem !== null) return refuse(problem);
  const at = opened.choices.findIndex((each) => isSame(each, choice));
  const label = `choose for ${targetName(choice.target)}: ${choice.answer ?? "text"} for ${shown(choice.rule.replace(/,$/u, ""))}`;
  const place = at === -1 ? opened.choices.length : at;
  return accept(file, label, edits(opened.text, ["lowering", place], ordered(choice), at === -1 && opened.hasList));
}

/** Takes a choice back: nobody has chosen then. */
export function forgetLowering(file: DesignFile, choice: Pick<LoweringChoice, "target" | "rule">): EditOutcome {
  const opened = open(file);
  if (!opened.ok) return opened;
  const at = opened.choices.findIndex((each) => isSame(each, choice));
  const rule = shown(choice.rule.replace(/,$/u, ""));
  if (at === -1) return refuse(`nothing is chosen for ${rule} and ${targetName(choice.target)}`);
  return accept(file, `take back what was chosen for ${rule}`, edits(opened.text, ["lowering", at], undefined, false));
}

/** Why a text can't stand in the place of a rule; null where it can: whole rules, includes and comments, and nothing that leaves the profile. */
export function loweringTextProblem(text: string): string | null {
  const { tree } = viewFile("", `profile x {\n${text}\n}\n`);
  const [profile, ...others] = tree.root.children.filter(isNode);
  const body = profile?.children.filter(isNode).at(-1);
  const [error] = tree.errors;
  if (error !== undefined) return `the text can't stand in a profile: ${error.message}`;
  if (others.length > 0 || body?.kind !== "body") return "the text closes the profile that it stands in";
  const items = body.children.filter(isNode);
  const odd = items.find(({ kind }) => kind !== "include" && !kind.endsWith("-rule"));
  if (odd !== undefined) return "in the place of a rule only rules, includes and comments can stand";
  return items.length === 0 ? "the text holds no rule; choose to leave the rule out instead" : null;
}

function targetName(target: string): string {
  return target === "*" ? "every target" : target;
}

/** A rule is the same however its blanks are spaced. */
function isSame(a: Pick<LoweringChoice, "target" | "rule">, b: Pick<LoweringChoice, "target" | "rule">): boolean {
  return a.target === b.target && inOneLine(a.rule) === inOneLine(b.rule);
}

function inOneLine(rule: string): string {
  return rule.replaceAll(/\s+/gu, " ").trim();
}

/** The keys in the order that a reader expects; what is not said is not written. */
function ordered({ target, rule, answer, instead, companion, note }: LoweringChoice): LoweringChoice {
  return {
    target,
    rule,
    ...(answer !== undefined && { answer }),
    instead,
    ...(companion !== undefined && { companion }),
    ...(note !== undefined && { note }),
  };
}

interface OpenConfig {
  readonly ok: true;
  readonly text: string;
  readonly choices: readonly LoweringChoice[];
  readonly hasList: boolean;
}

function open(file: DesignFile): OpenConfig | { readonly ok: false; readonly reason: string } {
  const reading = readConfig(file.text);
  if (!reading.ok) {
    const [error] = reading.errors;
    const place = error === undefined ? "" : ` (line ${error.line}: ${error.message})`;
    return { ok: false, reason: `${file.path} can't be read${place}; mend it first` };
  }
  const text = withoutBom(file.text);
  return { ok: true, text, choices: reading.config.lowering, hasList: reading.config.lowering.length > 0 };
}

function edits(json: string, place: (string | number)[], value: unknown, isArrayInsertion: boolean) {
  const formattingOptions = {
    eol: json.includes("\r\n") ? "\r\n" : "\n",
    insertSpaces: !/\n\t/u.test(json),
    tabSize: /\n( +)\S/u.exec(json)?.[1]?.length ?? 2,
  };
  return modify(json, place, value, { formattingOptions, isArrayInsertion }).map(({ offset, length, content }) => ({
    range: { start: offset, end: offset + length },
    newText: content,
  }));
}
