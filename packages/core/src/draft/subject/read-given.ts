import { hasBytes, textOfBytes } from "../archive/bytes.ts";
import { isAr } from "../archive/ar.ts";
import { limits } from "../archive/limits.ts";
import type { Progress } from "../archive/unpack.ts";
import { Unreadable } from "../archive/unreadable.ts";
import { isElf } from "../read/elf.ts";
import { pathsIn } from "../read/script.ts";
import { readService } from "../read/service.ts";
import { looksLikeUnit, readUnitText } from "../read/unit-file.ts";
import { readPackage } from "./read-package.ts";
import { baseName, shippedPath, shownName } from "./shipped-path.ts";
import type { ShippedFile, Subject } from "./subject.ts";

/** A file as the person gives it. */
export interface GivenFile {
  /** As the person knows it; where it is an absolute path, it is an installed file that lies there. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where a file that was named by hand lies on this machine: taken where nothing given says where it is installed. */
  readonly place?: string;
  /** Permission bits, where they are known. */
  readonly mode?: number;
}

/** What was given, read; or what is wrong with it, for the person. */
export type GivenReading =
  | { readonly ok: true; readonly subject: Subject }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads packages, units, programs and lists of paths, told apart by what they begin with, and joins them: a package and
 * another one with its programs make one subject. `paths` are known by name alone, as from `dpkg -L`.
 * `tell` hears how much of a package is unpacked.
 */
export async function readGiven(
  given: readonly GivenFile[],
  paths: readonly string[] = [],
  tell?: Progress,
): Promise<GivenReading> {
  try {
    const parts: Subject[] = [];
    const places = namedPlaces(given, paths);
    for (const file of given) parts.push(await readOne(inPlace(file, places), tell));
    if (paths.length > 0) parts.push(listedFiles(paths));
    const [first] = parts;
    if (first === undefined) return { ok: false, reason: "nothing was given to draft from" };
    return { ok: true, subject: parts.length === 1 ? first : joined(parts) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message };
    throw error;
  }
}

/** What a file is by its bytes; `other` where only its place could tell. */
type Kind = "package" | "program" | "unit" | "list" | "other";

function kindOf({ name, bytes }: GivenFile): Kind {
  if (isAr(bytes)) return "package";
  if (isElf(bytes) || hasBytes(bytes, [0x23, 0x21])) return "program";
  const text = bytes.length > limits.text ? null : textOfBytes(bytes);
  if (text === null) return "other";
  if (looksLikeUnit(text)) return "unit";
  const paths = pathsOf(text);
  return !name.startsWith("/") && paths.length > 0 && paths.every((line) => line.startsWith("/")) ? "list" : "other";
}

function pathsOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** Absolute paths that the given units and lists name, by their last part. */
interface Places {
  /** Those of what units execute, and of lists. */
  readonly programs: ReadonlyMap<string, string>;
  readonly all: ReadonlyMap<string, string>;
  /** Something is given that a draft can be made from, so that other files may stand beside it. */
  readonly isCompany: boolean;
}

function namedPlaces(given: readonly GivenFile[], paths: readonly string[]): Places {
  const known = given.map((file) => ({ file, kind: kindOf(file) }));
  const textOf = (wanted: Kind): (readonly [name: string, text: string])[] =>
    known.flatMap(({ file: { name, bytes }, kind }) =>
      kind === wanted ? [[baseName(name), textOfBytes(bytes) ?? ""]] : [],
    );
  const units = textOf("unit").map(([name, text]) => ({ path: name, name, entries: readUnitText(name, text) }));
  const executed = units.flatMap((unit) => readService(unit)?.commands ?? []);
  const started = executed.flatMap(({ started: each }) =>
    each.isKnown && each.program.startsWith("/") ? [each.program] : [],
  );
  const values = units.flatMap(({ entries }) =>
    entries.flatMap(({ value }) => pathsIn(value.replace(/^[-@:+!|]+/u, ""))),
  );
  const listed = [...paths, ...textOf("list").flatMap(([, text]) => pathsOf(text))].filter((path) =>
    path.startsWith("/"),
  );
  const programs = [...started, ...listed.filter((path) => /\/s?bin\/[^/]+$/u.test(path)), ...listed];
  return {
    programs: firstByName(programs),
    all: firstByName([...started, ...listed, ...values]),
    isCompany: paths.length > 0 || known.some(({ kind }) => kind !== "other"),
  };
}

/** Settings beside a program do; a package that is broken is told of. */
function mayAccompany({ name, bytes }: GivenFile): boolean {
  return !/\.deb$/iu.test(name) && bytes.length <= limits.text && textOfBytes(bytes) !== null;
}

function firstByName(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(paths.toReversed().map((path) => [baseName(path), path]));
}

