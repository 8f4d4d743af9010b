import { designPathProblem, pathClashes } from "@hauberk/contract";
import { decodeStrict } from "./decode.ts";
import type { GivenFile, ImportReading } from "./read-files.ts";

/** What a folder comes to: the design in it with the names that it has, or null where there is none. */
export interface FolderReading extends ImportReading {
  /** The folder's own name, for the design. */
  readonly name: string;
  /** Files beside the design that were left out. */
  readonly ignored: number;
}

const configFile = "hauberk.json";

/**
 * Finds the design in a folder: below its `hauberk.json`, else below the folder that holds `apparmor.d`. Every file
 * keeps its name and its bytes; a name that a design can't have is refused and said. Null where no design is there.
 */
export function readDesignFolder(given: readonly GivenFile[]): FolderReading | null {
  const files = given.map((file) => ({ ...file, name: file.name.replace(/^\/+/, "") }));
  const root = rootOf(files.map(({ name }) => name));
  if (root === null) return null;
  const problems: string[] = [];
  const found: (readonly [string, string])[] = [];
  let ignored = 0;
  for (const { name, bytes } of files) {
    const path = name.startsWith(root) ? name.slice(root.length) : null;
    if (path === null || (path !== configFile && !path.startsWith("apparmor.d/"))) {
      ignored++;
      continue;
    }
    const refused = path === configFile ? null : designPathProblem(path);
    const decoded = refused === null ? decodeStrict(bytes) : null;
    if (refused !== null) problems.push(`\`${visible(path)}\` was not taken. ${refused}`);
    else if (decoded?.ok !== true) {
      const offset = decoded?.offset ?? 0;
      problems.push(`\`${path}\` was not taken: it is not UTF-8 text, byte ${offset} fits no character.`);
    } else if (decoded.text.includes("\0")) problems.push(`\`${path}\` was not taken: it holds a NUL.`);
    else found.push([path, decoded.text]);
  }
  const clashes = pathClashes(found.map(([path]) => path));
  problems.push(...clashes.map(({ message }) => message));
  const clashing = new Set(clashes.map(({ index }) => index));
  const name = root.split("/").at(-2) ?? "";
  return { name, files: found.filter((_, index) => !clashing.has(index)), problems, ignored };
}

/** The folder of the design, with a slash at its end or empty: the shallowest with `hauberk.json`, else with policy. */
function rootOf(names: readonly string[]): string | null {
  const configs = names.filter((name) => name === configFile || name.endsWith(`/${configFile}`));
  if (configs.length > 0) return shallowest(configs.map((name) => name.slice(0, -configFile.length)));
  return shallowest(
    names.flatMap((name) => {
      const at = `/${name}`.indexOf("/apparmor.d/");
      return at === -1 ? [] : [name.slice(0, at)];
    }),
  );
}

function shallowest(folders: readonly string[]): string | null {
  return folders.toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))[0] ?? null;
}

function depthOf(path: string): number {
  return path.split("/").length;
}

/** A hostile name as it can be shown: what can't be seen becomes its number. */
function visible(path: string): string {
  return path.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ""}}`);
}
