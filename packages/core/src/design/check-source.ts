import { checkRule, patternsOf, readQualifiers, readRule, isRuleNode, type PlacedRule } from "../rules/index.ts";
import {
  isNode,
  parse,
  textOf,
  tokenWithRole,
  tokensWithRole,
  type SyntaxNode,
  type SyntaxTree,
} from "../syntax/index.ts";
import { LineIndex, type TextRange } from "../text/index.ts";
import { evaluateExpression } from "./check/expression.ts";
import { ExecRules } from "./check/exec-conflicts.ts";
import { attachedPath, checkHead, checkHeadPatterns, type ProfileName } from "./check/profile-head.ts";
import { SymbolTable } from "./check/variables.ts";
import { resolveInclude, type SourceReader } from "./include-closure.ts";
import { readAssignment, readFileReference, readInclude } from "./view-file.ts";

/** What is wrong with a policy, and where: 1-based line and column in UTF-16. */
export interface SourceError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Stable, for example `syntax/expected-comma`. */
  readonly code: string;
  readonly message: string;
}

/** Core's own answer on a policy; the parser of a target stays the judge. */
export interface SourceCheck {
  readonly ok: boolean;
  readonly errors: readonly SourceError[];
}

/** A policy file to check, and how to reach what it includes. */
export interface CheckRequest extends SourceReader {
  readonly path: string;
  readonly text: string;
}

/** A file of the policy while it is walked through. */
interface Source {
  readonly path: string;
  readonly tree: SyntaxTree;
  readonly lines: LineIndex;
}

/** The profile around the place, and what must be unique or consistent in it. */
interface ProfileScope {
  readonly source: Source;
  readonly node: SyntaxNode;
  readonly name: ProfileName | null;
  readonly children: Set<string>;
  readonly rules: { readonly source: Source; readonly rule: PlacedRule; readonly blocks: readonly SyntaxNode[] }[];
  /** False in a branch that its condition rules out: what only a compiler finds is not looked for there. */
  readonly live: boolean;
}

/** Problems that the parser finds when it compiles, not while it reads: only in rules that count. */
const foundWhenCompiled: ReadonlySet<string> = new Set(["rule/bad-glob", "rule/impossible-mount"]);

/** How deep files may include one another. */
const maximalIncludeDepth = 100;

/**
 * Reads a policy as apparmor_parser 5.0 reads it, includes and all, and says what it would refuse. Nothing is
 * compiled: of overlapping globs with different exec modes, and of abi files, the real parser knows more.
 */
export function checkSource(request: CheckRequest): SourceCheck {
  return new PolicyCheck(request).run(request.path, request.text);
}

class PolicyCheck {
  readonly #reader: SourceReader;
  readonly #errors: SourceError[] = [];
  readonly #sources = new Map<string, Source>();
  readonly #symbols = new SymbolTable();
  readonly #profiles: ProfileScope[] = [];
  readonly #topNames = new Set<string>();
  #included = new Set<string>();
  #inPreamble = true;
  #includeDepth = 0;

  constructor(reader: SourceReader) {
    this.#reader = reader;
  }

  run(path: string, text: string): SourceCheck {
    const source = this.#open(path, text);
    this.#walk(source, source.tree.root, null, [], true);
    if (this.#errors.length === 0) for (const profile of this.#profiles) if (profile.live) this.#checkCompiled(profile);
    return { ok: this.#errors.length === 0, errors: this.#errors };
  }

  #open(path: string, text: string): Source {
    const known = this.#sources.get(path);
    if (known !== undefined) return known;
    const source = { path, tree: parse(text), lines: new LineIndex(text) };
    this.#sources.set(path, source);
    for (const { code, message, start, end } of source.tree.errors) this.#report(source, code, message, { start, end });
    return source;
  }

  #report(source: Source, code: string, message: string, at: TextRange): void {
    this.#errors.push({ file: source.path, ...source.lines.positionAt(at.start), code, message });
  }

