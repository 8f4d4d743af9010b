import type { FileView } from "../design/index.ts";
import { noQualifiers, type FileRuleValue } from "../rules/index.ts";
import { checkRule } from "./check-rule.ts";

/** A path that a rule can say, for what a person has typed. */
export interface MeantPath {
  /** As a rule's value has it: without quotes. */
  readonly path: string;
  /** `owner` is wise: the files are those of whoever runs the program. */
  readonly owner: boolean;
  /** What it stands for, in words: a small letter first, no stop. */
  readonly why: string;
  /** The tunables that set its variables, to be included before the profile. */
  readonly needs?: string;
  /** The file includes them; absent where no file was given, or nothing is needed. */
  readonly included?: boolean;
}

/** What a reading of the text gives: a path and why. */
type Reading = Pick<MeantPath, "path" | "owner" | "why">;

/** All variables used here are set by this file on every release in care; read from Debian's tunables. */
const globalTunables = "tunables/global";

/** Longer than any path; what is longer was pasted by mistake. */
const longest = 4096;

/**
 * What a person means by a path as he types or pastes it, the likeliest first: shells, systemd, logs and desktops write paths in ways that
 * no rule can say, or that fit one user and one process only. Empty where there is nothing better than what was typed.
 */
export function meantPath(text: string, file?: FileView): MeantPath[] {
  const plain = withoutQuotes(text.trim());
  if (plain === "" || plain.length > longest || /^[A-Za-z]:[\\/]/u.test(plain)) return [];
  const clean = cleaned(plain);
  const readings = readingsOf(clean).flatMap((reading) => [reading, ...insideOf(reading)]);
  const own = clean.startsWith("/") && clean !== text.trim() ? [tidied(clean)] : [];
  const seen = new Set<string>([text.trim()]);
  return [...readings, ...own, ...(readings.length === 0 ? insideOf({ path: clean, owner: false, why: "" }) : [])]
    .filter(({ path }) => {
      if (seen.has(path) || !isWritable(path)) return false;
      seen.add(path);
      return true;
    })
    .map((reading) => withNeeds(reading, file));
}

function isWritable(path: string): boolean {
  return checkRule({ ...anyRule, path }) === null;
}

const anyRule: FileRuleValue = {
  kind: "file",
  qualifiers: noQualifiers,
  keyword: false,
  path: null,
  permissions: ["r"],
  exec: null,
  execTarget: null,
  permissionsFirst: false,
  safety: null,
};

function withNeeds(reading: Reading, file: FileView | undefined): MeantPath {
  if (!reading.path.includes("@{")) return reading;
  const needs = globalTunables;
  return file === undefined ? { ...reading, needs } : { ...reading, needs, included: includesTunables(file, needs) };
}

/** True where a file includes tunables itself; an abstraction has them from whoever includes it. */
export function includesTunables(file: FileView, path: string): boolean {
  return file.profiles.length === 0 || file.includes.some((include) => include.path === path);
}

