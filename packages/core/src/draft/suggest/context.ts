import type { ElfReading } from "../read/elf.ts";
import type { ScriptReading } from "../read/script.ts";
import type { Service, ServiceCommand } from "../read/service.ts";
import { related } from "../survey/candidates.ts";
import type { Survey } from "../survey/survey.ts";
import type { ShippedFile } from "../subject/subject.ts";
import type { Ledger } from "./ledger.ts";
import type { Certainty, Topic } from "./suggestion.ts";

/** A service that starts the program, with the command that does. */
export interface ServiceUse {
  readonly service: Service;
  readonly command: ServiceCommand;
  /** The words beside the program, variables put in. */
  readonly args: readonly string[];
  /** What leads to it, and reads it in the end where `isRead`. */
  readonly by: readonly string[];
  readonly isRead: boolean;
}

/** A library among the given files. */
export interface LoadedLibrary {
  readonly path: string;
  readonly elf: ElfReading;
  readonly bytes: Uint8Array;
}

/** All that suggestions for one program are made from. */
export interface DraftContext {
  readonly survey: Survey;
  /** Where the program really lies. */
  readonly program: string;
  readonly file: ShippedFile | undefined;
  readonly elf: ElfReading | null;
  readonly script: ScriptReading | null;
  /** The libraries among the given files that the program loads, directly or not. */
  readonly libraries: readonly LoadedLibrary[];
  readonly uses: readonly ServiceUse[];
  /** Names under which the program's own folders are known: of the package, the program, its units and its user. */
  readonly names: readonly string[];
  /** The program that the package is mostly about: what the package ships is taken to be for it. */
  readonly isMain: boolean;
  /** Paths of the other programs that get a profile of their own in the same design. */
  readonly others: readonly string[];
  /** A unit sets `NoNewPrivileges=`. */
  readonly noNewPrivs: boolean;
  readonly ledger: Ledger;
}

/** Whether a name of a file or folder belongs to the program. */
export function isOwnName({ names }: DraftContext, name: string): boolean {
  const plain = name.replace(/\.(?:conf|cfg|ini|d|log|pid|sock|socket|service|keys?|db)$/u, "").replace(/\*/gu, "");
  return plain !== "" && names.some((own) => related(own, plain));
}

/** Whether any part of a path below its first folders belongs to the program. */
export function isOwnPath(context: DraftContext, path: string): boolean {
  return path
    .split("/")
    .slice(2)
    .some((part) => isOwnName(context, part));
}

/** What a program does at a place, by what places are for. */
export interface PlaceAccess {
  readonly topic: Topic;
  readonly permissions: string;
}

/** The access that a place is for; null for places that no draft opens by itself. */
export function accessAt(path: string, isFolder: boolean): PlaceAccess | null {
  if (path.startsWith("/etc/")) return { topic: "settings", permissions: "r" };
  if (/^\/(?:usr|opt|lib)\//u.test(path)) return { topic: "data", permissions: "r" };
  if (path.startsWith("/var/log/")) return { topic: "state", permissions: "rw" };
  if (/^\/var\/(?:lib|cache|spool|games|opt|www)\/|^\/srv\//u.test(path)) return { topic: "state", permissions: "rwk" };
  if (path.startsWith("/run/")) return { topic: "runtime", permissions: isFolder ? "rwk" : "rw" };
  if (path.startsWith("/dev/")) return { topic: "devices", permissions: "rw" };
  if (/^\/(?:proc|sys)\//u.test(path)) return { topic: "devices", permissions: "r" };
  return null;
}

/** One path for what has two: `/var/run` is a link to `/run`. */
export function settledPath(path: string): string {
  return path
    .replace(/\/{2,}/gu, "/")
    .replace(/^\/var\/run(?=\/|$)/u, "/run")
    .replace(/^\/var\/lock(?=\/|$)/u, "/run/lock");
}

/** A path of the machine for a rule: signs of globs in it are plain signs there. */
export function literal(path: string): string {
  return path.replace(/[*?[\]{}^\\@"]/gu, (sign) => `\\${sign}`);
}

/**
 * The system's own variables in place of the folders that they stand for. What /proc shows of the asking process itself are
 * links into the folder of that process, and the kernel asks for the real place.
 */
export function withVariables(path: string): string {
  return path
    .replace(/^\/proc\/(?=net\/|mounts$)/u, "/proc/@{pid}/")
    .replace(/^\/proc\/(?:self|thread-self|\[0-9\]\*)(?=\/)/u, "/proc/@{pid}")
    .replace(/^\/proc(?=\/)/u, "@{PROC}")
    .replace(/^\/sys(?=\/)/u, "@{sys}");
}

/** A program as it is written in rules on systems with and without one /usr. */
export function programPath(path: string): string {
  return path.replace(/^\/(bin|sbin|lib)(?=\/)/u, "/{,usr/}$1");
}

const folders = /^\/var\/(?:lib|cache|log|spool)\/[^/]+|^\/run\/[^/]+(?=\/)|^\/(?:etc|usr\/share)\/[^/]+(?=\/)/u;

/**
 * The folder of the program's own that a path lies in, as `/var/lib/x/{,**}`: programs write beside a file and rename. Null
 * where the path lies in nobody's folder or in somebody else's.
 */
export function ownFolder(context: DraftContext, path: string): string | null {
  const folder = folders.exec(path)?.[0];
  if (folder === undefined) return null;
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  if (/[*?[]/u.test(name) || !isOwnName(context, name)) return null;
  return folder;
}

/**
 * Adds what a path of known use needs, as the folder of the program's own where it lies in one. False where no draft opens such
 * a place by itself, and nothing was added.
 */
export function addPlace(
  context: DraftContext,
  path: string,
  isFolder: boolean,
  certainty: Certainty,
  evidence: { readonly path: string; readonly line: number | null; readonly words: string },
  glob = false,
): boolean {
  const settled = settledPath(path).replace(/(?<=.)\/+$/u, "");
  const folder = isFolder || settled !== settledPath(path);
  const access = accessAt(`${settled}/`, folder);
  if (access === null || settled.split("/").length < 3) return false;
  const own = ownFolder(context, folder ? `${settled}/` : settled);
  const plain = withVariables(glob ? settled : literal(settled));
  const inOwn = own !== null && access.topic !== "settings" && access.topic !== "data";
  const text = inOwn ? `${literal(own)}/{,**}` : folder ? `${plain}/{,**}` : plain;
  const permissions = inOwn ? (accessAt(`${own}/`, true)?.permissions ?? access.permissions) : access.permissions;
  context.ledger.file(access.topic, text, permissions, certainty, evidence);
  return true;
}
