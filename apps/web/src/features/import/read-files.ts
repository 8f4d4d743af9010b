import { gunzipSync, unzipSync } from "fflate";
import { decodeStrict } from "./decode.ts";
import { pathForFile } from "./install-name.ts";
import { readDesignFolder } from "./read-folder.ts";

/** A file as the browser hands it over; `name` may hold folders. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a set of files comes to: texts by their paths in a design, and what was refused and why. */
export interface ImportReading {
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly problems: readonly string[];
}

/** Most that an archive may unpack to, in bytes: a design is text. */
const mostUnpacked = 16 * 1024 * 1024;

/** The files of a design, from single files and archives. */
export function readGivenFiles(given: readonly GivenFile[]): ImportReading {
  const problems: string[] = [];
  const found = new Map<string, string>();
  const files = given.flatMap((each) => {
    const unpackedFiles = unpacked(each, problems);
    const design = isWholeDesign(unpackedFiles) ? readDesignFolder(unpackedFiles) : null;
    if (design === null) return unpackedFiles;
    // A whole design keeps its names as they are.
    for (const [path, text] of design.files) found.set(path, text);
    problems.push(...design.problems);
    return [];
  });
  for (const file of files) {
    const decoded = decodeStrict(file.bytes);
    if (!decoded.ok) {
      problems.push(
        `\`${file.name}\` is not UTF-8 text: byte ${decoded.offset} fits no character. Nothing of it was taken.`,
      );
      continue;
    }
    if (decoded.text.includes("\0")) {
      problems.push(`\`${file.name}\` holds a NUL: it is not a text. Nothing of it was taken.`);
      continue;
    }
    const isConfig = file.name === "hauberk.json" || file.name.endsWith("/hauberk.json");
    found.set(isConfig ? "hauberk.json" : pathForFile(file.name, decoded.text), decoded.text);
  }
  return { files: [...found], problems };
}

/** The files of an archive that belong to a design; a file that is no archive stands for itself. */
function unpacked(file: GivenFile, problems: string[]): readonly GivenFile[] {
  try {
    if (/\.zip$/i.test(file.name)) return designPart(unzip(file.bytes));
    if (/\.(tar\.gz|tgz)$/i.test(file.name)) return designPart(untar(gunzip(file.bytes)));
    if (/\.tar$/i.test(file.name)) return designPart(untar(file.bytes));
  } catch (error) {
    problems.push(`\`${file.name}\` can't be unpacked: ${error instanceof Error ? error.message : String(error)}.`);
    return [];
  }
  return [file];
}

function isWholeDesign(files: readonly GivenFile[]): boolean {
  return files.length > 1 && files.some(({ name }) => name === "hauberk.json" || name.endsWith("/hauberk.json"));
}

/** Of a whole bundle only the design in it: below the folder of its `hauberk.json`. */
function designPart(files: readonly GivenFile[]): readonly GivenFile[] {
  const config = files.find(({ name }) => name === "hauberk.json" || name.endsWith("/hauberk.json"));
  const root = config === undefined ? "" : config.name.slice(0, -"hauberk.json".length);
  return files.filter(
    ({ name }) =>
      name === config?.name || name.startsWith(`${root}apparmor.d/`) || (config === undefined && name !== ""),
  );
}

function unzip(bytes: Uint8Array): GivenFile[] {
  let total = 0;
  const files = unzipSync(bytes, {
    filter: (file) => {
      total += file.originalSize;
      if (total > mostUnpacked) throw new Error("it unpacks to more than 16 MiB");
      return !file.name.endsWith("/");
    },
  });
  return Object.entries(files).map(([name, content]) => ({ name, bytes: content }));
}

/** The last four bytes of a gzip file say how much it unpacks to; a lie there ends in a short text, not in a flood. */
function gunzip(bytes: Uint8Array): Uint8Array {
  const size =
    bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  if (size > mostUnpacked) throw new Error("it unpacks to more than 16 MiB");
  return gunzipSync(bytes, { out: new Uint8Array(size) });
}

/** Regular files of a tar archive (ustar and GNU; pax headers give long names). Links are not followed. */
function untar(bytes: Uint8Array): GivenFile[] {
  const files: GivenFile[] = [];
  const ascii = new TextDecoder("latin1");
  const text = (from: number, length: number) =>
    (ascii.decode(bytes.subarray(from, from + length)).split("\0")[0] ?? "").trim();
  let longName: string | null = null;
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12) || "0", 8);
    if (!Number.isSafeInteger(size) || size < 0 || at + 512 + size > bytes.length) throw new Error("it is cut off");
    const type = String.fromCharCode(bytes[at + 156] ?? 0);
    const body = bytes.subarray(at + 512, at + 512 + size);
    const prefix = text(at + 257, 5) === "ustar" ? text(at + 345, 155) : "";
    const name: string = longName ?? (prefix === "" ? text(at, 100) : `${prefix}/${text(at, 100)}`);
    longName = null;
    if (type === "L") longName = ascii.decode(body).replace(/\0+$/, "");
    else if (type === "x") longName = /\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(body))?.[1] ?? null;
    else if (type === "0" || type === "\0") files.push({ name, bytes: body });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