/** Quotes around the whole, `file://` before it, and a shell's backslash before a blank are no part of the path. */
function withoutQuotes(text: string): string {
  const bare = /^(["'])(.*)\1$/u.exec(text)?.[2] ?? text;
  return bare.replace(/^file:\/\/(?=\/)/u, "").replaceAll(/\\(?=[ '&();])/gu, "");
}

/** Without doubled slashes, `.` and `..`: the kernel knows a path only so. */
function cleaned(path: string): string {
  if (!path.startsWith("/")) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  const tail = parts.length > 0 && /\/\.{0,2}$/u.test(path) ? "/" : "";
  return `/${parts.join("/")}${tail}`;
}

function tidied(path: string): Reading {
  return { path, owner: false, why: "the same path as the kernel writes it, without quotes, `..` and doubled slashes" };
}

/** The ways to read a text; the first that knows it answers. */
function readingsOf(text: string): Reading[] {
  for (const read of [home, systemd, environment, runtime, processes, system, libraries, programs, devices, relative]) {
    const found = read(text);
    if (found.length > 0) return found;
  }
  return [];
}

const inHome = "in the home folder of whoever runs the program, whatever it is called";

function home(text: string): Reading[] {
  const own = /^~(?:\/(.*))?$/u.exec(text) ?? /^\/home\/[^/*?[\]{}@]+(?:\/(.*))?$/u.exec(text);
  if (own !== null) return belowHome(own[1] ?? "", inHome);
  const all = /^\/home\/(?:\*|\{[^}]*\})\/(.*)$/u.exec(text);
  if (all !== null) return belowHome(all[1] ?? "", inHome);
  const named = /^~([a-z_][a-z0-9_-]*)(?:\/(.*))?$/u.exec(text);
  if (named !== null) {
    const [, user = "", rest = ""] = named;
    return [{ path: `@{HOMEDIRS}/${user}/${rest}`, owner: false, why: `in the home folder of the user ${user} alone` }];
  }
  const root = /^\/root\/(.*)$/u.exec(text);
  return root === null
    ? []
    : belowHome(root[1] ?? "", "in the home folder of whoever runs the program: root's, and every other user's too");
}

/** The names of these folders are translated; the tunables say them. */
const userFolders: ReadonlyMap<string, string> = new Map([
  ["Desktop", "XDG_DESKTOP_DIR"],
  ["Downloads", "XDG_DOWNLOAD_DIR"],
  ["Templates", "XDG_TEMPLATES_DIR"],
  ["Public", "XDG_PUBLICSHARE_DIR"],
  ["Documents", "XDG_DOCUMENTS_DIR"],
  ["Music", "XDG_MUSIC_DIR"],
  ["Pictures", "XDG_PICTURES_DIR"],
  ["Videos", "XDG_VIDEOS_DIR"],
]);

function belowHome(rest: string, why: string): Reading[] {
  const [folder = "", ...below] = rest.split("/");
  const variable = userFolders.get(folder);
  const plain = { path: `@{HOME}/${rest}`, owner: true, why };
  if (variable === undefined) return [plain];
  const path = `@{HOME}/@{${variable}}${below.map((part) => `/${part}`).join("")}`;
  return [plain, { path, owner: true, why: `the same, where the folder ${folder} has another name as well` }];
}

/** A specifier of systemd's units: what it is for a system service, and for a service of a user. */
const specifiers: ReadonlyMap<string, readonly [system: string, user: string, what: string]> = new Map([
  ["h", ["/root", "@{HOME}", "the home folder"]],
  ["t", ["@{run}", "@{run}/user/@{uid}", "the folder for runtime files"]],
  ["S", ["/var/lib", "@{HOME}/.local/state", "the folder for state"]],
  ["C", ["/var/cache", "@{HOME}/.cache", "the folder for caches"]],
  ["L", ["/var/log", "@{HOME}/.local/state/log", "the folder for logs"]],
  ["E", ["/etc", "@{HOME}/.config", "the folder for configuration"]],
  ["T", ["/tmp", "/tmp", "the folder for temporary files"]],
  ["V", ["/var/tmp", "/var/tmp", "the folder for temporary files that stay"]],
]);

function systemd(text: string): Reading[] {
  const found = /^%([A-Za-z])(\/.*)?$/u.exec(text);
  const [, letter = "", written = ""] = found ?? [];
  const places = specifiers.get(letter);
  // Names of users, units and instances inside of the path are not known here.
  const rest = written.replaceAll(/%[a-zA-Z]/gu, "*").replaceAll("%%", "%");
  if (places === undefined) {
    const inside = text.startsWith("/") && /%[a-zA-Z]/u.test(text) ? text.replaceAll(/%[a-zA-Z]/gu, "*") : null;
    return inside === null
      ? []
      : [{ path: inside, owner: false, why: "any name in the place of systemd's specifier, which no rule knows" }];
  }
  const [forSystem, forUser, what] = places;
  if (forSystem === forUser)
    return [{ path: forSystem + rest, owner: false, why: `${what}, as systemd's %${letter} is` }];
  const whySystem = `${what} of a system service, as systemd's %${letter} is`;
  const whyUser = `${what} of a service that a user's own systemd runs`;
  return [
    { path: forSystem + rest, owner: letter === "h", why: whySystem },
    { path: forUser + rest, owner: true, why: whyUser },
  ];
}

/** Variables of the environment that stand for folders. */
const environmentFolders: ReadonlyMap<string, readonly [path: string, owner: boolean, what: string]> = new Map([
  ["HOME", ["@{HOME}", true, inHome]],
  ["XDG_CONFIG_HOME", ["@{HOME}/.config", true, "the user's configuration, where nobody has set it elsewhere"]],
  ["XDG_CACHE_HOME", ["@{HOME}/.cache", true, "the user's caches, where nobody has set them elsewhere"]],
  ["XDG_DATA_HOME", ["@{HOME}/.local/share", true, "the user's data, where nobody has set them elsewhere"]],
  ["XDG_STATE_HOME", ["@{HOME}/.local/state", true, "the user's state, where nobody has set it elsewhere"]],
  ["XDG_RUNTIME_DIR", ["@{run}/user/@{uid}", true, "the user's sockets and runtime files"]],
  ["RUNTIME_DIRECTORY", ["@{run}", false, "the service's own folder stands below: its RuntimeDirectory="]],
  ["STATE_DIRECTORY", ["/var/lib", false, "the service's own folder stands below: its StateDirectory="]],
  ["CACHE_DIRECTORY", ["/var/cache", false, "the service's own folder stands below: its CacheDirectory="]],
  ["LOGS_DIRECTORY", ["/var/log", false, "the service's own folder stands below: its LogsDirectory="]],
  ["TMPDIR", ["/tmp", false, "the folder for temporary files, where nobody has set another"]],
]);

function environment(text: string): Reading[] {
  const found = /^\$(?:\{([A-Z_]+)\}|([A-Z_]+))(\/.*)?$/u.exec(text);
  if (found === null) return [];
  const rest = found[3] ?? "";
  const known = environmentFolders.get(found[1] ?? found[2] ?? "");
  if (known === undefined) return [];
  const [path, owner, why] = known;
  return path === "@{HOME}" ? belowHome(rest.slice(1), why) : [{ path: path + rest, owner, why }];
}

function runtime(text: string): Reading[] {
  const user = /^(?:\/var)?\/run\/user\/(?:\d+|\*|\[0-9\]\*)(\/.*)?$/u.exec(text);
  if (user !== null) {
    const why = "the runtime folder of whoever runs the program, under any user number";
    return [{ path: `@{run}/user/@{uid}${user[1] ?? "/"}`, owner: true, why }];
  }
  const run = /^(\/var)?\/run(\/.*)$/u.exec(text);
  if (run !== null) {
    const why = "runtime files under both names of the folder, /run and /var/run";
    const linked = "`/var/run` is a link to `/run`, so the kernel never sees it: this names both";
    return [{ path: `@{run}${run[2] ?? ""}`, owner: false, why: run[1] === undefined ? why : linked }];
  }
  const lock = /^\/var\/lock(\/.*)$/u.exec(text);
  return lock === null
    ? []
    : [
        {
          path: `@{run}/lock${lock[1] ?? ""}`,
          owner: false,
          why: "`/var/lock` is a link to the folder of locks in /run",
        },
      ];
}

const ownProcess = "of the process itself, and with owner of processes of the same user, under any number";

function processes(text: string): Reading[] {
  const proc = /^\/proc\/(.*)$/u.exec(text)?.[1];
  if (proc === undefined) return [];
  const thread = /^thread-self(\/.*)?$/u.exec(proc);
  if (thread !== null) return [ofProcess(`task/@{tid}${thread[1] ?? "/"}`)];
  const linked = /^(?:net|mounts)(?:\/.*)?$/u.exec(proc);
  if (linked !== null) {
    const why = `\`/proc/${linked[0].split("/")[0] ?? ""}\` is a link to the one of the process, so the kernel sees a number`;
    return [{ path: `@{PROC}/@{pid}/${linked[0]}`, owner: false, why }];
  }
  const numbered = /^(self|\d+|\*|\[0-9\]\*|\[1-9\]\*)(?:\/(.*))?$/u.exec(proc);
  if (numbered === null)
    return [{ path: `@{PROC}/${proc}`, owner: false, why: "of the kernel as a whole, below /proc" }];
  const [, which = "", rest = ""] = numbered;
  if (which === "1") {
    return [{ path: `@{PROC}/1/${rest}`, owner: false, why: "of the first process, which belongs to root" }];
  }
  return [ofProcess(rest.replace(/^task\/(?:\d+|\*)(?=\/|$)/u, "task/@{tid}"))];
}

function ofProcess(rest: string): Reading {
  return { path: `@{PROC}/@{pid}/${rest}`, owner: true, why: ownProcess };
}

function system(text: string): Reading[] {
  const rest = /^\/sys(\/.*)$/u.exec(text)?.[1];
  return rest === undefined ? [] : [{ path: `@{sys}${rest}`, owner: false, why: "of devices and drivers, below /sys" }];
}

const merged = "where `/usr` is merged, the kernel sees only the name below /usr: this fits both";

function libraries(text: string): Reading[] {
  const found = /^(\/usr)?\/lib\/(?:[a-z0-9_]+-linux-(?:gnu|musl)[a-z0-9]*|\*-linux-gnu\*)(\/.*)?$/u.exec(text);
  if (found === null) return [];
  const rest = found[2] ?? "/";
  const why = "libraries of every kind of processor that Debian is built for";
  return [
    { path: `/{usr/,}lib/@{multiarch}${rest}`, owner: false, why },
    ...(found[1] === undefined
      ? []
      : [{ path: `/usr/lib/@{multiarch}${rest}`, owner: false, why: `${why}, below /usr only` }]),
  ];
}

function programs(text: string): Reading[] {
  const found = /^\/(bin|sbin|lib|lib32|lib64|libx32)(\/.*)$/u.exec(text);
  if (found === null) return [];
  return [{ path: `/{usr/,}${found[1] ?? ""}${found[2] ?? ""}`, owner: false, why: merged }];
}

function devices(text: string): Reading[] {
  if (/^\/dev\/pts\/\d+$/u.test(text)) {
    return [{ path: "/dev/pts/[0-9]*", owner: true, why: "the terminal, whatever its number is" }];
  }
  const standard = /^\/dev\/(stdin|stdout|stderr|fd\/\d+)$/u.exec(text)?.[1];
  if (standard === undefined) return [];
  return [ofProcess("fd/*")];
}

function relative(text: string): Reading[] {
  if (text.startsWith("/") || /^[@~$%]/u.test(text)) return [];
  const rest = text.replace(/^(?:\.{1,2}\/)+/u, "");
  if (rest === "" || rest === "." || rest === "..") return [];
  return [
    {
      path: `@{HOME}/${rest}`,
      owner: true,
      why: "below the home folder; no rule follows the folder that a program was started in",
    },
    { path: `/${rest}`, owner: false, why: "from the root of the file system" },
    { path: `/**/${rest}`, owner: false, why: "in any folder at all: wide, for development only" },
  ];
}

/** A final `/` means the folder itself, to list it; often all that is in it is meant. */
function insideOf({ path, owner, why }: Reading): Reading[] {
  if (!path.endsWith("/") || path === "/") return [];
  const about = why === "" ? "" : `: ${why}`;
  return [
    { path: `${path}**`, owner, why: `everything in the folder and below it${about}` },
    { path: `${path}*`, owner, why: `the files directly in the folder${about}` },
  ];
}
