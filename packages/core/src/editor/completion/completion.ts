import { elementAt } from "../rule-at.ts";
import type { FileView, ProfileView } from "../../design/index.ts";
import type { TextRange } from "../../text/index.ts";
import {
  capabilities,
  profileFlags,
  profileModes,
  qualifiers,
  rlimits,
  sizeUnits,
  timeUnits,
} from "../../vocabulary/index.ts";
import { execModeIn, permissionOffers } from "./file-offers.ts";
import { placed, wordOffer, type CompletionItem, type Offer } from "./item.ts";
import {
  abiOffers,
  includeOffers,
  includeSnippets,
  labelOffers,
  profileOffers,
  variableOffers,
  type CompletionContext,
} from "./known.ts";
import { groupOffers, mountShapes, ruleKeywords, ruleShapes, shapeOffers, type RuleShape } from "./rule-offers.ts";
import { statementAt, withoutQualifiers, type Statement } from "./statement.ts";

/**
 * What could stand at an offset of a file, the likeliest first. Works on any text, without a tree of the target too. Reads the
 * lines around the offset, and of the rest of the file only its typed view.
 */
export function completions(view: FileView, offset: number, context: CompletionContext): CompletionItem[] {
  const statement = statementAt(view, offset);
  if (statement === null) return [];
  const variable = /@\{?[A-Za-z0-9_]*$/u.exec(statement.prefix);
  if (variable !== null && !isName(statement)) {
    const start = offset - variable[0].length;
    const close = /^[A-Za-z0-9_]*\}?/u.exec(view.tree.text.slice(offset, offset + 100))?.[0] ?? "";
    return placed(variableOffers(view, context), { start, end: offset + close.length });
  }
  const found = offersAt(view, offset, statement, context);
  const wanted = { start: statement.start + (found.skip ?? 0), end: found.end ?? statement.end };
  return placed(found.offers, onLineOf(view.tree.text, offset, wanted));
}

/** As much of a range as lies on the line of the offset: a quote that is left open reaches over lines, an editor replaces on one. */
function onLineOf(text: string, offset: number, { start, end }: TextRange): TextRange {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const lineEnd = text.indexOf("\n", offset);
  return { start: Math.max(start, lineStart), end: lineEnd === -1 ? end : Math.min(end, lineEnd) };
}

