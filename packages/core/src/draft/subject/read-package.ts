import { readAr, type ArMember } from "../archive/ar.ts";
import { textOfBytes } from "../archive/bytes.ts";
import { limits } from "../archive/limits.ts";
import { readTar, type TarEntry } from "../archive/tar.ts";
import { unpack, type Progress } from "../archive/unpack.ts";
import { Unreadable } from "../archive/unreadable.ts";
import { controlFields } from "./control.ts";
import { shippedPath, shownName } from "./shipped-path.ts";
import type { MaintainerScript, ShippedFile, Subject } from "./subject.ts";

const scriptNames = ["preinst", "postinst", "prerm", "postrm", "config"];

/** More remarks of one kind than this are counted instead of told. */
const mostTold = 5;

/** Reads a Debian package (deb(5)): control data, maintainer scripts and files. Throws `Unreadable`. */
export async function readPackage(bytes: Uint8Array, tell?: Progress): Promise<Subject> {
  const members = readAr(bytes);
  const version = textOfBytes(member(members, /^debian-binary$/u).bytes)?.trim() ?? "";
  if (!/^2\.\d{1,3}(?:\n|$)/u.test(version)) throw new Unreadable("it is a package of a format that is not known here");
  const control = await entriesOf(member(members, /^control\.tar(?:\.|$)/u), "its control data");
  const data = await entriesOf(member(members, /^data\.tar(?:\.|$)/u), "its files", tell);
  const texts = controlTexts(control);
  const fields = controlFields(texts.get("control") ?? "");
  const name = fields.get("Package") ?? "";
  if (!/^[a-z0-9][a-z0-9.+-]{0,99}$/u.test(name)) throw new Unreadable("its control data names no package");
  const remarks: string[] = [];
  return {
    kind: "package",
    name,
    version: plainField(fields.get("Version")),
    architecture: plainField(fields.get("Architecture")),
    summary: fields.get("Description")?.split("\n")[0]?.slice(0, 200) ?? null,
    files: shippedFiles(data, remarks),
    conffiles: conffilesOf(texts.get("conffiles") ?? ""),
    scripts: scriptNames.flatMap((script): MaintainerScript[] => {
      const text = texts.get(script);
      return text === undefined ? [] : [{ name: script, text }];
    }),
    remarks,
  };
}

function member(members: readonly ArMember[], name: RegExp): ArMember {
  const found = members.filter((each) => name.test(each.name));
  const [only] = found;
  if (only === undefined) throw new Unreadable("it is not a Debian package: a part of it is missing");
  if (found.length > 1) throw new Unreadable("it is not a proper package: a part of it is there twice");
  return only;
}

async function entriesOf(packed: ArMember, what: string, tell?: Progress): Promise<TarEntry[]> {
  try {
    return await readTar(unpack(packed.bytes, tell));
  } catch (error) {
    if (error instanceof Unreadable) throw new Unreadable(`${what} can't be unpacked: ${error.message}`);
    throw error;
  }
}

/** The small texts of the control archive by their names. */
function controlTexts(entries: readonly TarEntry[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { name, bytes } of entries) {
    if (bytes === null || bytes.length > limits.text) continue;
    const text = textOfBytes(bytes);
    if (text !== null) texts.set(name.replace(/^(?:\.?\/)+/u, ""), text);
  }
  return texts;
}

function plainField(value: string | undefined): string | null {
  return value !== undefined && /^[A-Za-z0-9.+~:_-]{1,100}$/u.test(value) ? value : null;
}

function conffilesOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    // A file that the new package no longer has is listed with a word before it.
    const reading = line.startsWith("/") ? shippedPath(line.trimEnd()) : null;
    return reading?.ok === true ? [reading.path] : [];
  });
}

/** The entries at their places, each place once: the last entry is the one that dpkg would leave there. */
function shippedFiles(entries: readonly TarEntry[], remarks: string[]): ShippedFile[] {
  const files = new Map<string, ShippedFile>();
  let refused = 0;
  for (const { name, kind, mode, owner, size, target, bytes } of entries) {
    const reading = shippedPath(name);
    if (!reading.ok) {
      refused += 1;
      if (refused <= mostTold) remarks.push(`the file ${shownName(name)} of the package was left out: ${reading.why}`);
      continue;
    }
    if (reading.path === "/") continue;
    const kept = bytes !== null && bytes.length <= limits.program ? bytes : null;
    files.delete(reading.path);
    files.set(reading.path, { path: reading.path, kind, mode, owner, size, target, bytes: kept });
  }
  if (refused > mostTold) remarks.push(`${refused - mostTold} more files with such names were left out`);
  return [...files.values()];
}
