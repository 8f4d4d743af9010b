import { checkAttachment, fileNameFor } from "../../edit/index.ts";
import { interpreterOf } from "../read/interpreters.ts";
import { setting, type UnitEntry } from "../read/unit-file.ts";
import type { Service } from "../read/service.ts";
import { baseName, shownName } from "../subject/shipped-path.ts";
import { realPath } from "../survey/real-path.ts";
import { literal, programPath, type DraftContext, type ServiceUse } from "./context.ts";
import type { Evidence } from "./suggestion.ts";

/** How a profile comes to hold for its program. */
export interface Attachment {
  readonly profileName: string;
  /** Null where a unit puts the program under the profile by its name. */
  readonly attachment: string | null;
  /** Why no path stands behind the name; null where one does. */
  readonly unattached: Evidence | null;
  /** The name of the file below `apparmor.d/`. */
  readonly fileName: string;
  /** What the person has to know or to do before the profile is loaded. */
  readonly warnings: readonly string[];
}

/**
 * A profile goes by the path that the kernel executes. What an interpreter reads has none: there the unit names the profile,
 * for a path of the interpreter would confine all that it runs on the machine.
 */
export function attachmentOf(context: DraftContext): Attachment {
  const { program, uses } = context;
  const named = uses.map(({ service }) => profileEntry(service)).find((entry) => entry !== null);
  const [first] = uses;
  if (named != null) {
    const words = `AppArmorProfile= of ${baseName(named.path)} starts it under this profile`;
    return {
      profileName: named.profile,
      attachment: null,
      unattached: { path: named.path, line: named.line, words },
      fileName: plainFileName(named.profile),
      warnings: startWarnings(context, named.profile),
    };
  }
  if (first !== undefined && uses.every((use) => isUnseen(context, use))) {
    const { service, command } = first;
    const profileName = profileNameOf(service.stem);
    const words = `no path: ${service.name} starts it through ${runner(context, first)}, and must say AppArmorProfile=${profileName}`;
    return {
      profileName,
      attachment: null,
      unattached: { path: command.path, line: command.line, words },
      fileName: plainFileName(profileName),
      warnings: startWarnings(context, profileName),
    };
  }
  const profileName = profileNameOf(calledAs(context) ?? program);
  const warnings = startWarnings(context, profileName);
  const problem = checkAttachment(programPath(literal(program)));
  if (problem !== null) {
    const words = `no path of ${shownName(program)} can stand behind the profile's name: ${problem}`;
    return {
      profileName,
      attachment: null,
      unattached: { path: program, line: null, words },
      fileName: plainFileName(fileNameFor(program)),
      warnings: [words, ...warnings],
    };
  }
  return {
    profileName,
    attachment: program,
    unattached: null,
    fileName: plainFileName(fileNameFor(program)),
    warnings: interpreterOf(program) === null ? warnings : [wholeMachine(program), ...warnings],
  };
}

/** The name by which a unit starts the program, where that is a link of another name. */
export function calledAs({ uses, program, survey }: DraftContext): string | null {
  const links = uses
    .flatMap(({ command: { started } }) =>
      started.isKnown && started.program.startsWith("/") ? [started.program] : [],
    )
    .filter((name) => realPath(survey.byPath, name) === program && baseName(name) !== baseName(program));
  return links[0] ?? null;
}

/** The kernel never executes the program itself, or executes it for everything else, too. */
function isUnseen({ program }: DraftContext, { isRead }: ServiceUse): boolean {
  return isRead || interpreterOf(program) !== null;
}

function runner({ program }: DraftContext, { isRead, by }: ServiceUse): string {
  return isRead ? (by.at(-1) ?? program) : program;
}

function startWarnings(context: DraftContext, profileName: string): string[] {
  return context.uses
    .filter((use) => isUnseen(context, use) && profileEntry(use.service) === null)
    .map((use) => {
      const { service } = use;
      const others = service.commands.filter(({ role, full }) => role !== "ExecStart" && !full);
      const roles = [...new Set(others.map(({ role }) => `\`${role}=\``))];
      const also =
        roles.length === 0
          ? ""
          : `. ${roles.join(" and ")} of it run under the profile, too, and need rules of their own`;
      return `\`${service.name}\` starts \`${context.program}\` through an interpreter, so no path may stand behind the profile's name: that of \`${runner(context, use)}\` would confine every program of the machine that it runs. Write \`AppArmorProfile=${profileName}\` into \`[Service]\` of ${service.name}; without it the profile holds for nothing${also}`;
    });
}

function wholeMachine(program: string): string {
  return `the profile is attached to \`${program}\`, an interpreter: loaded, it confines every program of the machine that runs by it. Draft from the unit or the script that is meant; or take the path away, and have a unit name the profile with \`AppArmorProfile=\``;
}

/** The profile that `AppArmorProfile=` names, without its `-`, and where; null where there is none. */
export function profileEntry({ unit }: Service): (UnitEntry & { readonly profile: string }) | null {
  const entry = setting(unit, "Service", "AppArmorProfile");
  const profile = entry?.value.replace(/^-/u, "") ?? "";
  return entry !== null && /^[A-Za-z_][\w.+:-]{0,99}$/u.test(profile) ? { ...entry, profile } : null;
}

function profileNameOf(program: string): string {
  const name = baseName(program).replace(/[^A-Za-z0-9._+-]+/gu, "_");
  return /^[A-Za-z0-9_]/u.test(name) ? name.slice(0, 100) : `program_${name}`.slice(0, 100);
}

function plainFileName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._@+-]+/gu, "_").replace(/^[._]+/u, "");
  return plain === "" ? "program" : plain.slice(0, 190);
}
