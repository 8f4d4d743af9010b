import { checkRule, patternsOf, readQualifiers, readRule, isRuleNode, type PlacedRule } from "../../rules/index.ts";
import { isNode, textOf, tokenWithRole, tokensWithRole, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";
import type { TextRange } from "../../text/index.ts";
import { isKeptInBlocks } from "../blocks.ts";
import type { IncludeView } from "../design.ts";
import { readAssignment, readFileReference, readInclude } from "../view-file.ts";
import { evaluateExpression } from "./expression.ts";
import { ExecRules } from "./exec-conflicts.ts";
import { attachedPath, checkHead, checkHeadPatterns, type ProfileName } from "./profile-head.ts";
import { SymbolTable } from "./variables.ts";

/** What is wrong with a policy, and where. */
export interface PolicyProblem {
  readonly path: string;
  /** Stable, for example `policy/variable-twice`. */
  readonly code: string;
  readonly message: string;
  readonly range: TextRange;
}

/** A policy file, what it includes, and how much of that can be seen. */
export interface PolicySources {
  /** The tree of a file that `resolve` has named. */
  readonly treeOf: (path: string) => SyntaxTree;
  /** The files that an include names; null where nothing is there. */
  readonly resolve: (include: Pick<IncludeView, "path" | "magic">) => readonly string[] | null;
  /**
   * `all`: what cannot be found is not there. `some`: the machine has more files, so only what holds whatever they say
   * is a problem. `piece`: likewise, and the file itself may be one that others include, into a profile or before it.
   */
  readonly seen: "all" | "some" | "piece";
}

/** A file of the policy while it is walked through. */
interface Source {
  readonly path: string;
  readonly tree: SyntaxTree;
}

/** Where the walk stands. */
interface Place {
  readonly source: Source;
  /** Null outside of any profile. */
  readonly profile: ProfileScope | null;
  /** The blocks of rules around the place, outermost first. */
  readonly blocks: readonly SyntaxNode[];
  /** False in a branch that its condition rules out: what only a compiler finds is not looked for there. */
  readonly live: boolean;
}

/** The profile around the place, and what must be unique or consistent in it. */
interface ProfileScope {
  readonly source: Source;
  readonly node: SyntaxNode;
  readonly name: ProfileName | null;
  readonly children: Set<string>;
  readonly rules: { readonly source: Source; readonly rule: PlacedRule; readonly blocks: readonly SyntaxNode[] }[];
  readonly live: boolean;
}

/** Problems that the parser finds when it compiles, not while it reads: only in rules that count. */
const foundWhenCompiled: ReadonlySet<string> = new Set(["rule/bad-glob", "rule/impossible-mount"]);

/** How deep files may include one another. */
const maximalIncludeDepth = 100;

/** Goes through a policy file and all it includes, and says what the parser would refuse, in the order of finding. */
export function policyProblems(path: string, sources: PolicySources): readonly PolicyProblem[] {
  return new PolicyCheck(sources).run(path);
}

class PolicyCheck {
  readonly #sources: PolicySources;
  readonly #problems: PolicyProblem[] = [];
  readonly #opened = new Map<string, Source>();
  readonly #symbols = new SymbolTable();
  readonly #profiles: ProfileScope[] = [];
  readonly #topNames = new Set<string>();
  readonly #told = new Set<string>();
  #included = new Set<string>();
  #inPreamble = true;
  #includeDepth = 0;
  /** The preamble may set more than what has been read: nothing can be told of a variable that has not been met. */
  #open: boolean;

  constructor(sources: PolicySources) {
    this.#sources = sources;
    this.#open = sources.seen === "piece";
  }

  run(path: string): readonly PolicyProblem[] {
    const source = this.#openSource(path);
    this.#walk({ source, profile: null, blocks: [], live: true }, source.tree.root);
    if (this.#sources.seen !== "all" || this.#problems.length === 0) {
      for (const profile of this.#profiles) if (profile.live) this.#checkCompiled(profile);
    }
    return this.#problems;
  }

  #openSource(path: string): Source {
    const known = this.#opened.get(path);
    if (known !== undefined) return known;
    const source = { path, tree: this.#sources.treeOf(path) };
    this.#opened.set(path, source);
    for (const { code, message, start, end } of source.tree.errors) this.#report(source, code, message, { start, end });
    if (this.#sources.seen !== "all" && isPreambleBroken(source.tree)) this.#open = true;
    return source;
  }

  #report({ path }: Source, code: string, message: string, { start, end }: TextRange): void {
    this.#problems.push({ path, code, message, range: { start, end } });
  }

  /** False where a design's file has the same said of it already: one variable that is not set is told once. */
  #isNews({ path }: Source, message: string): boolean {
    const key = `${path}\n${message}`;
    if (this.#sources.seen !== "all" && this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }

  /** Goes through what stands in a node, in the order of the text. */
  #walk(place: Place, parent: SyntaxNode): void {
    for (const child of parent.children) if (isNode(child)) this.#visit(place, child);
  }

  #visit(place: Place, node: SyntaxNode): void {
    if (isRuleNode(node)) this.#visitRule(place, node);
    else if (node.kind === "include") this.#visitInclude(place, node);
    else if (node.kind === "abi") this.#visitAbi(place, node);
    else if (node.kind === "variable-assignment") this.#visitPreamble(place, node);
    else if (node.kind === "boolean-assignment") this.#visitPreamble(place, node);
    else if (node.kind === "alias") this.#visitPreamble(place, node);
    else if (node.kind === "profile" || node.kind === "hat") this.#visitProfile(place, node);
    else if (node.kind === "conditional") this.#visitConditional(place, node);
    else if (node.kind === "qualified-block") this.#visitBlock(place, node);
    else if (node.kind === "body") this.#walk(place, node);
  }

  #outside({ source, profile }: Place, node: SyntaxNode, what: string): void {
    if (profile !== null || this.#sources.seen === "piece") return;
    this.#report(source, "policy/outside-profile", `${what} cannot stand outside of a profile`, node);
  }

  #visitInclude(place: Place, node: SyntaxNode): void {
    const { source, profile } = place;
    const include = readInclude(source.tree, node);
    if (include.path === "") return;
    const paths = this.#sources.resolve(include);
    if (paths === null) {
      // Into a profile no file can bring variables.
      if (this.#sources.seen !== "all") this.#open ||= profile === null;
      else if (!include.ifExists) {
        this.#report(source, "policy/missing-include", `there is no file \`${include.path}\` to include`, node);
      }
      return;
    }
    for (const path of paths) {
      if (this.#included.has(path)) continue;
      this.#included.add(path);
      if (this.#includeDepth >= maximalIncludeDepth) {
        const message = `files include one another over ${maximalIncludeDepth} levels`;
        this.#report(source, "policy/include-depth", message, node);
        return;
      }
      this.#includeDepth++;
      const included = this.#openSource(path);
      this.#walk({ ...place, source: included }, included.tree.root);
      this.#includeDepth--;
    }
  }

  #visitAbi({ source, profile }: Place, node: SyntaxNode): void {
    if (profile === null && !this.#inPreamble) this.#afterProfile(source, node, "`abi`");
    const abi = readFileReference(source.tree, node);
    if (abi.path === "" || (abi.magic && (abi.path === "kernel" || abi.path === "default"))) return;
    if (this.#sources.seen === "all" && this.#sources.resolve(abi) === null) {
      this.#report(source, "policy/missing-abi", `there is no feature file \`${abi.path}\``, node);
    }
  }

  #afterProfile(source: Source, node: SyntaxNode, what: string): void {
    this.#report(source, "policy/after-profile", `${what} stands before the first profile, not behind one`, node);
  }

  #visitPreamble({ source, profile }: Place, node: SyntaxNode): void {
    if (profile !== null) {
      // In the file itself the syntax has said so already; in an included file only this place tells.
      if (source !== profile.source) {
        this.#report(source, "policy/outside-preamble", "what is included into a profile cannot set variables", node);
      }
      return;
    }
    if (!this.#inPreamble) this.#afterProfile(source, node, node.kind === "alias" ? "an alias" : "an assignment");
    if (node.kind === "variable-assignment") this.#assignVariable(source, node);
    else if (node.kind === "boolean-assignment") this.#assignBoolean(source, node);
  }

  #assignVariable(source: Source, node: SyntaxNode): void {
    const { name, operator, values } = readAssignment(source.tree, node);
    if (operator === ":=") {
      this.#symbols.override(name, { kind: "set", values });
    } else if (operator === "+=") {
      const problem = this.#symbols.append(name, values);
      if (problem !== null && !this.#open) this.#report(source, "policy/unset-variable", problem, node);
    } else if (!this.#symbols.define(name, { kind: "set", values }) && operator === "=") {
      const message = `\`@{${name}}\` is set before: add to it by \`+=\``;
      this.#report(source, "policy/variable-twice", message, node);
    }
  }

  #assignBoolean(source: Source, node: SyntaxNode): void {
    const { name, operator } = readAssignment(source.tree, node);
    const inner = { ...node, children: node.children.slice(expressionStart(node)) };
    const value = this.#evaluate(source, inner);
    if (operator === "+=") {
      this.#report(source, "policy/boolean-append", "nothing can be added to a boolean variable", node);
    } else if (operator === ":=") {
      this.#symbols.override(name, { kind: "boolean", value });
    } else if (!this.#symbols.define(name, { kind: "boolean", value }) && operator === "=") {
      this.#report(source, "policy/variable-twice", `\`$${name}\` is set before`, node);
    }
  }

  /** What an expression comes to; false where that depends on what cannot be seen. */
  #evaluate(source: Source, node: SyntaxNode): boolean {
    return evaluateExpression(source.tree, node, this.#symbols, (message, at) => {
      if (!this.#open) this.#report(source, "policy/bad-expression", message, at);
    });
  }

  #visitProfile(place: Place, node: SyntaxNode): void {
    const { source, profile: parent } = place;
    if (parent === null) this.#inPreamble = false;
    const report = (code: string, message: string, at: TextRange): void => this.#report(source, code, message, at);
    const name = checkHead(source.tree, node, parent === null, report);
    const keyword = tokenWithRole(node, "keyword") !== undefined;
    if (parent !== null && !keyword) {
      report("policy/child-without-keyword", "a profile inside of another begins with `profile`, `hat` or `^`", node);
    }
    // The parser forgets what stands in a block of its own, so nothing there counts.
    const live = place.live && place.blocks.length === 0;
    const scope: ProfileScope = { source, node, name, children: new Set(), rules: [], live };
    this.#profiles.push(scope);
    const included = this.#included;
    this.#included = new Set();
    this.#walk({ source, profile: scope, blocks: [], live }, node);
    this.#included = included;
    if (name !== null && live) this.#addName(source, node, name, parent);
  }

  #addName(source: Source, node: SyntaxNode, name: ProfileName, parent: ProfileScope | null): void {
    const known = parent === null ? this.#topNames : parent.children;
    const key = `${name.namespace ?? ""}:${name.name}`;
    if (known.has(key)) {
      const token = tokenWithRole(node, "name") ?? node;
      this.#report(source, "policy/profile-twice", `there is a profile \`${name.name}\` already`, token);
    }
    known.add(key);
  }

  #visitConditional(place: Place, node: SyntaxNode): void {
    const { source } = place;
    this.#outside(place, node, "a conditional");
    let taken = false;
    for (const branch of node.children) {
      if (!isNode(branch)) continue;
      const isIf = tokensWithRole(branch, "keyword").some((token) => textOf(source.tree, token) === "if");
      const holds = isIf ? this.#evaluate(source, branch) : true;
      this.#walk({ ...place, live: place.live && holds && !taken && !this.#open }, branch);
      taken ||= holds;
    }
  }

  #visitBlock(place: Place, node: SyntaxNode): void {
    this.#outside(place, node, "a block of rules");
    const { priority } = readQualifiers(place.source.tree, node);
    if (priority !== null && priority !== 0) {
      const message = "`priority=` cannot stand before a block, only before a rule";
      this.#report(place.source, "policy/block-priority", message, node);
    }
    this.#walk({ ...place, blocks: [...place.blocks, node] }, node);
  }

  #visitRule(place: Place, node: SyntaxNode): void {
    const { source, profile, blocks, live } = place;
    const rule = readRule(source.tree, node);
    this.#outside(place, node, "a rule");
    const counts = live && (blocks.length === 0 || isKeptInBlocks(rule.value.kind));
    for (const problem of checkRule(source.tree, rule)) {
      if (counts || !foundWhenCompiled.has(problem.code)) this.#report(source, problem.code, problem.message, problem);
    }
    this.#checkBlockAccess(source, rule, blocks);
    if (profile !== null && counts) profile.rules.push({ source, rule, blocks });
  }

  /** The access of a block takes the place of the rule's own, whether it is written or not. */
  #checkBlockAccess(source: Source, { node, value }: PlacedRule, blocks: readonly SyntaxNode[]): void {
    const [outer] = blocks;
    if (value.kind === "change_profile" && value.exec !== null && outer !== undefined) {
      const denied = readQualifiers(source.tree, outer).access === "deny";
      const message = "the parser refuses a change_profile rule with the path of a program inside of this block";
      if (!denied) this.#report(source, "policy/block-change-profile", message, node);
    }
    if (value.kind !== "file") return;
    const exec = value.path === null && value.permissions.length === 0 ? "ix" : value.exec;
    for (const block of exec === null ? [] : blocks) {
      const denies = readQualifiers(source.tree, block).access === "deny";
      if (denies === (exec === "x")) continue;
      const message = denies
        ? `\`${exec}\` cannot be denied by the block around it: a deny rule takes a plain \`x\``
        : "`x` needs a mode before it: the block around it makes this an allow rule";
      this.#report(source, "policy/block-exec", message, node);
      return;
    }
  }

  /** What the parser finds after it has read all: variables without value, globs, two ways to start one program. */
  #checkCompiled(profile: ProfileScope): void {
    const { source, node, name } = profile;
    // Where the preamble may hold more, a variable stands for nothing but itself.
    const symbols = this.#open ? new SymbolTable() : this.#symbolsOf(profile);
    if (name !== null && !this.#open) {
      checkHeadPatterns(source.tree, node, name, this.#symbols, (code, message, at) => {
        if (this.#isNews(source, message)) this.#report(source, code, message, at);
      });
    }
    const execs = new ExecRules(symbols);
    for (const { source: from, rule, blocks } of profile.rules) {
      for (const pattern of this.#open ? [] : patternsOf(from.tree, rule.node, rule.value.kind)) {
        const problem = symbols.patternProblem(pattern.text, pattern.glob);
        if (problem !== null && this.#isNews(from, problem)) this.#report(from, "policy/bad-pattern", problem, pattern);
      }
      const conflict = execConflict(from.tree, rule, blocks, execs);
      if (conflict !== null) this.#report(from, "policy/exec-conflict", conflict, rule.node);
    }
  }

  /** The variables of the preamble, and those that the parser sets for each profile. */
  #symbolsOf({ source, node, name }: ProfileScope): SymbolTable {
    if (name === null) return this.#symbols;
    const path = attachedPath(source.tree, node, name);
    const own = new Map([["profile_name", name.name]]);
    if (path !== null) own.set("exec_path", path).set("attach_path", path);
    return this.#symbols.with([...own].map(([key, value]) => [key, { kind: "set", values: [value] }] as const));
  }
}

/** True where an error stands outside of any profile: what cannot be read there may have set a variable. */
function isPreambleBroken({ root, errors }: SyntaxTree): boolean {
  const profiles = root.children.filter((child) => isNode(child) && (child.kind === "profile" || child.kind === "hat"));
  return errors.some((error) => !profiles.some(({ start, end }) => start <= error.start && error.end <= end));
}

/** Where the expression begins in an assignment: behind its first operator. */
function expressionStart(node: SyntaxNode): number {
  return node.children.findIndex((child) => !isNode(child) && child.role === "operator") + 1;
}

function execConflict(
  tree: SyntaxTree,
  { value }: PlacedRule,
  blocks: readonly SyntaxNode[],
  execs: ExecRules,
): string | null {
  if (value.kind === "change_profile") return value.qualifiers.access === "deny" ? null : execs.addChangeProfile(value);
  if (value.kind !== "file") return null;
  const outer = blocks[0];
  const access = outer === undefined ? value.qualifiers.access : readQualifiers(tree, outer).access;
  return access === "deny" ? null : execs.addFile(value, value.qualifiers.priority ?? 0);
}
