import { textOfBytes } from "../archive/bytes.ts";
import { limits } from "../archive/limits.ts";
import { readElf } from "../read/elf.ts";
import { interpreterOf } from "../read/interpreters.ts";
import { readScript } from "../read/script.ts";
import type { Service, ServiceCommand } from "../read/service.ts";
import { isOn, listed, setting } from "../read/unit-file.ts";
import { baseName } from "../subject/shipped-path.ts";
import { foundProgram } from "../survey/candidates.ts";
import { realPath } from "../survey/real-path.ts";
import type { Survey } from "../survey/survey.ts";
import { attachmentOf, calledAs, type Attachment } from "./attachment.ts";
import type { DraftContext, ServiceUse } from "./context.ts";
import { suggestFromFiles } from "./from-files.ts";
import { suggestFromProgram } from "./from-program.ts";
import { suggestFromScript } from "./from-script.ts";
import { suggestFromServices } from "./from-service.ts";
import { loadedLibraries } from "./libraries.ts";
import { Ledger } from "./ledger.ts";
import type { Evidence, Suggestion } from "./suggestion.ts";

/** All that a draft of one profile may hold, with its reasons: plain data. */
export interface ProgramSuggestions extends Attachment {
  readonly program: string;
  readonly flags: readonly { readonly flag: string; readonly evidence: Evidence }[];
  /** The units set `NoNewPrivileges=`. */
  readonly noNewPrivs: boolean;
  /** In the order of the topics. */
  readonly suggestions: readonly Suggestion[];
  readonly remarks: readonly string[];
}

/** Suggests the lines of a profile for a program. `others`: programs that get a profile in the same design. */
export function suggest(survey: Survey, program: string, others: readonly string[] = []): ProgramSuggestions {
  const context = contextOf(survey, program, others);
  const { ledger, uses } = context;
  suggestFromProgram(context);
  suggestFromScript(context);
  suggestFromServices(context);
  suggestFromFiles(context);
  settleNetwork(ledger);
  if (uses.length === 0 && survey.units.length > 0) {
    const told = survey.unfound.slice(0, 3).map((words) => `; ${words}`);
    ledger.remark(`no unit here starts \`${context.program}\`: as whom it runs is not known${told.join("")}`);
  }
  const called = calledAs(context);
  if (called !== null) {
    ledger.remark(
      `\`${called}\` is a link to \`${context.program}\`: AppArmor goes by the file that it leads to, whatever name it is started by`,
    );
  }
  const { suggestions, remarks } = ledger.finish();
  return {
    program: context.program,
    ...attachmentOf(context),
    flags: flagsOf(uses),
    noNewPrivs: context.noNewPrivs,
    suggestions: suggestions.toSorted((a, b) => (a.text < b.text ? -1 : 1)),
    remarks: [...survey.remarks, ...remarks],
  };
}

function contextOf(survey: Survey, named: string, others: readonly string[]): DraftContext {
  const program = realPath(survey.byPath, named);
  const file = survey.byPath.get(program);
  const bytes = file?.bytes ?? null;
  const uses = survey.services.flatMap((service) =>
    service.commands.flatMap((command) => {
      const use = command.role === "ExecStart" ? useOf(survey, service, command, program) : null;
      return use === null ? [] : [use];
    }),
  );
  const readBy = uses.length > 0 && uses.every(({ isRead }) => isRead) ? (uses[0]?.by.at(-1) ?? null) : null;
  const [best] = survey.candidates;
  const candidate = survey.candidates.find(({ path }) => path === program);
  const isMain = candidate === undefined || candidate === best || candidate.weight + 15 >= (best?.weight ?? 0);
  const elf = bytes === null ? null : readElf(bytes);
  const users = survey.users.map(({ name }) => name);
  const homes = survey.users.flatMap(({ home }) => (home === null || home === "/nonexistent" ? [] : [baseName(home)]));
  // The name of an interpreter is everybody's.
  const ownName = interpreterOf(program) === null ? baseName(program) : "";
  const own = [ownName, ...uses.flatMap(({ service }) => [service.stem, service.user ?? ""])];
  const names = [...own, ...(isMain ? [survey.subject.name, ...users, ...homes] : [survey.subject.name])];
  return {
    survey,
    program,
    file,
    elf,
    libraries: loadedLibraries(survey, elf),
    script: bytes === null || bytes.length > limits.text ? null : readScript(textOfBytes(bytes) ?? "", readBy),
    uses,
    names: [...new Set(names)].filter((name) => name.length > 1),
    isMain,
    others,
    noNewPrivs: uses.some(({ service }) => isOn(setting(service.unit, "Service", "NoNewPrivileges"))),
    ledger: new Ledger(),
  };
}

/**
 * A command as one that starts the program: directly, or by a script among the given files that names it; null for others.
 * Where nothing was found that units start, what the person names is what they start.
 */
function useOf(survey: Survey, service: Service, command: ServiceCommand, program: string): ServiceUse | null {
  const { started } = command;
  if (!started.isKnown) {
    return survey.candidates.length > 0 ? null : { service, command, args: [], by: [], isRead: false };
  }
  const { args, by, isRead } = started;
  const named = foundProgram(survey, started.program);
  if (named === null) {
    const isIt = baseName(program) === started.program || survey.candidates.length === 0;
    return isIt ? { service, command, args, by, isRead } : null;
  }
  const real = realPath(survey.byPath, named);
  if (real === program) return { service, command, args, by, isRead };
  const bytes = survey.byPath.get(real)?.bytes;
  if (bytes == null || bytes.length > limits.text) return null;
  const script = readScript(textOfBytes(bytes) ?? "", isRead ? (by.at(-1) ?? null) : null);
  const isNamed = script?.paths.some(({ path }) => realPath(survey.byPath, path) === program) ?? false;
  return isNamed ? { service, command, args, by: [], isRead: false } : null;
}

/** What abstractions/nameservice opens needs no line of its own. */
function settleNetwork(ledger: Ledger): void {
  if (!ledger.has("include <abstractions/nameservice>")) return;
  const opened = ["inet stream", "inet dgram", "inet6 stream", "inet6 dgram", "netlink raw"];
  const dropped = opened.filter((words) => ledger.drop(`network ${words},`).length > 0);
  if (dropped.length === 0) return;
  ledger.remark(
    "`abstractions/nameservice` opens all of TCP and UDP and netlink already, so the draft has no network line for them",
  );
}

/** Settings of a unit that give the program a view of the file system of its own. */
const namespaced = ["PrivateTmp", "PrivateDevices", "ProtectSystem", "ProtectHome", "ReadWritePaths", "ReadOnlyPaths"];

function flagsOf(uses: readonly ServiceUse[]): ProgramSuggestions["flags"] {
  for (const { service } of uses) {
    for (const key of namespaced) {
      const entry = listed(service.unit, "Service", key).findLast(({ value }) => !/^(?:no|false|off|0)$/iu.test(value));
      if (entry === undefined) continue;
      const words = `${key}= of ${service.name} gives it a file system view of its own, where paths can come loose`;
      return [{ flag: "attach_disconnected", evidence: { path: entry.path, line: entry.line, words } }];
    }
  }
  return [];
}
