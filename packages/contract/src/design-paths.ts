import { designLimits } from "./limits.ts";

/** The folder of a design that mirrors `/etc/apparmor.d`. */
export const policyFolder = "apparmor.d/";

// Cc: control characters; Cf: invisible and direction-changing ones; Zl, Zp: line and paragraph separators.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Why a path can't be a file of a design, as one sentence for a person, or null where it can. A path is relative to the
 * design's folder, lies below `apparmor.d/`, and names one place only: no `.`, `..`, empty name or backslash.
 */
export function designPathProblem(path: string): string | null {
  if (!path.isWellFormed()) return "The path holds half of a surrogate pair, which no file name can.";
  if (path.length > designLimits.pathLength) return `The path is longer than ${designLimits.pathLength} characters.`;
  if (unprintable.test(path)) return "The path holds a control or invisible character.";
  if (path.includes("\\")) return "The path holds a backslash; folders are separated by `/`.";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) {
    return "The path is absolute; write it relative to the design, as `apparmor.d/NAME`.";
  }
  if (!path.startsWith(policyFolder)) return "The file lies outside `apparmor.d/`.";
  const segments = path.slice(policyFolder.length).split("/");
  for (const segment of segments) {
    if (segment === "") return "The path holds an empty name.";
    if (segment === "." || segment === "..") return `The path holds \`${segment}\`; write the place itself.`;
    if (utf8Length(segment) > designLimits.segmentBytes) {
      return `A name in the path is longer than ${designLimits.segmentBytes} bytes.`;
    }
  }
  if (segments[0] === "local") {
    return "`apparmor.d/local/` belongs to the machine that a profile is installed on; a design holds nothing there.";
  }
  return null;
}

/** A set of paths that can't stand beside each other: the index of the later one, and a sentence for a person. */
export interface PathClash {
  readonly index: number;
  readonly message: string;
}

/** Finds paths that occur twice, or that are a file in one place and a folder in another. */
export function pathClashes(paths: readonly string[]): PathClash[] {
  const clashes: PathClash[] = [];
  const files = new Set<string>();
  const all = new Set(paths);
  for (const [index, path] of paths.entries()) {
    if (files.has(path)) clashes.push({ index, message: `\`${path}\` is there twice.` });
    files.add(path);
    for (const folder of foldersOf(path)) {
      if (all.has(folder)) clashes.push({ index, message: `\`${folder}\` is a file and a folder at once.` });
    }
  }
  return clashes;
}

/** How many bytes a text takes in UTF-8; half of a surrogate pair counts three, as its replacement would. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 4;
      index++;
    } else bytes += 3;
  }
  return bytes;
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