  /** Goes through what stands in a node, in the order of the text. `profile` is null outside of any. */
  #walk(
    source: Source,
    parent: SyntaxNode,
    profile: ProfileScope | null,
    blocks: readonly SyntaxNode[],
    live: boolean,
  ): void {
    for (const child of parent.children) if (isNode(child)) this.#visit(source, child, profile, blocks, live);
  }

  #visit(
    source: Source,
    node: SyntaxNode,
    profile: ProfileScope | null,
    blocks: readonly SyntaxNode[],
    live: boolean,
  ): void {
    switch (node.kind) {
      case "include":
        return this.#visitInclude(source, node, profile, blocks, live);
      case "abi":
        return this.#visitAbi(source, node, profile);
      case "variable-assignment":
      case "boolean-assignment":
      case "alias":
        return this.#visitPreamble(source, node, profile);
      case "profile":
      case "hat":
        return this.#visitProfile(source, node, profile, blocks, live);
      case "conditional":
        return this.#visitConditional(source, node, profile, blocks, live);
      case "qualified-block":
        return this.#visitBlock(source, node, profile, blocks, live);
      case "body":
        return this.#walk(source, node, profile, blocks, live);
      default:
        if (isRuleNode(node)) this.#visitRule(source, node, profile, blocks, live);
    }
  }

  #outside(source: Source, node: SyntaxNode, what: string): void {
    this.#report(source, "policy/outside-profile", `${what} cannot stand outside of a profile`, node);
  }

  #visitInclude(
    source: Source,
    node: SyntaxNode,
    profile: ProfileScope | null,
    blocks: readonly SyntaxNode[],
    live: boolean,
  ): void {
    const include = readInclude(source.tree, node);
    if (include.path === "") return;
    const paths = resolveInclude(include, this.#reader);
    if (paths === null) {
      if (!include.ifExists) {
        this.#report(source, "policy/missing-include", `there is no file \`${include.path}\` to include`, node);
      }
      return;
    }
    for (const path of paths) {
      if (this.#included.has(path)) continue;
      this.#included.add(path);
      if (this.#includeDepth >= maximalIncludeDepth) {
        this.#report(
          source,
          "policy/include-depth",
          `files include one another over ${maximalIncludeDepth} levels`,
          node,
        );
        return;
      }
      this.#includeDepth++;
      const included = this.#open(path, this.#reader.read(path) ?? "");
      this.#walk(included, included.tree.root, profile, blocks, live);
      this.#includeDepth--;
    }
  }

  #visitAbi(source: Source, node: SyntaxNode, profile: ProfileScope | null): void {
    if (profile === null && !this.#inPreamble) this.#afterProfile(source, node, "`abi`");
    const abi = readFileReference(source.tree, node);
    if (abi.path === "" || (abi.magic && (abi.path === "kernel" || abi.path === "default"))) return;
    if (resolveInclude(abi, this.#reader) === null) {
      this.#report(source, "policy/missing-abi", `there is no feature file \`${abi.path}\``, node);
    }
  }

  #afterProfile(source: Source, node: SyntaxNode, what: string): void {
    this.#report(source, "policy/after-profile", `${what} stands before the first profile, not behind one`, node);
  }

  #visitPreamble(source: Source, node: SyntaxNode, profile: ProfileScope | null): void {
    if (profile !== null) {
      // In the file itself the syntax has said so already; in an included file only this place tells.
      const fromInclude = source !== profile.source;
      if (fromInclude)
        this.#report(source, "policy/outside-preamble", "what is included into a profile cannot set variables", node);
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
      if (problem !== null) this.#report(source, "policy/unset-variable", problem, node);
    } else if (!this.#symbols.define(name, { kind: "set", values }) && operator === "=") {
      const message = `\`@{${name}}\` is set before: add to it by \`+=\``;
      this.#report(source, "policy/variable-twice", message, node);
    }
  }

  #assignBoolean(source: Source, node: SyntaxNode): void {
    const { name, operator } = readAssignment(source.tree, node);
    const inner = { ...node, children: node.children.slice(expressionStart(node)) };
    const value = evaluateExpression(source.tree, inner, this.#symbols, (message, at) =>
      this.#report(source, "policy/bad-expression", message, at),
    );
    if (operator === "+=") {
      this.#report(source, "policy/boolean-append", "nothing can be added to a boolean variable", node);
    } else if (operator === ":=") {
      this.#symbols.override(name, { kind: "boolean", value });
    } else if (!this.#symbols.define(name, { kind: "boolean", value }) && operator === "=") {
      this.#report(source, "policy/variable-twice", `\`$${name}\` is set before`, node);
    }
  }

  #visitProfile(
    source: Source,
    node: SyntaxNode,
    parent: ProfileScope | null,
    blocks: readonly SyntaxNode[],
    live: boolean,
  ): void {
    if (parent === null) this.#inPreamble = false;
    const report = (code: string, message: string, at: TextRange): void => this.#report(source, code, message, at);
    const name = checkHead(source.tree, node, parent === null, report);
    const keyword = tokenWithRole(node, "keyword") !== undefined;
    if (parent !== null && !keyword) {
      report("policy/child-without-keyword", "a profile inside of another begins with `profile`, `hat` or `^`", node);
    }
    // The parser forgets what stands in a block of its own, so nothing there counts.
    const counts = live && blocks.length === 0;
    const scope: ProfileScope = { source, node, name, children: new Set(), rules: [], live: counts };
    this.#profiles.push(scope);
    const included = this.#included;
    this.#included = new Set();
    this.#walk(source, node, scope, [], counts);
    this.#included = included;
    if (name !== null && counts) this.#addName(source, node, name, parent);
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

  #visitConditional(
    source: Source,
    node: SyntaxNode,
    profile: ProfileScope | null,
    blocks: readonly SyntaxNode[],
    live: boolean,
  ): void {
    if (profile === null) this.#outside(source, node, "a conditional");
    let taken = false;
    for (const branch of node.children) {
      if (!isNode(branch)) continue;
      const isIf = tokensWithRole(branch, "keyword").some((token) => textOf(source.tree, token) === "if");
      const holds = isIf
        ? evaluateExpression(source.tree, branch, this.#symbols, (message, at) =>
            this.#report(source, "policy/bad-expression", message, at),
          )
        : true;
      this.#walk(source, branch, profile, blocks, live && holds && !taken);
      taken ||= holds;
    }
  }

  #visitBlock(
    source: Source,
    node: SyntaxNode,
    profile: ProfileScope | null,
    blocks: readonly SyntaxNode[],
    live: boolean,
  ): void {
    if (profile === null) this.#outside(source, node, "a block of rules");
    const { priority } = readQualifiers(source.tree, node);
    if (priority !== null && priority !== 0) {
      this.#report(
        source,
        "policy/block-priority",
        "`priority=` cannot stand before a block, only before a rule",
        node,
      );
    }
    this.#walk(source, node, profile, [...blocks, node], live);
  }

  #visitRule(
    source: Source,
    node: SyntaxNode,
    profile: ProfileScope | null,
    blocks: readonly SyntaxNode[],
    live: boolean,
  ): void {
    const rule = readRule(source.tree, node);
    if (profile === null) this.#outside(source, node, "a rule");
    const ofFiles = rule.value.kind === "file" || rule.value.kind === "link";
    const counts = live && (blocks.length === 0 || ofFiles);
    for (const problem of checkRule(source.tree, rule)) {
      if (counts || !foundWhenCompiled.has(problem.code)) this.#report(source, problem.code, problem.message, problem);
    }
    this.#checkBlockAccess(source, rule, blocks);
    if (profile !== null && counts) profile.rules.push({ source, rule, blocks });
  }

  /** The access of a block takes the place of the rule's own, whether it is written or not. */
  #checkBlockAccess(source: Source, { node, value }: PlacedRule, blocks: readonly SyntaxNode[]): void {
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
    const report = (code: string, message: string, at: TextRange): void => this.#report(source, code, message, at);
    const symbols = this.#symbolsOf(profile);
    if (name !== null) checkHeadPatterns(source.tree, node, name, this.#symbols, report);
    const execs = new ExecRules(symbols);
    for (const { source: from, rule, blocks } of profile.rules) {
      for (const pattern of patternsOf(from.tree, rule.node, rule.value.kind)) {
        const problem = symbols.patternProblem(pattern.text, pattern.glob);
        if (problem !== null) this.#report(from, "policy/bad-pattern", problem, pattern);
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
