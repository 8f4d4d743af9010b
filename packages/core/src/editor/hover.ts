import { type FileView, ruleOfNode } from "../design/index.ts";
import { type SyntaxNode, textOf, type Token } from "../syntax/index.ts";
import type { TextRange } from "../text/index.ts";
import {
  capabilityNamed,
  dangers,
  type Danger,
  execModes,
  filePermissions,
  knownVariables,
  networkDomainNamed,
  networkProtocols,
  profileFlags,
  profileModes,
  qualifiers,
  rlimits,
  signals,
  socketTypes,
  wordNamed,
} from "../vocabulary/index.ts";
import { sayRule, type VariableValues } from "../words/index.ts";
import { dangerSentence, elementWords } from "./element-words.ts";
import { nodesAt, tokenAt } from "./tree-walk.ts";

/** What a word means, at its place. */
export interface Hover {
  readonly range: TextRange;
  /** Plain sentences, each its own paragraph; user text stands in backticks. */
  readonly paragraphs: readonly string[];
}

/** A word explained: the term, its sentence, and its danger where it has one. */
interface Explained {
  readonly term: string;
  readonly sentence: string;
  readonly danger?: Danger;
  readonly why?: string;
}

/** The meaning of the word at an offset; null where there is nothing to say. `values`: as for `sayRule`. */
export function hover(file: FileView, offset: number, values?: VariableValues): Hover | null {
  const token = tokenAt(file.tree, offset);
  if (token === undefined) return null;
  const text = textOf(file.tree, token);
  const node = nodesAt(file.tree, offset).at(-1);
  const range = { start: token.start, end: token.end };
  if (token.type === "permissions") return withRule(file, offset, said(range, permissionWords(text)), values);
  const variable = variableAt(file.tree.text, token, offset);
  if (variable !== null) return variableHover(file, variable);
  if (node === undefined || token.type === "comment") return null;
  const explained = wordAt(node, token, text);
  return withRule(file, offset, explained === null ? null : said(range, [explained]), values);
}

/** The word's meaning, and behind it what the whole rule says; the rule alone where the word means nothing by itself. */
function withRule(
  file: FileView,
  offset: number,
  word: Hover | null,
  values: VariableValues | undefined,
): Hover | null {
  const node = nodesAt(file.tree, offset).find(({ kind }) => kind.endsWith("-rule"));
  const placed = node === undefined ? undefined : ruleOfNode(file, node);
  if (node === undefined || placed === undefined) return withElement(file, offset, word);
  const rule = sayRule(file.tree, placed, values);
  const danger = rule.danger === null || rule.danger === "low" ? [] : [dangerSentence(rule.danger)];
  // A word with a danger of its own has said it.
  const told = word?.paragraphs.some((paragraph) => paragraph.startsWith("Danger:")) ?? false;
  return {
    range: word?.range ?? { start: node.start, end: node.end },
    paragraphs: [...(word?.paragraphs ?? []), rule.sentence, ...(told ? [] : danger)],
  };
}

/** The word's meaning, and what the include, head or line of the preamble around it says. */
function withElement(file: FileView, offset: number, word: Hover | null): Hover | null {
  const nodes = nodesAt(file.tree, offset);
  const words = elementWords(file, nodes);
  const element = nodes.at(-1);
  if (words.length === 0 || element === undefined) return word;
  // In the body of a profile a blank says nothing of the profile.
  const token = tokenAt(file.tree, offset);
  const range = element.kind === "profile" || element.kind === "hat" ? (token ?? element) : element;
  return {
    range: word?.range ?? { start: range.start, end: range.end },
    paragraphs: [...(word?.paragraphs ?? []), ...words],
  };
}

function said(range: TextRange, words: readonly Explained[]): Hover | null {
  if (words.length === 0) return null;
  const paragraphs = words.flatMap(({ term, sentence, danger, why }) => {
    const first = `\`${term}\`: ${sentence}`;
    if (danger === undefined) return [first];
    const title = dangers.find((grade) => grade.danger === danger)?.title ?? danger;
    return [first, `Danger: ${title.toLowerCase()}.${why === undefined ? "" : ` ${why}`}`];
  });
  return { range, paragraphs };
}

/** Each letter and exec mode of a rule's permissions, in the order written. */
function permissionWords(text: string): readonly Explained[] {
  const words: Explained[] = [];
  for (const [part] of text.matchAll(/[pcuPCU]?[iuU]?x|[a-zA-Z]/g)) {
    const mode = execModes.find((candidate) => candidate.name === part);
    const letter = filePermissions.find((candidate) => candidate.name === part);
    if (mode !== undefined) words.push({ term: part, sentence: mode.sentence });
    else if (letter !== undefined) words.push({ term: part, sentence: letter.sentence });
  }
  return words;
}

/** What a name, value, flag, qualifier means in its node. */
function wordAt(node: SyntaxNode, token: Token, text: string): Explained | null {
  if (token.role === "qualifier") return termOf(text, wordNamed(qualifiers, text));
  if (node.kind === "capability-rule" && token.role === "name") {
    const capability = capabilityNamed(text);
    if (capability === undefined) return null;
    const { sentence, danger, why } = capability;
    return { term: text, sentence, danger, why };
  }
  if (node.kind === "network-rule") {
    const domain = networkDomainNamed(text);
    if (domain !== undefined) return { term: text, sentence: domain.sentence, danger: domain.danger };
    return termOf(text, wordNamed(socketTypes, text) ?? wordNamed(networkProtocols, text));
  }
  if (node.kind === "flags") {
    const name = text.split("=")[0] ?? text;
    return termOf(name, wordNamed(profileModes, name) ?? wordNamed(profileFlags, name));
  }
  if (node.kind === "rlimit-rule") return termOf(text, wordNamed(rlimits, text));
  if (node.kind === "signal-rule" || node.kind === "condition") return termOf(text, wordNamed(signals, text));
  return null;
}

function termOf(term: string, word: { readonly sentence: string } | undefined): Explained | null {
  return word === undefined ? null : { term, sentence: word.sentence };
}

/** The variable written at an offset, alone or inside a path. */
function variableAt(text: string, token: Token, offset: number): { name: string; range: TextRange } | null {
  for (const match of text.slice(token.start, token.end).matchAll(/@\{([^}\s]*)\}/g)) {
    const start = token.start + match.index;
    const end = start + match[0].length;
    if (start <= offset && offset <= end) return { name: match[1] ?? "", range: { start, end } };
  }
  return null;
}

/** A variable's values where the file sets it, and what it usually stands for. */
function variableHover(file: FileView, variable: { name: string; range: TextRange }): Hover | null {
  const paragraphs: string[] = [];
  const own = file.variables.filter((candidate) => candidate.name === variable.name);
  for (const { operator, values } of own) paragraphs.push(`\`@{${variable.name}} ${operator} ${values.join(" ")}\``);
  const known = wordNamed(knownVariables, variable.name);
  if (known !== undefined) paragraphs.push(`\`@{${variable.name}}\`: ${known.sentence}`);
  return paragraphs.length === 0 ? null : { range: variable.range, paragraphs };
}
