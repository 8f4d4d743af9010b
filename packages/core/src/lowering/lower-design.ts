import { policyFiles } from "../analysis/index.ts";
import {
  configPath,
  readConfig,
  viewFile,
  type Design,
  type DesignFile,
  type FileView,
  type LoweringChoice,
} from "../design/index.ts";
import type { Token } from "../syntax/index.ts";
import { applyEdits, LineIndex, type TextEdit } from "../text/index.ts";
import { decide, type Decision } from "./choices.ts";
import { flagEdits } from "./flags.ts";
import type { Findings, FoundLoss, FoundRewriting } from "./found.ts";
import type { Loss, Lowering, Rewriting } from "./lowering.ts";
import { findInFile } from "./lower-file.ts";
import { commentLines, insertAbove, lineEndOf, oneLine, replaceItem } from "./place-text.ts";
import { abiFeatures, judgeAbi } from "./preamble.ts";
import type { FileScene } from "./scene.ts";
import { symbolsOf } from "./symbols.ts";
import { mediationOf, type LoweringTarget } from "./target.ts";

/**
 * A design as it is shipped to a target: what its parser can't read, or its kernel would take for more or for nothing, is replaced by what
 * `hauberk.json` has chosen for it, else by the default: for an allow the coarser rule with what it opens beside it; for a deny none, so that
 * nothing is closed that the profile allows. A file in which nothing is lost or rewritten stays byte for byte. Equal designs and targets
 * give equal texts. Whatever the texts are, the answer is a value; the target's parser judges it. Cost: about linear in the texts.
 */
export function lowerDesign(design: Design, target: LoweringTarget): Lowering {
  const policy = design.files.filter(({ path }) => path !== configPath);
  const views = policy.map(({ path, text }) => viewFile(path, text));
  const texts = new Map(policy.map(({ path, text }) => [path, text]));
  const files = policyFiles(views, target.policy);
  const choices = choicesOf(design);
  const whole = views.filter(({ profiles }) => profiles.length > 0);
  const stated = whole.find(({ abi }) => abi !== null);
  const notes: string[] = [];
  const lowered = new Map<string, LoweredFile>();
  for (const view of views) {
    const judged = judgeAbi(target, view, texts);
    // A piece that profiles include is compiled under their abi.
    const around =
      view.profiles.length === 0 && stated !== undefined ? judgeAbi(target, stated, texts).abi : judged.abi;
    const abi = view.abi === null ? around : judged.abi;
    const mediation = mediationOf(target, abiFeatures(target, abi, texts));
    const scene: FileScene = { target, mediation, view, files, symbols: symbolsOf(view, files), abi };
    const found = findInFile(scene);
    addAbi(found, view, judged);
    if (view.profiles.length > 0 && view.abi === null) notes.push(withoutAbi(view.path));
    lowered.set(view.path, new LoweredFile(scene, found, choices));
  }
  const made = [...lowered.values()];
  return {
    target: target.id,
    parser: target.parserVersion,
    kernel: target.kernelVersion,
    files: design.files.map((file): DesignFile => {
      const text = lowered.get(file.path)?.text;
      return text === undefined || text === file.text ? file : { path: file.path, text };
    }),
    lost: made.flatMap(({ lost }) => lost),
    rewritten: made.flatMap(({ rewritten }) => rewritten),
    notes,
  };
}

function choicesOf(design: Design): readonly LoweringChoice[] {
  const file = design.files.find(({ path }) => path === configPath);
  const reading = file === undefined ? undefined : readConfig(file.text);
  return reading?.ok === true ? reading.config.lowering : [];
}

function withoutAbi(path: string): string {
  return (
    `\`${path}\` states no abi: what of it is mediated is left to each machine's parser.conf. Debian's names about all that its kernel has; ` +
    "with an empty one no socket is mediated. Nothing was added."
  );
}

function addAbi(found: Findings, view: FileView, judged: ReturnType<typeof judgeAbi>): void {
  if (view.abi === null || judged.kind === "kept") return;
  const { node } = view.abi;
  const rule = oneLine(view.tree.text.slice(node.start, node.end));
  if (judged.kind === "lost") {
    found.lost.push({ range: node, profile: null, rule, deny: false, lost: judged.lost, flag: null });
    return;
  }
  const instead = `abi <${judged.abi}>,`;
  const edits = [{ range: node, newText: instead }];
  found.rewritten.push({ range: node, profile: null, rule, instead, why: judged.why, edits, flag: null });
}

/** One file with every place decided. */
class LoweredFile {
  readonly text: string;
  readonly lost: readonly Loss[];
  readonly rewritten: readonly Rewriting[];
  readonly #scene: FileScene;
  readonly #lines: LineIndex;

