import { checkRule } from "../../edit/index.ts";
import {
  noQualifiers,
  writeRule,
  type ExecMode,
  type FilePermission,
  type FileRuleValue,
  type RuleValue,
} from "../../rules/index.ts";
import { limits } from "../archive/limits.ts";
import { shownName } from "../subject/shipped-path.ts";
import { baseCovers } from "./base-covers.ts";
import { isPatternWithin } from "../../analysis/index.ts";
import { plainForms } from "./pattern.ts";
import { certainties, stronger, type Certainty, type Evidence, type Suggestion, type Topic } from "./suggestion.ts";

/** What is known of one path, by certainty. */
interface FileEntry {
  readonly path: string;
  readonly owner: boolean;
  readonly topic: Topic;
  exec: ExecMode | null;
  readonly permissions: Map<Certainty, Set<FilePermission>>;
  readonly evidence: Map<Certainty, Evidence[]>;
}

interface OtherEntry {
  readonly topic: Topic;
  readonly text: string;
  certainty: Certainty;
  readonly evidence: Evidence[];
}

/** More reasons than this for one line are not told. */
const mostEvidence = 6;
const permissionOrder = "mrwakl";

/** Gathers what a draft may have, joins what is about the same thing, and leaves out what another line says already. */
export class Ledger {
  readonly #files = new Map<string, FileEntry>();
  readonly #others = new Map<string, OtherEntry>();
  readonly #remarks = new Set<string>();
  /** Set where the program makes hard links: then it makes them among its own state. */
  linksState = false;

  remark(words: string): void {
    this.#remarks.add(words);
  }

  /** `permissions`: letters of a file rule, with at most one exec mode given apart. */
  file(
    topic: Topic,
    path: string,
    permissions: string,
    certainty: Certainty,
    evidence: Evidence,
    exec?: ExecMode,
  ): void {
    const owner = path.startsWith("owner ");
    const plain = owner ? path.slice("owner ".length) : path;
    if (exec === undefined && baseCovers(plain, permissions)) return;
    const key = `${owner ? "owner " : ""}${plain}`;
    const entry = this.#files.get(key) ?? {
      path: plain,
      owner,
      topic,
      exec: null,
      permissions: new Map<Certainty, Set<FilePermission>>(),
      evidence: new Map<Certainty, Evidence[]>(),
    };
    const letters = entry.permissions.get(certainty) ?? new Set();
    const links = this.linksState && topic === "state" && permissions.includes("w") ? "l" : "";
    for (const letter of permissions + links) if (isPermission(letter)) letters.add(letter);
    entry.permissions.set(certainty, letters);
    addEvidence(entry.evidence, certainty, evidence);
    entry.exec ??= exec ?? null;
    this.#files.set(key, entry);
  }

  /** A rule that is no file rule. */
  rule(topic: Topic, value: RuleValue, certainty: Certainty, evidence: Evidence): void {
    const problem = checkRule(value);
    if (problem === null) this.#add(topic, writeRule(value), certainty, evidence);
    else this.remark(`no rule could be written for ${evidence.words}: ${problem}`);
  }

  capability(name: string, certainty: Certainty, evidence: Evidence): void {
    this.rule("capabilities", { kind: "capability", qualifiers: noQualifiers, names: [name] }, certainty, evidence);
  }

  network(domain: string, type: string | null, certainty: Certainty, evidence: Evidence): void {
    const none = { permissions: [], protocol: null, local: [], peer: [] };
    this.rule("network", { kind: "network", qualifiers: noQualifiers, domain, type, ...none }, certainty, evidence);
  }

  include(path: string, certainty: Certainty, evidence: Evidence): void {
    this.#add("abstractions", `include <${path}>`, certainty, evidence);
  }

  /** Whether a line of that text is there with more than a guess. */
  has(text: string): boolean {
    const entry = this.#others.get(text);
    return entry !== undefined && entry.certainty !== "unsure";
  }

  /** Takes a line out again, and returns what it rested on. */
  drop(text: string): readonly Evidence[] {
    const entry = this.#others.get(text);
    this.#others.delete(text);
    return entry?.evidence ?? [];
  }

  /** Texts of the lines of a topic that are no file rules. */
  texts(topic: Topic): string[] {
    return [...this.#others.values()].filter((entry) => entry.topic === topic).map(({ text }) => text);
  }

  /** All that was gathered: each line once, the strongest evidence first. */
  finish(): { readonly suggestions: readonly Suggestion[]; readonly remarks: readonly string[] } {
    const others = [...this.#others.values()].map(({ topic, text, certainty, evidence }): Suggestion => {
      return { id: text, topic, certainty, text, evidence };
    });
    const files = withoutCovered([...this.#files.values()].flatMap((entry) => this.#linesOf(entry)));
    const all = [...others, ...files].slice(0, limits.suggestions);
    return { suggestions: all, remarks: [...this.#remarks] };
  }

  #add(topic: Topic, text: string, certainty: Certainty, evidence: Evidence): void {
    const known = this.#others.get(text);
    if (known === undefined) {
      this.#others.set(text, { topic, text, certainty, evidence: [evidence] });
      return;
    }
    if (known.certainty !== certainty && stronger(certainty, known.certainty) === certainty) {
      known.certainty = certainty;
      known.evidence.unshift(evidence);
    } else if (known.evidence.length < mostEvidence) pushNew(known.evidence, evidence);
  }

  /** One line for what is taken, and one for what is only offered beyond it. */
  #linesOf(entry: FileEntry): FileLine[] {
    const taken = new Set<FilePermission>();
    const lines: FileLine[] = [];
    const level = certainties.find((certainty) => entry.permissions.has(certainty)) ?? "unsure";
    for (const certainty of ["sure", "likely"] as const) {
      for (const letter of entry.permissions.get(certainty) ?? []) taken.add(letter);
    }
    const evidence = certainties.flatMap((certainty) => entry.evidence.get(certainty) ?? []);
    const told = evidence.slice(0, mostEvidence);
    if (level !== "unsure") lines.push(...this.#line(entry, taken, entry.exec, level, told));
    const offered = [...(entry.permissions.get("unsure") ?? [])].filter((letter) => !taken.has(letter));
    if (offered.length > 0 || (level === "unsure" && entry.exec !== null)) {
      const exec = level === "unsure" ? entry.exec : null;
      lines.push(
        ...this.#line(
          entry,
          new Set(offered),
          exec,
          "unsure",
          (entry.evidence.get("unsure") ?? told).slice(0, mostEvidence),
        ),
      );
    }
    return lines;
  }

  #line(
    entry: FileEntry,
    letters: ReadonlySet<FilePermission>,
    exec: ExecMode | null,
    certainty: Certainty,
    evidence: readonly Evidence[],
  ): FileLine[] {
    // `w` includes `a`, and both together are refused.
    const kept = [...letters].filter((letter) => letter !== "a" || !letters.has("w"));
    const permissions = kept.toSorted((a, b) => permissionOrder.indexOf(a) - permissionOrder.indexOf(b));
    const value = fileRule(entry.path, entry.owner, permissions, exec);
    const problem = checkRule(value);
    if (problem !== null) {
      this.remark(`no rule could be written for ${shownName(entry.path)}: ${problem}`);
      return [];
    }
    const text = writeRule(value);
    return [
      { suggestion: { id: text, topic: entry.topic, certainty, text, evidence }, value, forms: plainForms(entry.path) },
    ];
  }
}

