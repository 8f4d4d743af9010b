import { effectiveQualifiers, type FileView, isDropped, type ProfileRule, type ProfileView } from "../design/index.ts";
import type { RuleValue } from "../rules/index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/index.ts";
import type { TextRange } from "../text/index.ts";
import { capabilities, capabilityConsequences, dangerRank } from "../vocabulary/index.ts";
import { type FileAccess, fileAccess, onlyStart, sayAccesses, withoutStart } from "./file-sayings.ts";
import { childPlaceNotes } from "./conditional.ts";
import { clause, code, codes, listed } from "./lists.ts";
import { kindNotes } from "./phrase.ts";
import { sayAbi, sayAlias, sayBoolean, sayInclude, sayVariable } from "./preamble.ts";
import { sayHead } from "./profile-head.ts";
import { sayRule } from "./say-rule.ts";
import type { Saying, SectionId, WordsSection } from "./saying.ts";
import { type VariableValues, valuesOfTree } from "./variable-values.ts";

/** A whole profile in plain words. */
export interface ProfileWords {
  /** What it is, whom it confines and how strictly, in one or two sentences. */
  readonly lead: string;
  /** Under which titles the gravest lies, in a sentence; null where nothing is graver than medium. */
  readonly gravest: string | null;
  readonly sections: readonly WordsSection[];
}

/** What is said of: a profile's body, or a file of rules without a profile. */
type Body = Pick<ProfileView, "rules" | "includes" | "children">;

const titles: Readonly<Record<SectionId, string>> = {
  head: "How it is held",
  names: "What its names stand for",
  change: "Files it may change",
  read: "Files it may read",
  programs: "Programs it may start, profiles it may enter",
  network: "Network",
  capabilities: "Capabilities",
  ipc: "Other programs",
  system: "The system",
  limits: "Limits",
  refused: "What it is always refused",
  void: "Rules without effect",
  includes: "What it takes in",
  children: "Profiles inside it",
};

/** Where the kinds of rules without a path of their own are said. */
const sectionOfKind: Readonly<Record<Exclude<RuleValue["kind"], "file">, SectionId>> = {
  all: "system",
  capability: "capabilities",
  change_profile: "programs",
  dbus: "ipc",
  io_uring: "system",
  link: "change",
  mount: "system",
  mqueue: "ipc",
  network: "network",
  pivot_root: "system",
  ptrace: "ipc",
  remount: "system",
  rlimit: "limits",
  signal: "ipc",
  umount: "system",
  unix: "ipc",
  userns: "system",
};

/**
 * Says a whole profile: who it confines, and what that program may and may not do, by subject. `values`: what variables
 * stand for in the file; without them, what the file itself sets.
 */
export function sayProfile(
  file: FileView,
  profile: ProfileView,
  values: VariableValues = valuesOfTree(file.tree),
): ProfileWords {
  const head = sayHead(profile, parentOf(file.profiles, profile));
  const at = rangeOf({ start: profile.node.start, end: profile.body?.start ?? profile.node.end });
  const flags = head.flags.map((flag): Saying => ({ ...flag, from: [at] }));
  const sections = saySections(file.tree, profile, values).map((each) =>
    each.id === "network" && file.abi === null ? { ...each, notes: [noAbi, ...each.notes] } : each,
  );
  const held = [...flags, ...abiSayings(file)];
  return whole(head.lead, [...section("head", held), ...sections, ...section("names", nameSayings(file, profile))]);
}

function whole(lead: string, sections: readonly WordsSection[]): ProfileWords {
  return { lead, gravest: gravestOf(sections), sections };
}

/** Where to look first: what is grave may stand far below. */
function gravestOf(sections: readonly WordsSection[]): string | null {
  const said = (["total", "high"] as const).flatMap((grade) => {
    const found = sections.filter(({ sayings }) => sayings.some(({ danger }) => danger === grade));
    return found.length === 0 ? [] : [`of ${grade} danger under ${listed(found.map(({ title }) => `“${title}”`))}`];
  });
  return said.length === 0 ? null : `Gravest: ${said.join("; ")}.`;
}

/** What the file's abi leaves out holds for each of its profiles. */
function abiSayings({ abi }: FileView): readonly Saying[] {
  return abi === null ? [] : [plain(sayAbi(abi), abi.node)];
}

/** Measured with an empty parser.conf: network rules, denies and no rule at all compile to the same policy. */
const noAbi =
  "The file states no `abi`: whether sockets are held to any rule is up to each machine's parser.conf, and may be not at all.";