/** A file that was named by hand lies where a unit or a list says; else where it lies on this machine. */
function inPlace(file: GivenFile, { programs, all, isCompany }: Places): GivenFile {
  if (file.name.startsWith("/")) return file;
  const kind = kindOf(file);
  if (kind === "package" || kind === "list") return file;
  const named = kind === "unit" ? undefined : (kind === "program" ? programs : all).get(baseName(file.name));
  const place = named ?? (kind !== "other" || (isCompany && mayAccompany(file)) ? file.place : undefined);
  return place === undefined ? file : { ...file, name: place };
}

async function readOne(file: GivenFile, tell?: Progress): Promise<Subject> {
  const shown = shownName(baseName(file.name));
  if (file.bytes.length > limits.given) {
    throw new Unreadable(`${shown} is larger than ${limits.given / (1024 * 1024)} MiB and was not read`);
  }
  if (file.bytes.length === 0) throw new Unreadable(`${shown} is empty`);
  if (!isAr(file.bytes)) return plainFile(file);
  try {
    return await readPackage(file.bytes, tell);
  } catch (error) {
    if (error instanceof Unreadable) throw new Unreadable(`${shown} can't be read as a package: ${error.message}`);
    throw error;
  }
}

function plainFile(file: GivenFile): Subject {
  switch (kindOf(file)) {
    case "program":
      return oneFile(file, "/usr/bin", 0o755);
    case "unit":
      return oneFile(file, "/etc/systemd/system", 0o644);
    case "list":
      return listedFiles(pathsOf(textOfBytes(file.bytes) ?? ""));
    case "package":
    case "other":
      if (file.name.startsWith("/")) return oneFile(file, "", 0o644);
      throw new Unreadable(
        `${shownName(baseName(file.name))} is no Debian package, no unit of systemd, no program and no list of absolute paths`,
      );
  }
}

function oneFile(file: GivenFile, folder: string, mode: number): Subject {
  const reading = shippedPath(file.name.startsWith("/") ? file.name : `${folder}/${baseName(file.name)}`);
  if (!reading.ok) throw new Unreadable(`the name ${shownName(file.name)} can't be used: ${reading.why}`);
  const shipped: ShippedFile = {
    path: reading.path,
    kind: "file",
    mode: file.mode ?? mode,
    owner: "root",
    size: file.bytes.length,
    target: null,
    bytes: file.bytes,
  };
  const remarks = file.name.startsWith("/")
    ? []
    : [`where ${shownName(baseName(file.name))} is installed is not known: \`${reading.path}\` was taken`];
  return { ...nothing, name: baseName(reading.path).replace(/\.(?:service|socket)$/u, ""), files: [shipped], remarks };
}

const nothing: Subject = {
  kind: "files",
  name: "",
  version: null,
  architecture: null,
  summary: null,
  files: [],
  conffiles: [],
  scripts: [],
  remarks: [],
};

/** Files that are known by their names alone. */
function listedFiles(lines: readonly string[]): Subject {
  const remarks: string[] = [];
  const files = lines.slice(0, limits.entries).flatMap((line): ShippedFile[] => {
    const reading = shippedPath(line.trim());
    if (!reading.ok || !line.trim().startsWith("/")) {
      if (remarks.length < 5) remarks.push(`${shownName(line)} in the list is no absolute path that can be used`);
      return [];
    }
    if (reading.path === "/") return [];
    return [{ path: reading.path, kind: "file", mode: 0, owner: "", size: 0, target: null, bytes: null }];
  });
  // What others lie below is a folder.
  const folders = new Set(files.flatMap(({ path }) => parents(path)));
  const kinds = files.map((file): ShippedFile => (folders.has(file.path) ? { ...file, kind: "folder" } : file));
  const name = baseName(kinds.find(({ path }) => /\/s?bin\/[^/]+$/u.test(path))?.path ?? "program");
  return { ...nothing, name, files: kinds, remarks };
}

function parents(path: string): string[] {
  const parts = path.split("/").slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}

/** Several subjects as one: named after the first package, else after the first. */
function joined(parts: readonly Subject[]): Subject {
  const main = parts.find(({ kind }) => kind === "package") ?? parts[0] ?? nothing;
  const files = new Map<string, ShippedFile>();
  for (const { path, ...rest } of parts.flatMap((part) => part.files)) {
    const before = files.get(path);
    if (before === undefined || before.bytes === null) files.set(path, { path, ...rest });
  }
  return {
    ...main,
    files: [...files.values()],
    conffiles: parts.flatMap((part) => part.conffiles),
    scripts: parts.flatMap((part) => part.scripts),
    remarks: parts.flatMap((part) => part.remarks),
  };
}
