import { configPath, newConfigText, viewFile, type DesignFile } from "../../design/index.ts";
import { setNoNewPrivs } from "../../edit/index.ts";
import { diagnose } from "../../lint/index.ts";
import { nameWord, pathWord } from "../../rules/index.ts";
import { applyEdits, LineIndex } from "../../text/index.ts";
import type { Draft, Origin } from "../draft.ts";
import { interpreterOf } from "../read/interpreters.ts";
import type { Subject } from "../subject/subject.ts";
import { literal, programPath } from "../suggest/context.ts";
import type { ProgramSuggestions } from "../suggest/suggest.ts";
import { topics, type Evidence, type Suggestion } from "../suggest/suggestion.ts";

/** One profile of a draft: what is suggested, and which of it is taken. */
export interface ChosenProgram {
  readonly suggestions: ProgramSuggestions;
  /** Ids of the suggestions that are taken; without it, all that are not unsure. */
  readonly taken?: ReadonlySet<string>;
}

/** What a draft is written of. */
export interface DraftRequest {
  readonly subject: Pick<Subject, "kind" | "name" | "version" | "architecture">;
  readonly programs: readonly ChosenProgram[];
  readonly targets?: readonly string[];
  /** In complain mode, which is the default: a draft is not yet tried. */
  readonly complain?: boolean;
}

/** A line that checks refuse is left out and the draft written again; so often at most. */
const mostRounds = 20;

/** Writes the draft: `hauberk.json` and one policy file for each program, every line with its reason above it. */
export function composeDraft(request: DraftRequest): Draft {
  const remarks = [
    ...new Set(request.programs.flatMap(({ suggestions }) => [...suggestions.warnings, ...suggestions.remarks])),
  ];
  const refused = new Set<string>();
  for (let round = 0; ; round++) {
    const files = policyFiles(request, refused);
    const problem = round < mostRounds ? firstProblem(files) : null;
    if (problem === null) return finished(request, files, remarks);
    refused.add(problem.text);
    remarks.push(`\`${problem.text}\` was left out: ${problem.reason}`);
  }
}

function finished(request: DraftRequest, files: readonly WrittenFile[], remarks: readonly string[]): Draft {
  const { subject } = request;
  const name = subject.kind === "files" ? (request.programs[0]?.suggestions.profileName ?? "draft") : subject.name;
  const version = subject.version === null ? "" : ` ${subject.version}`;
  const description = `First draft, made from ${subject.kind === "package" ? "the package " : ""}${name}${version}; not tried yet.`;
  let config: DesignFile = {
    path: configPath,
    text: newConfigText({ name, description, targets: request.targets ?? ["debian-12"] }),
  };
  for (const { suggestions } of request.programs) {
    if (!suggestions.noNewPrivs) continue;
    const outcome = setNoNewPrivs(config, suggestions.profileName, true);
    const edits = outcome.ok ? (outcome.edits[0]?.edits ?? []) : [];
    config = { ...config, text: applyEdits(config.text, edits) };
  }
  return {
    name,
    files: [config, ...files.map(({ path, text }) => ({ path, text }))],
    origins: files.flatMap(({ origins }) => origins),
    remarks: [...remarks, ...alwaysUnknown],
  };
}

/** What no reading of files tells. */
const alwaysUnknown = [
  "what a program really opens depends on its settings and its input: run it in complain mode, and take what its log tells",
];

interface WrittenFile extends DesignFile {
  readonly origins: readonly Origin[];
}

function policyFiles(request: DraftRequest, refused: ReadonlySet<string>): WrittenFile[] {
  const used = new Set<string>();
  return request.programs.map((program) => {
    const path = freePath(`apparmor.d/${program.suggestions.fileName}`, used);
    return new ProfileWriter(request, program, path, refused).write();
  });
}

function freePath(path: string, used: Set<string>): string {
  let free = path;
  for (let number = 2; used.has(free); number++) free = `${path}-${number}`;
  used.add(free);
  return free;
}

/** The first line that the checks call wrong, as its text without blanks around it. */
function firstProblem(files: readonly WrittenFile[]): { readonly text: string; readonly reason: string } | null {
  const findings = diagnose(
    files.map(({ path, text }) => viewFile(path, text)),
    { config: null },
  );
  for (const { severity, path, range, message } of findings) {
    const file = files.find((each) => each.path === path);
    if (severity !== "error" || file === undefined) continue;
    const { line } = new LineIndex(file.text).positionAt(range.start);
    const text = file.text.split("\n")[line - 1]?.trim() ?? "";
    if (file.origins.some((origin) => origin.line === line)) return { text, reason: message };
  }
  return null;
}