/** Says the rules of a file that stand outside any profile, as in an abstraction. `values`: as for `sayProfile`. */
export function sayLooseRules(file: FileView, values: VariableValues = valuesOfTree(file.tree)): ProfileWords {
  const lead = "These rules belong to no profile: they hold for each profile that includes the file.";
  const body = { rules: file.looseRules, includes: file.includes, children: [] };
  return whole(lead, saySections(file.tree, body, values));
}

/** A saying that opens nothing by itself. */
function plain(sentence: string, node: TextRange): Saying {
  return { sentence, danger: null, from: [rangeOf(node)] };
}

/** The variables and switches of the file that the profile names, the file's aliases, and where other names come from. */
function nameSayings(file: FileView, profile: ProfileView): readonly Saying[] {
  const text = file.tree.text.slice(profile.node.start, profile.node.end);
  return [
    ...file.variables
      .filter(({ name }) => text.includes(`@{${name}}`))
      .map((variable) => plain(sayVariable(variable), variable.node)),
    ...file.booleans
      .filter(({ name }) => text.includes(`$${name}`) || text.includes(`\${${name}}`))
      .map((boolean) => plain(sayBoolean(boolean), boolean.node)),
    ...file.aliases.map((alias) => plain(sayAlias(alias), alias.node)),
    ...file.includes.map((include) => plain(sayInclude(file.tree, include).sentence, include.node)),
  ];
}

function parentOf(profiles: readonly ProfileView[], child: ProfileView): ProfileView | null {
  for (const profile of profiles) {
    if (profile.children.includes(child)) return profile;
    const found = parentOf(profile.children, child);
    if (found !== null) return found;
  }
  return null;
}

function rangeOf({ start, end }: TextRange): TextRange {
  return { start, end };
}

function saySections(tree: SyntaxTree, body: Body, values: VariableValues): readonly WordsSection[] {
  const found = new Map<SectionId, Saying[]>();
  const put = (id: SectionId, sayings: readonly Saying[]): void => {
    const known = found.get(id);
    if (known === undefined) found.set(id, [...sayings]);
    else known.push(...sayings);
  };
  putFiles(tree, body.rules, values, put);
  for (const placed of body.rules) {
    if (isSaidAsFile(placed)) continue;
    put(sectionOf(tree, placed), [sayingOf(tree, placed, values)]);
  }
  put("capabilities", togetherSayings(tree, body.rules));
  put(
    "includes",
    body.includes.map((include) => ({ ...sayInclude(tree, include), from: [rangeOf(include.node)] })),
  );
  put(
    "children",
    body.children.map((child) => childSaying(tree, child)),
  );
  for (const [id, sentence] of emptySections) {
    if ((found.get(id)?.length ?? 0) > 0) continue;
    const elsewhere = body.includes.length === 0 ? "." : "; what it takes in may.";
    put(id, [{ sentence: `${sentence}${elsewhere}`, danger: null, from: [] }]);
  }
  return sectionOrder.flatMap((id) => section(id, found.get(id) ?? []));
}

/** What it means that a section has no rule of the profile itself. */
const emptySections: readonly (readonly [SectionId, string])[] = [
  ["change", "No rule of its own lets it change a file"],
  ["programs", "No rule of its own lets it start another program"],
  ["network", "No rule of its own lets it use a socket of the network"],
  ["capabilities", "No rule of its own lets it use a capability"],
];

const sectionOrder: readonly SectionId[] = [
  "change",
  "read",
  "programs",
  "network",
  "capabilities",
  "ipc",
  "system",
  "limits",
  "refused",
  "void",
  "includes",
  "children",
];

function isSaidAsFile(placed: ProfileRule): boolean {
  const { value } = placed.rule;
  return value.kind === "file" && value.path !== null && !isDropped(placed);
}

/** File rules, said in groups: what changes, what is read, what is started, what is refused. */
function putFiles(
  tree: SyntaxTree,
  rules: readonly ProfileRule[],
  values: VariableValues,
  put: (id: SectionId, sayings: readonly Saying[]) => void,
): void {
  const accesses = rules.filter(isSaidAsFile).flatMap((placed) => fileAccess(tree, placed, values) ?? []);
  const denies = accesses.filter(({ qualifiers }) => qualifiers.access === "deny");
  const allows = accesses.filter(({ qualifiers }) => qualifiers.access !== "deny");
  // What a rule both changes and starts is said under each title, the one half here and the other there.
  const changes = allows.filter(isChange).map(withoutStart);
  const starts = allows
    .filter(({ value }) => value.exec !== null)
    .map((access) => (isChange(access) ? onlyStart(access) : access));
  put("change", sayAccesses(changes, denies));
  put("programs", sayAccesses(starts, denies));
  put(
    "read",
    sayAccesses(
      allows.filter((access) => !isChange(access) && access.value.exec === null),
      denies,
    ),
  );
  put("refused", sayAccesses(denies, []));
}

