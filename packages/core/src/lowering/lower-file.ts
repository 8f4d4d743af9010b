import { resolveAmong } from "../analysis/index.ts";
import { allRules, effectiveQualifiers, readInclude, type ProfileRule, type ProfileView } from "../design/index.ts";
import { changeRule, isRuleNode, readQualifiers, type RuleValue } from "../rules/index.ts";
import { childOfKind, isNode, textOf, tokenWithRole, type SyntaxNode } from "../syntax/index.ts";
import type { TextRange } from "../text/index.ts";
import { autoVariables } from "./auto-variables.ts";
import { headOf, judgeConditional, unwrapEdits } from "./conditional.ts";
import { flagTokens, judgeFlag } from "./flags.ts";
import type { Findings } from "./found.ts";
import { judgeRule } from "./judge-rule.ts";
import { oneLine, replaceItem, commentLines } from "./place-text.ts";
import { assignmentRewritings } from "./preamble.ts";
import { withoutPriority } from "./priority.ts";
import { answerOf, parserName, reads, type FileScene, type Judgement, type LostPlace } from "./scene.ts";

/** What of a file the target can't have as it is written, its abi line aside; in no order. */
export function findInFile(scene: FileScene): Findings {
  return new FileWalk(scene).run();
}

class FileWalk {
  readonly #scene: FileScene;
  readonly #rules: ReadonlyMap<SyntaxNode, ProfileRule>;
  readonly #profiles = new Map<SyntaxNode, ProfileView>();
  readonly #found: Findings = { lost: [], rewritten: [] };
  /** Ranges that the parser stumbles over anyway. */
  readonly #broken: readonly TextRange[];

  constructor(scene: FileScene) {
    this.#scene = scene;
    this.#rules = new Map(allRules(scene.view).map((placed) => [placed.rule.node, placed]));
    this.#broken = scene.view.tree.errors;
    const note = (profile: ProfileView): void => {
      this.#profiles.set(profile.node, profile);
      for (const child of profile.children) note(child);
    };
    for (const profile of scene.view.profiles) note(profile);
  }

  run(): Findings {
    this.#found.rewritten.push(...assignmentRewritings(this.#scene));
    this.#items(this.#scene.view.tree.root, null);
    return this.#found;
  }

  #items(parent: SyntaxNode, profile: ProfileView | null): void {
    for (const node of parent.children) {
      if (!isNode(node) || this.#isBroken(node)) continue;
      if (isRuleNode(node)) this.#rule(node, profile);
      else if (node.kind === "include") this.#include(node, profile);
      else if (node.kind === "conditional") this.#conditional(node, profile);
      else if (node.kind === "qualified-block") this.#block(node, profile);
      else if (node.kind === "profile" || node.kind === "hat") this.#profile(node);
      else if (node.kind === "body" || node.kind === "conditional-branch") this.#items(node, profile);
    }
  }