class ProfileWriter {
  readonly #lines: string[] = [];
  readonly #origins: Origin[] = [];
  readonly #request: DraftRequest;
  readonly #program: ChosenProgram;
  readonly #path: string;
  readonly #refused: ReadonlySet<string>;
  #lastComment: string | null = null;

  constructor(request: DraftRequest, program: ChosenProgram, path: string, refused: ReadonlySet<string>) {
    this.#request = request;
    this.#program = program;
    this.#path = path;
    this.#refused = refused;
  }

  write(): WrittenFile {
    this.#head();
    const taken = this.#taken();
    this.#line("  include <abstractions/base>", { path: "", line: null, words: "nearly every program needs it" });
    for (const { id } of topics) this.#topic(taken.filter(({ topic }) => topic === id));
    const local = this.#path.slice("apparmor.d/".length);
    this.#lines.push(
      "",
      "  # what the administrators of a machine add",
      `  include if exists <local/${local}>`,
      "}",
      "",
    );
    return { path: this.#path, text: this.#lines.join("\n"), origins: this.#origins };
  }

  #taken(): readonly Suggestion[] {
    const { suggestions, taken } = this.#program;
    return suggestions.suggestions.filter(
      ({ id, certainty, text }) =>
        (taken === undefined ? certainty !== "unsure" : taken.has(id)) && !this.#refused.has(text),
    );
  }

  #head(): void {
    const { subject, complain = true } = this.#request;
    const { suggestions } = this.#program;
    const known = [subject.name, subject.version, subject.architecture].filter((part) => part !== null);
    const of = subject.kind === "package" ? known : ["the files that were given"];
    this.#lines.push("abi <abi/3.0>,", "", "include <tunables/global>", "");
    this.#lines.push(
      `# First draft, made from ${plainComment(of.join(" "))}: read, not run. Above each line stands why it is there.`,
    );
    for (const { flag, evidence } of suggestions.flags) this.#lines.push(`# ${flag}: ${commentOf(evidence)}`);
    const { profileName, attachment, unattached } = suggestions;
    if (unattached !== null) this.#lines.push(`# ${commentOf(unattached)}`);
    if (attachment !== null && interpreterOf(attachment) !== null)
      this.#lines.push(
        "# Attached to an interpreter: loaded, it confines every program of the machine that runs by it.",
      );
    if (complain) this.#lines.push("# complain: nothing is refused yet; take it away once the log is quiet");
    const flags = [...suggestions.flags.map(({ flag }) => flag), ...(complain ? ["complain"] : [])];
    const words = [
      "profile",
      nameWord(profileName),
      ...(attachment === null ? [] : [pathWord(programPath(literal(attachment)))]),
      ...(flags.length === 0 ? [] : [`flags=(${flags.join(", ")})`]),
      "{",
    ];
    this.#lines.push(words.join(" "));
  }

  #topic(suggestions: readonly Suggestion[]): void {
    const [first] = suggestions;
    if (first === undefined) return;
    this.#lines.push("");
    this.#lastComment = null;
    // Lines with one reason stand together.
    const groups = Map.groupBy(suggestions, (suggestion) => this.#reason(suggestion));
    for (const [reason, group] of groups) {
      if (reason !== this.#lastComment) this.#lines.push(`  # ${reason}`);
      this.#lastComment = reason;
      for (const suggestion of group) this.#line(`  ${suggestion.text}`, ...suggestion.evidence);
    }
  }

  #reason({ certainty, evidence }: Suggestion): string {
    const [first] = evidence;
    if (first === undefined) return "";
    const doubt = certainty === "unsure" && !first.words.includes("not sure") ? "not sure: " : "";
    const place = first.path === this.#program.suggestions.program ? { ...first, path: "" } : first;
    return `${doubt}${commentOf(place)}`;
  }

  #line(text: string, ...evidence: readonly Evidence[]): void {
    this.#lines.push(text);
    const words = evidence.map(sayEvidence).join("; ");
    this.#origins.push({ path: this.#path, line: this.#lines.length, words });
  }
}

/** A reason with the place where it was read, for people. */
export function sayEvidence({ path, line, words }: Evidence): string {
  const place = path === "" ? "" : ` (\`${path}\`${line === null ? "" : `, line ${line}`})`;
  return `${words}${place}`;
}

/** A reason as a comment of the profile: one line, never too long. */
function commentOf({ path, line, words }: Evidence): string {
  const place = path === "" || words.includes(path) ? "" : ` (${path}${line === null ? "" : `:${line}`})`;
  return plainComment(`${words.replaceAll("`", "")}${place}`);
}

/** Nothing in a name that was read may end the comment or hide in it. */
function plainComment(text: string): string {
  const plain = text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, " ");
  return plain.length > 160 ? `${plain.slice(0, 159)}…` : plain;
}
