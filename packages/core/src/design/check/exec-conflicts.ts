import type { ChangeProfileRuleValue, FileRuleValue } from "../../rules/index.ts";
import type { SymbolTable } from "./variables.ts";

/** A rule that says how a program starts: for whom, from which path, and by which transition. */
interface ExecEntry {
  readonly owner: "owner" | "other" | null;
  /** What must be equal for two rules not to contradict each other. */
  readonly transition: string;
}

/** The path of the bare `file,`. */
const everything = "/{**,}";

/** Two slashes in a row are one; a first pair stays, as it means something else on Linux. */
function withoutDoubleSlashes(path: string): string {
  const keep = path.startsWith("//") && !path.startsWith("///") ? 2 : 0;
  return path.slice(0, keep) + path.slice(keep).replace(/\/{2,}/gu, "/");
}

/**
 * The exec rules of one profile. Two rules on the same path and priority must start the program in the same way; of
 * globs that merely overlap the parser finds out by building the automaton, which is not done here.
 */
export class ExecRules {
  readonly #entries = new Map<string, ExecEntry[]>();
  readonly #symbols: SymbolTable;

  constructor(symbols: SymbolTable) {
    this.#symbols = symbols;
  }

  /** Adds a rule; what it contradicts in words, or null. */
  addFile(value: FileRuleValue, priority: number): string | null {
    const exec = value.path === null && value.permissions.length === 0 ? "ix" : value.exec;
    if (exec === null || exec === "x") return null;
    const written = exec.slice(0, 1) === exec.slice(0, 1).toLowerCase() && exec !== "ix";
    const unsafe = value.safety === null ? written : value.safety === "unsafe";
    const path = withoutDoubleSlashes(this.#symbols.expandedText(value.path ?? everything));
    const transition = `${exec.toLowerCase()} ${unsafe ? "unsafe" : "safe"} ${value.execTarget ?? ""}`;
    return this.#add(`${priority} ${path}`, { owner: value.qualifiers.owner, transition }, path);
  }

  /** Adds a change_profile rule with an exec condition. */
  addChangeProfile(value: ChangeProfileRuleValue): string | null {
    if (value.exec === null) return null;
    const key = `change_profile ${value.exec} ${value.target ?? ""}`;
    return this.#add(key, { owner: null, transition: value.safety === "unsafe" ? "unsafe" : "" }, value.exec);
  }

  #add(key: string, entry: ExecEntry, path: string): string | null {
    const others = this.#entries.get(key) ?? [];
    const conflict = others.some(
      (other) =>
        other.transition !== entry.transition &&
        (other.owner === null || entry.owner === null || other.owner === entry.owner),
    );
    others.push(entry);
    this.#entries.set(key, others);
    return conflict ? `another rule starts \`${path}\` in a different way: a path has one exec mode` : null;
  }
}
