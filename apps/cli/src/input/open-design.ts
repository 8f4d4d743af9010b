import { lstatSync, readdirSync, statSync, type Dirent } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { configPath, readConfig, type Design, type DesignFile, type HauberkConfig } from "@hauberk/core/design";
import { CallError, systemReason } from "../call-error.ts";
import { fromStandingPlace, standingPlace } from "../standing-place.ts";
import { readText } from "./read-text.ts";

/** A design as it was found on disk or on standard input. */
export interface OpenDesign {
  /** What the person named. */
  readonly named: string;
  /** The folder with `hauberk.json`; null for a lone file. */
  readonly folder: string | null;
  readonly design: Design;
  readonly config: HauberkConfig | null;
  /** The path in the design of the one file that was named; null where the whole design was. */
  readonly file: string | null;
  /** What was passed over, as sentences. */
  readonly notes: readonly string[];
  /** The path, as a person would write it here, of a path in the design. */
  show(path: string): string;
}

/**
 * Opens the design that a path belongs to: the folder of the nearest `hauberk.json` above it, else the lone file, which
 * is installed under its own name. `-` is a lone file from standard input. Throws a `CallError` where there is none.
 */
export function openDesign(named: string): OpenDesign {
  if (named === "-") return openLone(named, "stdin");
  const path = fromStandingPlace(named);
  const isFolder = isDirectory(named, path);
  const folder = designFolder(isFolder ? path : dirname(path));
  if (folder === undefined) {
    if (isFolder) throw new CallError(`${named} is a directory, and neither it nor one above it holds ${configPath}`);
    return openLone(named, basename(path));
  }
  const inside = relative(folder, path).replaceAll("\\", "/");
  if (!isFolder && inside !== configPath && !inside.startsWith("apparmor.d/")) return openLone(named, basename(path));
  return openFolder(named, folder, isFolder ? null : inside);
}

function isDirectory(named: string, path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new CallError(`cannot read ${named}: ${systemReason(error)}`);
  }
}

const designFolders = new Map<string, string | undefined>();

/** The nearest folder with a `hauberk.json`, from an absolute path upwards. */
export function designFolder(from: string): string | undefined {
  if (!designFolders.has(from)) {
    const above = dirname(from) === from ? undefined : dirname(from);
    designFolders.set(from, holdsConfig(from) ? from : above && designFolder(above));
  }
  return designFolders.get(from);
}

function holdsConfig(folder: string): boolean {
  try {
    return statSync(join(folder, configPath)).isFile();
  } catch {
    return false;
  }
}

function openLone(named: string, name: string): OpenDesign {
  const path = `apparmor.d/${name}`;
  const text = textOrThrow(named, named);
  return {
    named,
    folder: null,
    design: { name, files: [{ path, text }] },
    config: null,
    file: path,
    notes: [],
    show: (inDesign) => (inDesign === path ? named : inDesign),
  };
}

function openFolder(named: string, folder: string, file: string | null): OpenDesign {
  const show = (path: string) => relative(standingPlace(), join(folder, path)) || ".";
  const notes: string[] = [];
  const configText = textOrThrow(join(folder, configPath), show(configPath));
  const reading = readConfig(configText);
  if (!reading.ok) {
    const lines = reading.errors.map(
      ({ line, column, message }) => `${show(configPath)}:${line}:${column}: ${message}`,
    );
    throw new CallError(lines.join("\n"));
  }
  for (const { line, column, message } of reading.warnings)
    notes.push(`${show(configPath)}:${line}:${column}: ${message}`);
  const files: DesignFile[] = [{ path: configPath, text: configText }];
  for (const path of policyPaths(folder, "apparmor.d", show, notes)) {
    files.push({ path, text: textOrThrow(join(folder, path), show(path)) });
  }
  return { named, folder, design: { name: reading.config.name, files }, config: reading.config, file, notes, show };
}

function textOrThrow(path: string, shown: string): string {
  const reading = readText(path);
  if (!reading.ok) throw new CallError(`cannot read ${shown}: ${reading.why}`);
  return reading.text;
}

/** The policy files below a folder of the design, sorted; what can't be part of a design is noted and left out. */
function policyPaths(folder: string, at: string, show: (path: string) => string, notes: string[]): string[] {
  const paths: string[] = [];
  // A design from somebody else must not lead out of its folder: what it links to would be read and bundled.
  if (lstatSync(join(folder, at), { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new CallError(`${show(at)} is a symbolic link, which is not followed; put the files themselves there`);
  }
  for (const entry of entriesOf(folder, at, show)) {
    const path = `${at}/${entry.name}`;
    if (entry.name.startsWith(".") || entry.name.endsWith("~")) continue;
    if (path === "apparmor.d/local") {
      notes.push(`${show(path)} is left out: local/ belongs to the machine where the policy is installed`);
    } else if (entry.isDirectory()) {
      paths.push(...policyPaths(folder, path, show, notes));
    } else if (entry.isFile()) {
      paths.push(path);
    } else {
      notes.push(`${show(path)} is left out: it is not a plain file`);
    }
  }
  return paths;
}

function entriesOf(folder: string, at: string, show: (path: string) => string): Dirent[] {
  try {
    const entries = readdirSync(join(folder, at), { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new CallError(`cannot read ${show(at)}: ${systemReason(error)}`);
  }
}
