import { interpreterOf, isShell } from "../read/interpreters.ts";
import { realPath } from "../survey/real-path.ts";
import { accessAt, isOwnPath, literal, programPath, settledPath, withVariables, type DraftContext } from "./context.ts";
import { addProgram } from "./from-program.ts";
import type { Evidence } from "./suggestion.ts";

/** What runs the program where it is a text, what leads to it, and the paths that its text names. */
export function suggestFromScript(context: DraftContext): void {
  const { script, ledger, program, uses } = context;
  const runsTexts = interpreterOf(program) !== null && script === null;
  for (const { isRead, by, service, command } of uses) {
    if (!isRead && !runsTexts) continue;
    for (const [index, each] of by.entries()) {
      const words = `${service.name} starts it through \`${each}\``;
      // The first is what systemd itself executes; the others are executed under the profile.
      addInterpreter(context, each, index > 0, { path: command.path, line: command.line, words });
    }
  }
  if (runsTexts) {
    const isExecuted = uses.some(({ by }) => by.length > 0);
    addInterpreter(context, program, isExecuted, { path: program, line: null, words: "the program itself" });
  }
  if (script === null) return;
  if (!uses.some(({ isRead }) => isRead) || uses.some(({ isRead }) => !isRead)) {
    const evidence = { path: program, line: 1, words: `its first line asks for \`${script.language}\`` };
    const isEnv = script.interpreter.endsWith("/env");
    addInterpreter(context, isEnv ? script.language : script.interpreter, true, evidence);
    if (isEnv) addInterpreter(context, script.interpreter, true, evidence);
  }
  for (const { path, line } of script.paths) fromScriptPath(context, path, line);
  const names = script.commands.map(({ name }) => `\`${name}\``);
  if (names.length > 0) {
    ledger.remark(
      `\`${program}\` is a script that seems to run ${names.slice(0, 12).join(", ")}${names.length > 12 ? " and more" : ""}: each needs a rule with an exec mode, which a run in complain mode tells`,
    );
  }
}

/** `isExecuted`: from under the profile, not by systemd before it holds. */
function addInterpreter(context: DraftContext, named: string, isExecuted: boolean, evidence: Evidence): void {
  const { ledger } = context;
  const known = interpreterOf(named);
  const exec = isExecuted ? "ix" : undefined;
  const isPackaged = !named.startsWith("/") || /^(?:\/usr)?\/s?bin\//u.test(named);
  const bare = named.startsWith("/") ? named : `/bin/${named}`;
  const path = isPackaged ? programPath(literal(bare).replace(/^\/usr/u, "")) : literal(named);
  if (known === null || !isPackaged) ledger.file("program", path, "mr", "sure", evidence, exec);
  if (known === null) return;
  // One that lies elsewhere may be a link to the packaged one, as in an environment of Python.
  ledger.file("program", known.path, "mr", isPackaged ? "sure" : "likely", evidence, exec);
  for (const { path: loaded, permissions } of known.files)
    ledger.file("program", loaded, permissions, "sure", evidence);
  if (isShell(named)) ledger.include("abstractions/bash", "unsure", evidence);
  if (known.include !== null) ledger.include(`abstractions/${known.include}`, "sure", evidence);
  const root = isPackaged ? undefined : /^(\/(?:opt|srv|var)\/.+)\/bin\/[^/]+$/u.exec(named)?.[1];
  if (root === undefined) return;
  const words = "the interpreter brings its own modules along there";
  ledger.file("program", `${literal(root)}/{,**}`, "r", "likely", { ...evidence, words });
  ledger.file("program", `${literal(root)}/lib/**.so*`, "mr", "likely", { ...evidence, words });
}

function fromScriptPath(context: DraftContext, path: string, line: number): void {
  const evidence = { path: context.program, line, words: "named in the script" };
  if (/\/s?bin\/[^/]+$|^\/usr\/lib(?:exec)?\/.+[^/]$/u.test(path)) {
    const shipped = context.survey.byPath.get(realPath(context.survey.byPath, path));
    if (/\/s?bin\//u.test(path) || (shipped !== undefined && (shipped.mode & 0o111) !== 0)) {
      addProgram(context, path, shipped === undefined ? "unsure" : "likely", evidence);
      return;
    }
  }
  const settled = settledPath(path).replace(/\/+$/u, "");
  const access = accessAt(`${settled}/`, false);
  if (access === null || settled.split("/").length < 3) return;
  const certainty = isOwnPath(context, settled) && access.permissions === "r" ? "likely" : "unsure";
  context.ledger.file(access.topic, withVariables(literal(settled)), access.permissions, certainty, evidence);
}
