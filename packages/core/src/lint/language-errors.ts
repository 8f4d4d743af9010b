import { checkDesign, type FileView, type PolicyProblem } from "../design/index.ts";
import type { Diagnostic } from "../text/index.ts";
import { problemFixes, ruleAt } from "./problem-fixes.ts";
import { syntaxFixes } from "./syntax-fixes.ts";

/** How many errors of one kind in one file bring their fixes along. */
const mostFixed = 25;

/** Why the parser refuses something, where the message alone does not tell; by the code of the problem. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["rule/append-and-write", "Writing includes appending, and the parser takes only one of the two letters."],
  ["rule/exec-conflict", "A program can be started in one way only: the kernel would not know which one to take."],
  ["rule/unknown-network", "Families and types have fixed names; the parser refuses the whole file for one it can't tell."],
  ["rule/bad-address", "AppArmor compares single addresses: ranges and names are for a firewall beside it."],
  ["rule/bad-glob", "The parser builds its automaton from the glob and stops where it can't be read."],
  ["rule/owner-not-allowed", "Only files have an owner that can be compared with the user of the program."],
  ["rule/priority-not-allowed", "Rules of this kind have no priorities: a deny beats every allow."],
  ["rule/peer-permission", "A peer is known only once a connection stands; these operations come before that."],
  ["policy/exec-conflict", "The kernel keeps one way to start a program for each path, so the parser refuses to choose."],
  ["policy/profile-twice", "One name can stand for one profile only; the parser refuses the file."],
  ["policy/variable-twice", "A second `=` could only forget the first values, so the parser refuses it."],
  ["policy/unset-variable", "Values can be added only to a variable that is set further up, in this file or in what it includes."],
  ["policy/after-profile", "The parser has read the profiles before it by then."],
  ["policy/outside-profile", "A rule says what one profile may do; outside of any it says nothing."],
  ["policy/child-without-keyword", "Inside of a profile the parser would take the name for a path."],
  ["policy/bad-pattern", "The parser puts the values of variables in before it compiles, and stops where there are none."],
  ["policy/block-priority", "The parser reads priorities before single rules only."],
  ["profile/mode-conflict", "A profile is either enforced or not; the parser refuses to choose."],
  ["profile/flag-conflict", "Each says the opposite of the other."],
  ["profile/missing-keyword", "Without the keyword only a path can be the name of a profile."],
]); // prettier-ignore

/** What is accepted by AppArmor 3 and refused by later parsers: not an error on every target. */
const refusedLater: ReadonlyMap<string, string> = new Map([
  [
    "rule/mount-option-conflict",
    "AppArmor 3 accepts it and takes one of the two; later parsers refuse the whole file.",
  ],
  ["policy/block-exec", "AppArmor 3 reads the rule's own `deny`; later parsers put the block's in its place."],
]);

/**
 * What core itself knows that parsers refuse in the policy files of a design, errors of the syntax first of all: each with its
 * reason, and a fix where one is certain.
 */
export function languageErrors(files: readonly FileView[]): Diagnostic[] {
  const views = new Map(files.map((file) => [file.path, file]));
  const fixed = new Map<string, number>();
  return onePerPlace(views, checkDesign(files)).map((problem) => {
    const file = views.get(problem.path);
    const kind = `${problem.path}\n${problem.code}`;
    const count = (fixed.get(kind) ?? 0) + 1;
    fixed.set(kind, count);
    return file === undefined || count > mostFixed ? diagnosticOf(problem) : fixedDiagnostic(file, problem);
  });
}

/** A rule that can't be read is told of once: a clinging comma first of all, then the syntax, then what it says. */
function onePerPlace(views: ReadonlyMap<string, FileView>, problems: readonly PolicyProblem[]): PolicyProblem[] {
  const broken = problems.filter(({ code }) => code.startsWith("syntax/"));
  const clinging = problems.flatMap(({ code, path, range }) => {
    const file = code === "rule/clinging-comma" ? views.get(path) : undefined;
    const rule = file === undefined ? undefined : ruleAt(file, range)?.node;
    return rule === undefined ? [] : [{ path, rule }];
  });
  return problems.filter(({ code, path, range: { start, end } }) => {
    if (code.startsWith("syntax/")) {
      return !clinging.some((each) => each.path === path && each.rule.start <= start && end <= each.rule.end);
    }
    if (!code.startsWith("rule/")) return true;
    const touching = broken.some(
      (error) => error.path === path && error.range.start <= end && start <= error.range.end,
    );
    return code === "rule/clinging-comma" || !touching;
  });
}

function fixedDiagnostic(file: FileView, problem: PolicyProblem): Diagnostic {
  const { code, message, range } = problem;
  const fixes = code.startsWith("syntax/")
    ? syntaxFixes(file, { code, message, ...range })
    : problemFixes(file, problem);
  const lenient = isAll(file, problem)
    ? "AppArmor 3 reads the letters of `all` as permissions; later parsers know a rule of that name and refuse this."
    : undefined;
  return { ...diagnosticOf(problem, lenient), ...(fixes.length > 0 ? { fixes } : {}) };
}

function diagnosticOf({ path, code, message, range }: PolicyProblem, lenient = refusedLater.get(code)): Diagnostic {
  const why = lenient ?? reasons.get(code);
  const severity = lenient === undefined ? "error" : "warning";
  return { code, severity, message, path, range, ...(why === undefined ? {} : { why }) };
}

/** `/path all,`: the letters a, l and l to a parser that knows no rule `all`. */
function isAll({ tree }: FileView, { code, range }: PolicyProblem): boolean {
  return code === "syntax/expected" && tree.text.slice(range.start, range.end) === "all";
}
