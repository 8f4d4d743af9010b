import { textOfBytes } from "../archive/bytes.ts";
import { limits } from "../archive/limits.ts";
import { fileNameFor } from "../../edit/index.ts";
import { readElf } from "../read/elf.ts";
import { readScript } from "../read/script.ts";
import { isOn, listed, setting } from "../read/unit-file.ts";
import { baseName } from "../subject/shipped-path.ts";
import { realPath } from "../survey/real-path.ts";
import type { Survey } from "../survey/survey.ts";
import type { DraftContext, ServiceUse } from "./context.ts";
import { suggestFromFiles } from "./from-files.ts";
import { suggestFromProgram } from "./from-program.ts";
import { appArmorProfile, suggestFromServices } from "./from-service.ts";
import { loadedLibraries } from "./libraries.ts";
import { Ledger } from "./ledger.ts";
import type { Evidence, Suggestion } from "./suggestion.ts";

/** All that a draft of one profile may hold, with its reasons: plain data. */
export interface ProgramSuggestions {
  readonly program: string;
  readonly profileName: string;
  /** Null where a unit puts the program under the profile by its name. */
  readonly attachment: string | null;
  /** The name of the file below `apparmor.d/`. */
  readonly fileName: string;
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
  suggestFromServices(context);
  suggestFromFiles(context);
  settleNetwork(ledger);
  if (uses.length === 0 && survey.units.length > 0) {
    ledger.remark(`no unit here starts \`${context.program}\`: as whom it runs is not known`);
  }
  const profile = uses.map(({ service }) => appArmorProfile(service.unit.entries)).find((name) => name !== null);
  const called = calledAs(context);
  if (called !== null) {
    ledger.remark(
      `\`${called}\` is a link to \`${context.program}\`: AppArmor goes by the file that it leads to, whatever name it is started by`,
    );
  }
  const { suggestions, remarks } = ledger.finish();
  const profileName = profile ?? profileNameOf(called ?? context.program);
  return {
    program: context.program,
    profileName,
    attachment: profile === undefined ? context.program : null,
    fileName: plainFileName(profile ?? fileNameFor(context.program)),
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
    service.commands
      .filter((command) => command.role === "ExecStart" && starts(survey, command.program, program))
      .map((command): ServiceUse => ({ service, command })),
  );
  const [best] = survey.candidates;
  const candidate = survey.candidates.find(({ path }) => path === program);
  const isMain = candidate === undefined || candidate === best || candidate.weight + 15 >= (best?.weight ?? 0);
  const elf = bytes === null ? null : readElf(bytes);
  const users = survey.users.map(({ name }) => name);
  const homes = survey.users.flatMap(({ home }) => (home === null || home === "/nonexistent" ? [] : [baseName(home)]));
  const own = [baseName(program), ...uses.flatMap(({ service }) => [service.stem, service.user ?? ""])];
  const names = [...own, ...(isMain ? [survey.subject.name, ...users, ...homes] : [survey.subject.name])];
  return {
    survey,
    program,
    file,
    elf,
    libraries: loadedLibraries(survey, elf),
    script: bytes === null || bytes.length > limits.text ? null : readScript(textOfBytes(bytes) ?? ""),
    uses,
    names: [...new Set(names)].filter((name) => name.length > 1),
    isMain,
    others,
    noNewPrivs: uses.some(({ service }) => isOn(setting(service.unit, "Service", "NoNewPrivileges"))),
    ledger: new Ledger(),
  };
}

/** A command starts a program directly, or by a script among the given files that names it. */
function starts(survey: Survey, command: string, program: string): boolean {
  const real = realPath(survey.byPath, command);
  if (real === program) return true;
  const bytes = survey.byPath.get(real)?.bytes;
  if (bytes == null || bytes.length > limits.text) return false;
  const script = readScript(textOfBytes(bytes) ?? "");
  return script?.paths.some(({ path }) => realPath(survey.byPath, path) === program) ?? false;
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

/** The name by which a unit starts the program, where that is a link of another name. */
function calledAs({ uses, program, survey }: DraftContext): string | null {
  const links = uses
    .map(({ command }) => command.program)
    .filter((name) => realPath(survey.byPath, name) === program && baseName(name) !== baseName(program));
  return links[0] ?? null;
}

function profileNameOf(program: string): string {
  const name = baseName(program).replace(/[^A-Za-z0-9._+-]+/gu, "_");
  return /^[A-Za-z0-9_]/u.test(name) ? name.slice(0, 100) : `program_${name}`.slice(0, 100);
}

function plainFileName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._@+-]+/gu, "_").replace(/^[._]+/u, "");
  return plain === "" ? "program" : plain.slice(0, 190);
}