interface FileLine {
  readonly suggestion: Suggestion;
  readonly value: FileRuleValue;
  readonly forms: readonly string[] | null;
}

/** Leaves out a line whose path and permissions a wider one of at least the same certainty has; its reasons go along. */
function withoutCovered(lines: readonly FileLine[]): Suggestion[] {
  const extra = new Map<FileLine, Evidence[]>();
  const gone = new Set<FileLine>();
  const wide = lines.filter(({ value }) => /[*?[{]/u.test(value.path ?? ""));
  const kept = lines.filter((line) => {
    // Of two that cover each other the one that is looked at last stays.
    const cover = wide.find((other) => other !== line && !gone.has(other) && covers(other, line));
    if (cover === undefined) return true;
    gone.add(line);
    const moved = extra.get(cover) ?? [];
    moved.push(...line.suggestion.evidence);
    extra.set(cover, moved);
    return false;
  });
  return kept.map((line) => {
    const evidence = [...line.suggestion.evidence];
    for (const each of extra.get(line) ?? []) if (evidence.length < mostEvidence) pushNew(evidence, each);
    return { ...line.suggestion, evidence };
  });
}

function covers(wide: FileLine, narrow: FileLine): boolean {
  const weaker = certainties.indexOf(wide.suggestion.certainty) > certainties.indexOf(narrow.suggestion.certainty);
  if (weaker && narrow.suggestion.certainty === "sure" && wide.suggestion.certainty === "unsure") return false;
  if (wide.suggestion.certainty === "unsure" && narrow.suggestion.certainty !== "unsure") return false;
  if (narrow.value.exec !== null || (wide.value.qualifiers.owner !== null && narrow.value.qualifiers.owner === null))
    return false;
  if (!narrow.value.permissions.every((letter) => wide.value.permissions.includes(letter))) return false;
  const { forms } = wide;
  if (forms === null || narrow.forms === null) return false;
  return narrow.forms.every((form) => isPatternWithin(form, forms)) && narrow.value.path !== wide.value.path;
}

function fileRule(
  path: string,
  owner: boolean,
  permissions: readonly FilePermission[],
  exec: ExecMode | null,
): FileRuleValue {
  return {
    kind: "file",
    qualifiers: owner ? { ...noQualifiers, owner: "owner" } : noQualifiers,
    keyword: false,
    path,
    permissions,
    exec,
    execTarget: null,
    permissionsFirst: false,
    safety: null,
  };
}

function isPermission(letter: string): letter is FilePermission {
  return permissionOrder.includes(letter);
}

function addEvidence(map: Map<Certainty, Evidence[]>, certainty: Certainty, evidence: Evidence): void {
  const list = map.get(certainty) ?? [];
  pushNew(list, evidence);
  map.set(certainty, list);
}

function pushNew(list: Evidence[], evidence: Evidence): void {
  const same = (each: Evidence): boolean => each.path === evidence.path && each.words === evidence.words;
  if (!list.some(same)) list.push(evidence);
}