  constructor(scene: FileScene, found: Findings, choices: readonly LoweringChoice[]) {
    this.#scene = scene;
    this.#lines = new LineIndex(scene.view.tree.text);
    const lost = inOrder(found.lost).map((each) => ({
      found: each,
      decision: decide(scene.target.id, each.rule, each.lost, choices),
    }));
    const covered = lost.filter(({ found: { flag } }) => flag === null).map(({ found: { range } }) => range);
    const rewritten = inOrder(found.rewritten);
    const inCovered = ({ range }: FoundRewriting): boolean =>
      covered.some((outer) => outer.start <= range.start && range.end <= outer.end);
    const literal = rewritten.filter((each) => each.rule.startsWith("@{"));
    const plain = (text: string | null, { profile }: FoundLoss): string | null =>
      literal.reduce(
        (written, each) =>
          each.profile === profile ? (written?.replaceAll(each.rule, each.instead ?? "") ?? null) : written,
        text,
      );
    const decided = lost.map(({ found: each, decision }) => ({
      found: each,
      decision,
      instead: plain(decision.answer.instead, each),
    }));
    this.lost = decided.map(({ found: each, decision, instead }) => this.#loss(each, decision, instead));
    this.rewritten = rewritten.map((each) => this.#rewriting(each));
    const edits = [
      ...decided
        .filter(({ found: { flag } }) => flag === null)
        .map(({ found: each, decision, instead }) => this.#edit(each, decision, instead)),
      ...this.#outermost(rewritten.filter((each) => each.flag === null && !inCovered(each))),
      ...this.#flags(decided, rewritten),
    ];
    this.text = edits.length === 0 ? scene.view.tree.text : this.#withBanner(applyEdits(scene.view.tree.text, edits));
  }

  /** The edits of rewritten places; of two that stand in one another the outer one's stand, and the variables inside are put in it. */
  #outermost(places: readonly FoundRewriting[]): TextEdit[] {
    const taken: TextEdit[] = [];
    const whole = places.flatMap(({ rule, edits }) => (rule.startsWith("@{") ? [] : edits));
    const literal = places.filter(({ rule }) => rule.startsWith("@{"));
    for (const edit of whole) {
      const inside = literal.filter(({ range }) => edit.range.start <= range.start && range.end <= edit.range.end);
      const newText = inside.reduce((text, each) => text.replaceAll(each.rule, each.instead ?? ""), edit.newText);
      taken.push({ range: edit.range, newText });
    }
    for (const { range, edits } of literal) {
      if (!whole.some((edit) => edit.range.start <= range.start && range.end <= edit.range.end)) taken.push(...edits);
    }
    return taken;
  }

  #place({ range, profile, rule }: FoundLoss | FoundRewriting) {
    const { line, column } = this.#lines.positionAt(range.start);
    const place = { file: this.#scene.view.path, line, column, start: range.start, end: range.end };
    return { ...place, profile: profile?.name ?? null, rule };
  }

  #loss(found: FoundLoss, { answer, choice, answers, note, refused }: Decision, instead: string | null): Loss {
    const { kind, cause, why, readable } = found.lost;
    return {
      ...this.#place(found),
      kind,
      cause,
      readable: readable ?? (cause === "widened" || cause === "unmediated"),
      deny: found.deny,
      why: refused === null ? why : `${why} ${refused}`,
      risk: answer.explanation,
      instead,
      choice,
      answer: answer.id,
      answers,
      note,
    };
  }

  #rewriting(found: FoundRewriting): Rewriting {
    return { ...this.#place(found), instead: found.instead, why: found.why };
  }

  #edit({ range, rule }: FoundLoss, { answer }: Decision, instead: string | null): TextEdit {
    const comments = this.#comments(rule, answer);
    const lines = instead === null ? [] : instead.split(/\r?\n/u);
    return replaceItem(this.#scene.view.tree.text, range, comments, lines);
  }

  #comments(rule: string, { answer, instead, explanation }: Decision["answer"]): string[] {
    const { id } = this.#scene.target;
    const lead = instead === null ? "Left out for" : answer === "text" ? "In its place for" : "Lowered for";
    return [...commentLines(`${lead} ${id}: ${rule}`), ...commentLines(`Risk: ${explanation}`)];
  }

  #flags(
    decided: readonly { readonly found: FoundLoss; readonly decision: Decision; readonly instead: string | null }[],
    rewritten: readonly FoundRewriting[],
  ): TextEdit[] {
    const { tree } = this.#scene.view;
    const lost = decided.filter(({ found: { flag } }) => flag !== null);
    const heads = new Set([
      ...lost.map(({ found: { profile } }) => profile),
      ...rewritten.flatMap((each) => (each.flag === null ? [] : [each.profile])),
    ]);
    return [...heads].flatMap((profile): TextEdit[] => {
      if (profile === null) return [];
      const instead = new Map<Token, string | null>();
      for (const each of rewritten)
        if (each.flag !== null && each.profile === profile) instead.set(each.flag, each.instead);
      const own = lost.filter(({ found: each }) => each.profile === profile);
      for (const each of own) if (each.found.flag !== null) instead.set(each.found.flag, each.instead);
      const comments = own.flatMap(({ found: { rule }, decision: { answer } }) => this.#comments(rule, answer));
      const above = comments.length === 0 ? [] : [insertAbove(tree.text, profile.node.start, comments)];
      return [...above, ...flagEdits(tree, profile, instead)];
    });
  }

  #withBanner(text: string): string {
    const at = text.startsWith("\uFEFF") ? 1 : 0;
    const banner = `# Lowered by Hauberk for ${this.#scene.target.id}: the bundle's lowering.md and \`hauberk lower\` say what is lost, and why.`;
    return text.slice(0, at) + banner + lineEndOf(text) + text.slice(at);
  }
}

function inOrder<T extends { readonly range: { readonly start: number } }>(places: readonly T[]): T[] {
  return places.toSorted((a, b) => a.range.start - b.range.start);
}
