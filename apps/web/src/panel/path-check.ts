import { checkPath as checkRulePath, meantPath, type MeantPath } from "@hauberk/core/edit";
import { knownVariables } from "@hauberk/core/vocabulary";

import { sentence } from "./sentence.ts";

/** What a typed path comes to: fine, refused with what works instead, or fine with a warning in words. */
export type PathCheck =
  | { readonly ok: true; readonly warnings: readonly string[] }
  | {
      readonly ok: false;
      readonly reason: string;
      /** Paths that would work, each with what it means; the person picks one. */
      readonly instead: readonly MeantPath[];
    };

/** Offers that are worth their room. */
const mostOffers = 4;

/** What is probably meant by a path that no rule can say; a shell's variable only where the policy has one of that name. */
function offersFor(path: string, declared: ReadonlySet<string> | null): readonly MeantPath[] {
  const offers = meantPath(path).slice(0, mostOffers);
  const [, name = "", rest = ""] = /^\$\{?([A-Za-z_]+)\}?(.*)$/u.exec(path) ?? [];
  if (offers.length > 0 || declared?.has(name) !== true) return offers;
  return [{ path: `@{${name}}${rest}`, owner: false, why: "the AppArmor variable of that name" }];
}

/** Why no rule can begin like this; null where one can. */
function refusedBeginning(path: string): string | null {
  if (path.startsWith("/") || path.startsWith("@{")) return null;
  if (path.startsWith("~")) return "AppArmor does not know `~`: the variable for home folders is `@{HOME}`.";
  if (path.startsWith("$")) {
    return "Variables are written `@{NAME}`; the environment of a shell is not known to AppArmor.";
  }
  if (/^%[A-Za-z]/u.test(path)) return "AppArmor does not know the specifiers of systemd's units.";
  return path.startsWith(".")
    ? "A rule never follows the working directory: a path begins with `/` or with a variable."
    : "A path begins with `/` or with a variable.";
}

/**
 * Checks a path as it is typed into a file rule. `declared` are the variables known to the design, without `@{` and
 * `}`; null where nobody can tell (an abstraction, whose variables come from its user).
 */
export function checkPath(text: string, declared: ReadonlySet<string> | null): PathCheck {
  const path = text.trim();
  if (path === "") return { ok: false, reason: "A rule needs a path.", instead: [] };
  const beginning = refusedBeginning(path);
  if (beginning !== null) return { ok: false, reason: beginning, instead: offersFor(path, declared) };
  const reason = checkRulePath(path);
  if (reason !== null) return { ok: false, reason: sentence(reason), instead: [] };
  return { ok: true, warnings: pathWarnings(path, declared) };
}

function pathWarnings(path: string, declared: ReadonlySet<string> | null): string[] {
  const warnings: string[] = [];
  if (declared !== null) {
    for (const [, name] of path.matchAll(/@\{([^}]*)\}/g)) {
      if (name !== undefined && !declared.has(name)) {
        warnings.push(`\`@{${name}}\` is declared neither in this design nor in the usual tunables.`);
      }
    }
  }
  if (path.endsWith("/")) warnings.push("The final `/` means the folder itself: listing it, not the files in it.");
  if (path === "/**" || path === "/*") warnings.push("This is every file of the machine.");
  if (/^\/(tmp|var\/tmp)\/\*\*?$/.test(path)) {
    warnings.push("`/tmp` is shared by all users and programs: prefer a folder of the program's own below it.");
  }
  if (/^@\{HOME\}\/\*\*$/.test(path)) {
    warnings.push("Every file in the home folder, SSH keys and shell start-up files included.");
  }
  return warnings;
}

/** Beginnings that help typing, with what they stand for. */
export const pathBeginnings: readonly { readonly path: string; readonly words: string }[] = [
  { path: "@{HOME}/", words: "each home folder; tick owner so that it is the user's own" },
  { path: "@{PROC}/", words: "/proc, the kernel's view of processes" },
  { path: "@{PROC}/@{pid}/", words: "/proc of a process, by number" },
  { path: "@{run}/", words: "/run and /var/run: state of running services" },
  { path: "@{sys}/", words: "/sys, devices and drivers" },
  { path: "/etc/", words: "configuration of the machine" },
  { path: "/usr/share/", words: "data that programs bring along" },
  { path: "/usr/bin/", words: "programs" },
  { path: "/var/lib/", words: "state that services keep" },
  { path: "/var/log/", words: "logs" },
  { path: "/var/cache/", words: "caches" },
  { path: "/dev/", words: "devices" },
  { path: "/tmp/", words: "temporary files, shared by everybody" },
];

/** Variables of the tunables of one release or another that need no help of their own. */
const otherVariables = ["apparmorfs", "attach_path", "exec_path", "flatpak_exports_root", "uids"];

/** Variables that the usual tunables of a release declare, without `@{` and `}`. */
export const usualVariables: readonly string[] = [...knownVariables.map(({ name }) => name), ...otherVariables];