function isChange({ value }: FileAccess): boolean {
  return value.permissions.some((letter) => letter === "w" || letter === "a" || letter === "l");
}

function sectionOf(tree: SyntaxTree, placed: ProfileRule): SectionId {
  if (isDropped(placed)) return "void";
  if (effectiveQualifiers(tree, placed).access === "deny") return "refused";
  const { kind } = placed.rule.value;
  return kind === "file" ? "change" : sectionOfKind[kind];
}

function sayingOf(tree: SyntaxTree, placed: ProfileRule, values: VariableValues): Saying {
  const { sentence, danger } = sayRule(tree, placed, values);
  return { sentence, danger, from: [rangeOf(placed.rule.node)] };
}

/** What the capabilities of a profile give away together. */
function togetherSayings(tree: SyntaxTree, rules: readonly ProfileRule[]): readonly Saying[] {
  const nodes = new Map<string, SyntaxNode[]>();
  for (const placed of rules) {
    const { value, node } = placed.rule;
    if (value.kind !== "capability" || isDropped(placed)) continue;
    if (effectiveQualifiers(tree, placed).access === "deny") continue;
    const names = value.names.length === 0 ? capabilities.map(({ name }) => name) : value.names;
    for (const name of names) nodes.set(name, [...(nodes.get(name) ?? []), node]);
  }
  return capabilityConsequences([...nodes.keys()])
    .filter((consequence) => consequence.capabilities.length > 1)
    .map(({ capabilities: names, sentence, danger }) => ({
      sentence: `With ${codes(names)} together, ${clause(sentence)}.`,
      danger,
      from: [...new Set(names.flatMap((name) => nodes.get(name) ?? []))]
        .toSorted((one, other) => one.start - other.start)
        .map(rangeOf),
    }));
}

function childSaying(tree: SyntaxTree, child: ProfileView): Saying {
  const { name, form, attachment } = child;
  const counted = child.rules.length === 1 ? "1 rule" : `${child.rules.length} rules`;
  const fits = attachment === null || attachment === name ? "" : ` for ${code(attachment)}`;
  return {
    sentence: [
      `Holds the ${form === "hat" ? "hat" : "child profile"} ${code(name)}${fits}, of ${counted}.`,
      ...childPlaceNotes(tree, child.within),
    ].join(" "),
    danger: null,
    from: [rangeOf({ start: child.node.start, end: child.body?.start ?? child.node.end })],
  };
}

const notesOfKinds: ReadonlySet<string> = new Set(Object.values(kindNotes));
const unloggedNote = "Attempts are not logged.";

/** A section, its dangerous sayings first; notes that many of them share are said once. None where there is nothing to say. */
function section(id: SectionId, sayings: readonly Saying[]): readonly WordsSection[] {
  if (sayings.length === 0) return [];
  const notes = new Set<string>();
  const said = sayings.map((saying) => {
    let { sentence } = saying;
    for (const note of id === "refused" ? [...notesOfKinds, unloggedNote] : notesOfKinds) {
      if (!sentence.endsWith(` ${note}`) && !sentence.includes(` ${note} `)) continue;
      sentence = sentence.replace(` ${note}`, "");
      notes.add(note === unloggedNote ? "Attempts are logged only where it says so." : note);
    }
    return { ...saying, sentence };
  });
  return [{ id, title: titles[id], notes: [...notes], sayings: byDanger(merged(said)) }];
}

/** The same sentence twice is said once, of all the places. */
function merged(sayings: readonly Saying[]): readonly Saying[] {
  const found = new Map<string, Saying>();
  for (const saying of sayings) {
    const same = found.get(saying.sentence);
    found.set(saying.sentence, same === undefined ? saying : { ...same, from: [...same.from, ...saying.from] });
  }
  return [...found.values()];
}

function rank({ danger }: Saying): number {
  return danger === null ? -1 : dangerRank(danger);
}

function byDanger(sayings: readonly Saying[]): readonly Saying[] {
  return sayings.toSorted((one, other) => rank(other) - rank(one));
}