  /** Only what is whole is judged; of a profile or block with an error inside the rest is. */
  #isBroken(node: SyntaxNode): boolean {
    const isItem = isRuleNode(node) || node.kind === "include";
    return isItem && this.#broken.some(({ start, end }) => start >= node.start && end <= node.end);
  }

  #profile(node: SyntaxNode): void {
    const profile = this.#profiles.get(node);
    if (profile === undefined) return;
    for (const token of flagTokens(profile)) {
      const flag = textOf(this.#scene.view.tree, token);
      const judged = judgeFlag(this.#scene, flag);
      const about = { range: token, profile, rule: `flags=(${oneLine(flag)})`, flag: token };
      if (judged.kind === "lost") this.#found.lost.push({ ...about, deny: false, lost: judged.lost });
      else if (judged.kind === "rewritten") {
        this.#found.rewritten.push({ ...about, instead: judged.instead, why: judged.why, edits: [] });
      }
    }
    this.#found.rewritten.push(...autoVariables(this.#scene, profile));
    if (profile.body !== undefined) this.#items(profile.body, profile);
  }

  #rule(node: SyntaxNode, profile: ProfileView | null): void {
    const placed = this.#rules.get(node);
    if (placed === undefined) return;
    const deny = effectiveQualifiers(this.#scene.view.tree, placed).access === "deny";
    this.#take(node, profile, deny, judgeRule({ ...this.#scene, profile, placed, deny }));
  }

  #take(node: SyntaxNode, profile: ProfileView | null, deny: boolean, judged: Judgement): void {
    if (judged.kind === "kept") return;
    const { tree } = this.#scene.view;
    const rule = oneLine(textOf(tree, node));
    if (judged.kind === "lost") this.#lose(node, profile, rule, deny, judged.lost);
    else {
      const lines = judged.instead?.split("\n") ?? [];
      const comments = lines.length > 1 ? commentLines(`${rule} as ${this.#scene.target.id} reads it`) : [];
      const edits = [replaceItem(tree.text, node, comments, lines)];
      this.#found.rewritten.push({
        range: node,
        profile,
        rule,
        instead: judged.instead,
        why: judged.why,
        edits,
        flag: null,
      });
    }
  }

  #lose(node: SyntaxNode, profile: ProfileView | null, rule: string, deny: boolean, lost: LostPlace): void {
    this.#found.lost.push({ range: node, profile, rule, deny, lost, flag: null });
  }

  #include(node: SyntaxNode, profile: ProfileView | null): void {
    const { view, files, target } = this.#scene;
    const include = readInclude(view.tree, node);
    if (include.path === "" || resolveAmong(include, files).standing !== "missing") return;
    const path = tokenWithRole(node, "path");
    const written = path === undefined ? `<${include.path}>` : textOf(view.tree, path);
    this.#lose(node, profile, oneLine(textOf(view.tree, node)), false, {
      kind: "include",
      cause: "missing",
      why: `${target.id} has no \`${include.path}\`.`,
      answers: [
        answerOf(
          "omit",
          "Include it only where it is there",
          `include if exists ${written}`,
          profile === null
            ? "What it would set is not set there; a rule that needs one of its variables is refused by the parser."
            : "Its rules are not there: what they allow is refused, unless another rule allows it.",
        ),
      ],
    });
  }

  #conditional(node: SyntaxNode, profile: ProfileView | null): void {
    const { tree } = this.#scene.view;
    const judged = judgeConditional(this.#scene, profile, node);
    if (judged.kind === "lost") {
      this.#lose(node, profile, oneLine(textOf(tree, node)), false, judged.lost);
      return;
    }
    if (judged.kind === "kept") {
      for (const branch of node.children) if (isNode(branch)) this.#items(branch, profile);
      return;
    }
    const rule = headOf(tree, node);
    const { taken, why } = judged;
    const body = taken === null ? undefined : childOfKind(taken, "body");
    const said = `${rule}: decided for ${this.#scene.target.id}`;
    const edits =
      body === undefined
        ? [replaceItem(tree.text, node, commentLines(`${said}, no branch of it holds there`), [])]
        : unwrapEdits(tree, node, body, said);
    if (edits === null) return;
    const held = body === undefined ? null : oneLine(tree.text.slice(body.start + 1, body.end - 1));
    const decided = `${why} Decided with the variables as they are set now: changing them on the machine changes nothing there.`;
    this.#found.rewritten.push({ range: node, profile, rule, instead: held, why: decided, edits, flag: null });
    if (body !== undefined) this.#items(body, profile);
  }

  /** `deny { … }` where the parser can't read it: each of its rules denies by itself. */
  #block(node: SyntaxNode, profile: ProfileView | null): void {
    const { tree } = this.#scene.view;
    const { access, audit, owner } = readQualifiers(tree, node);
    const body = childOfKind(node, "body");
    if ((access !== "deny" && access !== "prompt") || reads(this.#scene, "deny-block") || body === undefined) {
      this.#items(node, profile);
      return;
    }
    const why = `${parserName(this.#scene)} can't read \`${access} { … }\``;
    const items = body.children.filter(isNode);
    const placed = items.flatMap((item) => this.#rules.get(item) ?? []);
    const unwrapped = unwrapEdits(tree, node, body, `${access} { … } as ${this.#scene.target.id} reads it`);
    const rule = oneLine(textOf(tree, node));
    const isPlain =
      placed.length === items.length &&
      placed.every(({ rule: each }) => each.value.kind === "file" || each.value.kind === "link");
    if (access === "prompt" || !isPlain || unwrapped === null) {
      const open =
        access === "deny"
          ? "What it should close stays open wherever another rule opens it."
          : "It is refused without a question, unless another rule allows it.";
      const answers = [answerOf("omit", "No rule of it", null, open)];
      this.#lose(node, profile, rule, access === "deny", {
        kind: "block",
        cause: "unreadable",
        why: `${why}.`,
        answers,
      });
      return;
    }
    const changes = placed.map(({ rule: each }) => {
      const plain: RuleValue = withoutPriority(each.value);
      const own = plain.qualifiers;
      // What the block says of access and audit takes the place of the rule's own: measured with 4.1.0 and 5.0.2.
      const qualifiers = { ...own, access, audit, owner: own.owner ?? owner };
      return changeRule(tree, each, { ...plain, qualifiers });
    });
    // The parser stumbles over a rule that can't be read anyway: the block stays as it is.
    if (!changes.every((change) => change.ok)) return;
    const edits = changes.flatMap((change) => (change.ok ? change.edits : []));
    this.#found.rewritten.push({
      range: node,
      profile,
      rule,
      instead: null,
      why: `${why}; each of its rules denies by itself.`,
      edits: [...unwrapped, ...edits],
      flag: null,
    });
  }
}
