import { startedBy, type Started } from "./started.ts";
import { environmentOf, expandedText, expandedWords } from "./unit-environment.ts";
import { isOn, listed, setting, type UnitEntry, type UnitFile } from "./unit-file.ts";
import { ambientOf, isNone } from "./unit-sets.ts";
import { fillSpecifiers, unitCommands, type UnitCommand } from "./unit-words.ts";

/** When a command of a service runs. */
export type CommandRole = "ExecStart" | "ExecStartPre" | "ExecStartPost" | "ExecReload" | "ExecStop" | "ExecStopPost";

/** A command of a service, and where it is written. */
export interface ServiceCommand extends UnitCommand {
  readonly role: CommandRole;
  /** What it runs in the end, variables put in. */
  readonly started: Started;
  readonly path: string;
  readonly line: number;
}

/** A service of systemd as far as a profile is concerned. */
export interface Service {
  readonly unit: UnitFile;
  readonly name: string;
  /** The name without its type and instance: `tor` of `tor@default.service`. */
  readonly stem: string;
  readonly type: string;
  readonly commands: readonly ServiceCommand[];
  /** Null: root. A dynamic user has the name of the unit. */
  readonly user: string | null;
  readonly isTemplate: boolean;
  /** The variables that the unit sets. */
  readonly environment: ReadonlyMap<string, string>;
  /** Specifiers put in. */
  fill(text: string): string;
}

const roles: readonly CommandRole[] = [
  "ExecStart",
  "ExecStartPre",
  "ExecStartPost",
  "ExecReload",
  "ExecStop",
  "ExecStopPost",
];

/** What a service unit says; null for a unit of another type. */
export function readService(unit: UnitFile): Service | null {
  if (!unit.name.endsWith(".service")) return null;
  const named = setting(unit, "Service", "User")?.value ?? "";
  const stem = unit.name.replace(/(?:@.*)?\.service$/u, "");
  const isDynamic = isOn(setting(unit, "Service", "DynamicUser"));
  const filled = fillSpecifiers(named, { name: unit.name, user: null });
  const user = named === "" ? (isDynamic ? stem : null) : filled === "root" || filled === "0" ? null : filled;
  const fill = (text: string): string => fillSpecifiers(text, { name: unit.name, user });
  const environment = environmentOf(unit, fill);
  const folder = workingFolder(unit, fill);
  const read = (role: CommandRole, { value, path, line }: UnitEntry): ServiceCommand[] =>
    unitCommands(value, fill).map((command) => {
      const args = command.verbatim ? command.args : expandedWords(command.args, environment);
      const expand = (text: string): string => expandedText(text, environment);
      return { ...command, role, started: startedBy(command.program, args, { folder, expand }), path, line };
    });
  return {
    unit,
    name: unit.name,
    stem,
    type: setting(unit, "Service", "Type")?.value ?? "simple",
    commands: roles.flatMap((role) => listed(unit, "Service", role).flatMap((entry) => read(role, entry))),
    user,
    isTemplate: unit.name.includes("@."),
    environment,
    fill,
  };
}

/** `/` where none is named; null for the home of a user, which only the machine knows. */
function workingFolder(unit: UnitFile, fill: (text: string) => string): string | null {
  const named = fill((setting(unit, "Service", "WorkingDirectory")?.value ?? "").replace(/^-/u, ""));
  if (named === "") return "/";
  return named.startsWith("/") && !named.includes("*") ? named : null;
}

/** Whether the service begins without being root and gets no capability along: it can hold none then. */
export function holdsNoCapability(service: Service, command: ServiceCommand): boolean {
  if (service.user === null || command.full || command.beginsAsRoot) return false;
  return isNone(ambientOf(service.unit).set);
}
