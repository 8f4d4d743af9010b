import { textOfBytes } from "../archive/bytes.ts";
import { limits } from "../archive/limits.ts";
import { readMaintainerScript } from "../read/maintainer-script.ts";
import { readService, type Service } from "../read/service.ts";
import { readLogrotate, readNamedPaths, readSysusers, readTmpfiles } from "../read/settings-files.ts";
import { looksLikeUnit, readUnitText, type UnitEntry, type UnitFile } from "../read/unit-file.ts";
import { fillSpecifiers } from "../read/unit-words.ts";
import { baseName, folderOf } from "../subject/shipped-path.ts";
import type { ShippedFile, Subject } from "../subject/subject.ts";
import { findCandidates } from "./candidates.ts";
import type { Survey } from "./survey.ts";

/** Where systemd looks for units of the machine; a lone unit that was given counts as lying in the second. */
export const unitFolders = /^(?:\/usr(?:\/local)?)?\/lib\/systemd\/system\/|^\/(?:etc|run)\/systemd\/system\//u;

/** Reads all that a subject brings along: units, users, folders, settings. Nothing is run. */
export function takeSurvey(subject: Subject): Survey {
  const byPath = new Map(subject.files.map((file) => [file.path, file]));
  const texts = textFiles(subject.files);
  const units = readUnits(texts);
  const services = units.map(readService).filter((service): service is Service => service !== null);
  const scripts = subject.scripts
    .filter(({ name }) => name === "postinst" || name === "preinst")
    .map(({ name, text }) => ({ from: `DEBIAN/${name}`, ...readMaintainerScript(text) }));
  const below = (folder: RegExp): readonly TextFile[] => texts.filter(({ path }) => folder.test(path));
  const partial = {
    subject,
    byPath,
    parents: new Set(subject.files.map(({ path }) => folderOf(path))),
    units,
    services,
    users: [
      ...below(/\/sysusers\.d\//u).flatMap(({ path, text }) =>
        readSysusers(text).map((each) => ({ ...each, from: path })),
      ),
      ...scripts.flatMap(({ from, users }) => users.map((each) => ({ ...each, from }))),
    ],
    made: [
      ...below(/\/tmpfiles\.d\//u).flatMap(({ path, text }) =>
        readTmpfiles(text, fillPlain).map((each) => ({ ...each, from: path })),
      ),
      ...scripts.flatMap(({ from, made }) => made.map((each) => ({ ...each, from }))),
    ],
    fileCapabilities: scripts.flatMap(({ from, capabilities }) => capabilities.map((each) => ({ ...each, from }))),
    settings: scripts.flatMap(({ from, settings }) => settings.map((each) => ({ ...each, from }))),
    logs: below(/^\/etc\/logrotate\.d\//u).flatMap(({ path, text }) =>
      readLogrotate(text).map((each) => ({ ...each, from: path })),
    ),
    initPaths: below(/^\/etc\/(?:init\.d|default|cron[^/]*)\//u).flatMap(({ path, text }) =>
      readNamedPaths(text).map((each) => ({ ...each, from: path })),
    ),
    remarks: subject.remarks,
  };
  return { ...partial, ...findCandidates(partial) };
}

/** In tmpfiles.d there is no unit that specifiers could be about. */
function fillPlain(text: string): string {
  return fillSpecifiers(text, { name: "", user: null });
}

interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** The small files that are text and lie where texts that matter do. */
function textFiles(files: readonly ShippedFile[]): TextFile[] {
  return files.flatMap(({ path, kind, bytes }) => {
    if (kind !== "file" || bytes === null || bytes.length > limits.text) return [];
    if (!/^\/etc\/|\/systemd\/|\/(?:sysusers|tmpfiles)\.d\/|\.(?:service|socket|conf)$/u.test(path)) return [];
    const text = textOfBytes(bytes);
    return text === null ? [] : [{ path, text }];
  });
}

/** The units with their drop-ins, each drop-in after the unit and in the order of their names. */
function readUnits(texts: readonly TextFile[]): UnitFile[] {
  const dropIns = new Map<string, TextFile[]>();
  for (const file of texts) {
    const unit = /\/([^/]+\.(?:service|socket))\.d\/[^/]+\.conf$/u.exec(file.path)?.[1];
    if (unit === undefined) continue;
    dropIns.set(unit, [...(dropIns.get(unit) ?? []), file]);
  }
  return texts.flatMap(({ path, text }) => {
    const name = baseName(path);
    const isUnit = /^[A-Za-z0-9:_.\\@-]{1,255}\.(?:service|socket)$/u.test(name);
    if (!isUnit || path.includes(".d/") || !(unitFolders.test(path) || looksLikeUnit(text))) return [];
    if (path.includes("/systemd/user/")) return [];
    const later = [...(dropIns.get(name) ?? []), ...(dropIns.get(name.replace(/@.+\./u, "@.")) ?? [])];
    const sorted = [...new Set(later)].toSorted((a, b) => (baseName(a.path) < baseName(b.path) ? -1 : 1));
    const entries: UnitEntry[] = [{ path, text }, ...sorted].flatMap((file) => readUnitText(file.path, file.text));
    return [{ path, name, entries }];
  });
}