/** The variable on the left of an assignment is being named, not used. */
function isName({ words, prefix, place }: Statement): boolean {
  return place !== "body" && words.length === 0 && /^@\{?[A-Za-z0-9_]*$/u.test(prefix);
}

interface Found {
  readonly offers: readonly Offer[];
  /** So many signs of the prefix stay: the `<` of an include. */
  readonly skip?: number;
  /** Where what is replaced ends, where that is not the end of the word. */
  readonly end?: number;
}

const nothing: Found = { offers: [] };

function offersAt(view: FileView, offset: number, statement: Statement, context: CompletionContext): Found {
  const { words, prefix, list } = statement;
  const first = words[0] ?? "";
  if (list?.key === "flags" || list?.key === "xattrs") {
    return list.key === "flags" ? { offers: flagOffers(list.items) } : nothing;
  }
  if (first === "include" || first === "#include") return atInclude(view, offset, statement, context);
  if (first === "abi") {
    const close = view.tree.text.slice(offset).startsWith(">") ? "" : ">,";
    return prefix.startsWith("<")
      ? { offers: closed(abiOffers(context), close), skip: 1 }
      : { offers: closed(abiOffers(context), ">,", "<") };
  }
  if (first === "profile" || first === "hat") return { offers: headOffers(words) };
  if (first === "if" || first === "else") return { offers: conditionOffers(view, words) };
  const rule = withoutQualifiers(words);
  if (rule.length === 0 && !/^["/]/u.test(prefix)) return { offers: startOffers(statement) };
  return { offers: ruleOffers(view, offset, statement, rule, context) };
}

function atInclude(view: FileView, offset: number, statement: Statement, context: CompletionContext): Found {
  const { words, prefix } = statement;
  const behind = view.tree.text.slice(offset, offset + 200);
  // What stands behind the cursor up to the bracket is the rest of the path.
  const rest = /^[^>\s,#]*/u.exec(behind)?.[0] ?? "";
  const end = offset + rest.length;
  const close = behind.startsWith(">", rest.length) ? "" : ">";
  if (prefix.startsWith("<")) return { offers: closed(includeOffers(view, context, statement), close), skip: 1, end };
  const ifExists =
    words.length === 1
      ? [{ label: "if exists", kind: "keyword" as const, documentation: "No error where the file is not there." }]
      : [];
  return { offers: [...ifExists, ...closed(includeOffers(view, context, statement), close, "<")], end };
}

/** Paths with what closes, and perhaps opens, the brackets. */
function closed(offers: readonly Offer[], close: string, open = ""): Offer[] {
  return offers.map((offer) => ({ ...offer, insert: open + offer.label + close }));
}

function flagOffers(said: readonly string[]): Offer[] {
  const hasMode = profileModes.some(({ name }) => said.includes(name));
  return [
    ...(hasMode ? [] : profileModes.map((word) => wordOffer(word, "mode"))),
    ...profileFlags.filter(({ name }) => !said.includes(name)).map((word) => wordOffer(word, "flag")),
  ];
}

function headOffers(words: readonly string[]): Offer[] {
  const has = (start: string) => words.some((word) => word.startsWith(start));
  if (words.length < 2) return [];
  return [
    ...(has("flags=")
      ? []
      : [
          {
            label: "flags=",
            kind: "keyword" as const,
            documentation: "Mode and flags of the profile.",
            insert: "flags=($0)",
            snippet: true,
          },
        ]),
    ...(has("xattrs=")
      ? []
      : [
          {
            label: "xattrs=",
            kind: "keyword" as const,
            documentation: "Attach only to files with these extended attributes.",
            insert: "xattrs=($0)",
            snippet: true,
          },
        ]),
  ];
}

function conditionOffers(view: FileView, words: readonly string[]): Offer[] {
  const names = [...new Set(view.booleans.map(({ name }) => name))];
  return [
    ...(words.at(-1) === "else" ? [wordOffer({ name: "if", sentence: "Another condition." }, "", "keyword")] : []),
    wordOffer({ name: "not", sentence: "The opposite." }, "", "keyword"),
    wordOffer({ name: "defined", sentence: "True where the variable is set." }, "", "keyword"),
    ...names.map((name): Offer => ({ label: `$${name}`, kind: "variable", detail: "boolean" })),
  ];
}

const bodySnippets: readonly Offer[] = [
  {
    label: "profile … { }",
    kind: "snippet",
    detail: "child profile",
    documentation: "A profile that rules of this one can move into.",
    insert: "profile ${1:name} ${2:/path/of/program} {\n  $0\n}",
    snippet: true,
  },
  {
    label: "hat … { }",
    kind: "snippet",
    detail: "hat",
    documentation: "A part of the program that it enters by itself, with change_hat.",
    insert: "hat ${1:name} {\n  $0\n}",
    snippet: true,
  },
  {
    label: "if … { }",
    kind: "snippet",
    detail: "conditional",
    documentation: "Rules that hold only where a boolean or variable says so.",
    insert: "if ${1:\\$NAME} {\n  $0\n}",
    snippet: true,
  },
  { label: "set rlimit", kind: "keyword", documentation: "A resource limit.", insert: "set rlimit " },
];

const preambleSnippets: readonly Offer[] = [
  {
    label: "profile … { }",
    kind: "snippet",
    detail: "profile",
    documentation: "A profile for a program.",
    insert:
      "profile ${1:name} ${2:/path/of/program} {\n  include <abstractions/base>\n\n  $0\n\n  include if exists <local/${1:name}>\n}",
    snippet: true,
  },
  {
    label: "abi <…>,",
    kind: "snippet",
    detail: "feature ABI",
    documentation: "Which features the rules below are meant for.",
    insert: "abi <${1:abi/3.0}>,",
    snippet: true,
  },
  {
    label: "@{…} =",
    kind: "snippet",
    detail: "variable",
    documentation: "Sets a variable.",
    insert: "@{${1:NAME}} = $0",
    snippet: true,
  },
  {
    label: "alias … -> …,",
    kind: "snippet",
    detail: "alias",
    documentation: "Another path for the same files.",
    insert: "alias ${1:/from/} -> ${2:/to/},",
    snippet: true,
  },
  { label: "if … { }", kind: "snippet", detail: "conditional", insert: "if ${1:\\$NAME} {\n  $0\n}", snippet: true },
];

/** Where a rule or another item begins. */
function startOffers({ place, words }: Statement): Offer[] {
  const preamble = [...includeSnippets, ...preambleSnippets];
  if (place === "preamble") return preamble;
  const said = new Set(words.map((word) => (word.startsWith("priority=") ? "priority" : word)));
  const free = qualifiers.filter(({ name }) => !said.has(name) && !(said.has("deny") && name === "allow"));
  const keywords = [
    ...ruleKeywords.map((word) => wordOffer(word, "", "keyword")),
    ...free.map((word): Offer => ({
      ...wordOffer(word, "qualifier", "keyword"),
      insert: word.name === "priority" ? "priority=" : word.name,
    })),
  ];
  if (words.length > 0) return keywords;
  return [
    ...keywords,
    ...includeSnippets,
    ...bodySnippets,
    ...(place === "piece" ? [preambleSnippets[1], preambleSnippets[2]].filter((each) => each !== undefined) : []),
  ];
}

function ruleOffers(
  view: FileView,
  offset: number,
  statement: Statement,
  rule: readonly string[],
  context: CompletionContext,
): Offer[] {
  const kind = rule[0] ?? "";
  const shape = ruleShapes[kind] ?? mountShapes[kind];
  if (kind === "capability") return capabilityOffers(rule);
  if (shape !== undefined) return atShape(shape, statement, rule, context);
  if (kind === "set") return limitOffers(rule, statement.prefix);
  if (kind === "change_profile") return changeProfileOffers(rule, context);
  if (rule.length > 0 && !isFileRule(kind)) return [];
  return fileOffers(view, offset, statement, rule, context);
}

function isFileRule(word: string): boolean {
  return /^["/@]/u.test(word) || word === "file";
}

function capabilityOffers(rule: readonly string[]): Offer[] {
  const said = new Set(rule.slice(1));
  return capabilities
    .filter(({ name }) => !said.has(name))
    .map(({ name, sentence, danger }) => wordOffer({ name, sentence }, `danger: ${danger}`));
}

function atShape(
  shape: RuleShape,
  { list, key, words }: Statement,
  rule: readonly string[],
  context: CompletionContext,
): Offer[] {
  const inPeer = list !== null && (list.key === "peer" || list.outer?.key === "peer");
  const keys = inPeer && shape.peer !== null ? shape.peer : shape.keys;
  const wanted = key ?? (list !== null && list.key !== "peer" && list.key !== "" ? list.key : null);
  if (wanted === "peer" && shape.peer === null) return labelOffers(context);
  if (wanted !== null) {
    const values = keys[wanted]?.values;
    if (values === "profiles") return labelOffers(context);
    if (values === undefined || values === "none") return [];
    return values.filter(({ label }) => list?.items.includes(label) !== true);
  }
  if (inPeer && shape.peer !== null) return groupOffers(shape.peer, list.items);
  if (list !== null) return shape.permissions.filter(({ label }) => !list.items.includes(label));
  const arrow = rule.at(-1) === "->" && words.at(0) === "pivot_root";
  return arrow ? profileOffers(context, null) : shapeOffers(shape, rule.slice(1));
}

function limitOffers(rule: readonly string[], prefix: string): Offer[] {
  if (rule.length === 1) return [{ label: "rlimit", kind: "keyword", documentation: "A resource limit." }];
  if (rule.length === 2) {
    return rlimits.map(({ name, sentence, example }): Offer => ({
      label: name,
      kind: "value",
      detail: `such as ${example}`,
      documentation: sentence,
      insert: `${name} <= \${1:${example}},`,
      snippet: true,
    }));
  }
  if (rule.length === 3) return [{ label: "<=", kind: "keyword", detail: "at most" }];
  const limit = rlimits.find(({ name }) => name === rule[2]);
  if (limit === undefined) return [];
  const number = /^\d+/u.exec(prefix)?.[0];
  const units =
    limit.unit === "bytes" ? sizeUnits : limit.unit === "seconds" || limit.unit === "microseconds" ? timeUnits : [];
  if (number !== undefined)
    return units.map(({ name }): Offer => ({ label: number + name, kind: "value", detail: "unit" }));
  return [
    { label: limit.example, kind: "value", detail: "to begin with" },
    { label: "infinity", kind: "value", detail: "no limit" },
  ];
}

function changeProfileOffers(rule: readonly string[], context: CompletionContext): Offer[] {
  if (rule.at(-1) === "->") return profileOffers(context, null);
  return [
    { label: "->", kind: "keyword", detail: "into which profile" },
    ...(rule.length === 1
      ? [
          wordOffer({ name: "safe", sentence: "Clear the environment of LD_PRELOAD and its kin." }, "", "keyword"),
          wordOffer({ name: "unsafe", sentence: "Keep the environment as it is." }, "", "keyword"),
        ]
      : []),
  ];
}

/** `/path rPx -> name,` and `rw /path,`: what may follow what is there. */
function fileOffers(
  view: FileView,
  offset: number,
  { words, prefix }: Statement,
  rule: readonly string[],
  context: CompletionContext,
): Offer[] {
  if (rule.length === 0) return [];
  const parts = rule.filter((word) => word !== "file" && word !== "safe" && word !== "unsafe");
  const [path, permissions, arrow, target] = parts;
  if (target !== undefined || path === undefined || !/^["/@]/u.test(path)) return [];
  if (permissions === undefined) return permissionOffers(prefix, words.includes("deny"));
  const mode = execModeIn(permissions);
  if (mode === null || !mode.takesTarget) return [];
  if (arrow === undefined) return [{ label: "->", kind: "keyword", detail: "into which profile" }];
  if (mode.goal !== "child") return profileOffers(context, null);
  const around = fullNameOf(view.profiles, elementAt(view, offset).profile);
  return around === null ? [] : profileOffers(context, around);
}

/** A profile as rules elsewhere name it: `parent//child`. */
function fullNameOf(level: readonly ProfileView[], wanted: ProfileView | null, before = ""): string | null {
  for (const profile of level) {
    const name = before + profile.name;
    if (profile === wanted) return name;
    const below = fullNameOf(profile.children, wanted, `${name}//`);
    if (below !== null) return below;
  }
  return null;
}
