import { textOfBytes } from "../archive/bytes.ts";
import { limits } from "../archive/limits.ts";
import { isElf, readElf } from "../read/elf.ts";
import { interpreterOf } from "../read/interpreters.ts";
import { readScript } from "../read/script.ts";
import type { Service } from "../read/service.ts";
import { searchPath } from "../read/started.ts";
import { baseName, shownName } from "../subject/shipped-path.ts";
import type { ShippedFile } from "../subject/subject.ts";
import { realPath } from "./real-path.ts";
import type { ProgramCandidate, Survey } from "./survey.ts";

type Known = Pick<Survey, "subject" | "byPath" | "services" | "initPaths">;

/** The folders where programs for people and for the system lie; others are looked at only where a unit names them. */
const programFolders = /^(?:\/usr(?:\/local)?)?\/(s?bin)\/[^/]+$/u;
const helperFolders = /^\/(?:usr\/)?(?:lib|libexec)\/|^\/opt\//u;

/** Programs of the system that units call for small services: nobody means them. */
const helpers =
  /^(?:(?:\/usr)?\/s?bin\/)?(?:sh|bash|dash|true|false|kill|mkdir|chown|chmod|install|env|systemctl|sleep|rm|test|echo|touch|cp|mv|ln|cat|sed|grep|rndc)$/u;

const mostCandidates = 60;

/** The programs of a subject, the likeliest first, each once; and what units start that is none of them. */
export function findCandidates(known: Known): Pick<Survey, "candidates" | "unfound"> {
  const unfound = new Set<string>();
  const tools = new Set<string>();
  const found = new Map<string, ProgramCandidate>();
  const add = (path: string, why: string, weight: number): void => {
    const real = realPath(known.byPath, path);
    const file = known.byPath.get(real);
    if (file !== undefined && file.kind !== "file") return;
    const before = found.get(real);
    if (before !== undefined && before.weight >= weight) return;
    found.set(real, { path: real, kind: kindOf(file), why, weight, given: file?.bytes != null });
  };
  for (const service of known.services) {
    addService(known, service, add, (why, isTool) =>
      (isTool ? tools : unfound).add(`${shownName(service.name)} ${why}`),
    );
  }
  for (const file of known.subject.files) addShipped(known, file, add);
  const candidates = [...found.values()]
    .toSorted((a, b) => b.weight - a.weight || (a.path < b.path ? -1 : 1))
    .slice(0, mostCandidates);
  // Tools are no news beside a program.
  return { candidates, unfound: candidates.length === 0 ? [...unfound, ...tools] : [...unfound] };
}

type Add = (path: string, why: string, weight: number) => void;

function addService(known: Known, service: Service, add: Add, miss: (why: string, isTool: boolean) => void): void {
  for (const { role, started } of service.commands) {
    if (role !== "ExecStart") continue;
    if (!started.isKnown) {
      miss(started.why, false);
      continue;
    }
    const { program, by } = started;
    const shown = shownName(program);
    if (helpers.test(program)) {
      miss(`starts ${shown}, a tool of the system`, true);
      continue;
    }
    const path = foundProgram(known, program);
    if (path === null) {
      miss(
        `starts ${shown} by its bare name, which is looked up in ${searchPath.join(", ")}: it is not among what was given`,
        false,
      );
      continue;
    }
    const way = by.length === 0 ? "" : ` by way of ${by.map(baseName).join(" and ")}`;
    const weight = serviceWeight(known, service, path);
    add(path, `${service.name} starts it${way}`, weight);
    const real = realPath(known.byPath, path);
    for (const inner of programsOfScript(known, real)) {
      add(inner, `${service.name} starts it by way of ${baseName(real)}`, weight + 5);
    }
  }
}

/** Where a program of a unit lies: a bare name is looked for among the given files as systemd does, interpreters in /usr/bin. */
export function foundProgram({ byPath }: Pick<Survey, "byPath">, program: string): string | null {
  if (program.startsWith("/")) return program;
  const places = searchPath.map((folder) => `${folder}/${program}`);
  const found = places.find((path) => byPath.get(realPath(byPath, path))?.kind === "file");
  return found ?? (interpreterOf(program) === null ? null : `/usr/bin/${program}`);
}

/** What lasts counts before what ends at once, a plain unit before a template, the package's own name before others. */
function serviceWeight({ subject, byPath }: Known, service: Service, program: string): number {
  const shipped = byPath.has(realPath(byPath, program)) ? 20 : 0;
  const lasting = service.type === "oneshot" ? 0 : 40;
  const plain = service.isTemplate ? 0 : 10;
  const exact = service.stem === subject.name ? 10 : 0;
  const named = [service.stem, baseName(program)].some((name) => related(subject.name, name)) ? 10 : 0;
  return 30 + shipped + lasting + plain + exact + named;
}

function addShipped(known: Known, file: ShippedFile, add: Add): void {
  if (file.kind !== "file") return;
  const { path } = file;
  const isProgram = (file.mode & 0o111) !== 0 || (file.mode === 0 && file.bytes !== null && kindOf(file) !== "unknown");
  const folder = programFolders.exec(path)?.[1];
  const named = related(known.subject.name, baseName(path)) ? 5 : 0;
  const alone = known.subject.files.length === 1 ? 50 : 0;
  if (folder !== undefined && (isProgram || file.bytes === null)) {
    const daemon = known.initPaths.some((each) => each.path === path && /\/init\.d\//u.test(each.from));
    const setuid = (file.mode & 0o6000) !== 0 ? 5 : 0;
    if (daemon) add(path, "an init script names it", 45 + named);
    else
      add(
        path,
        `it lies in ${path.slice(0, path.lastIndexOf("/"))}`,
        (folder === "sbin" ? 15 : 12) + named + setuid + alone,
      );
  } else if (isProgram && (helperFolders.test(path) || alone > 0)) {
    const elf = file.bytes === null ? null : readElf(file.bytes);
    if (elf?.kind !== "library") add(path, "it is a program that others call", 5 + named + alone);
  }
}

/** Programs among the given files that a script names: a wrapper that starts the real one. */
function programsOfScript({ byPath }: Known, path: string): string[] {
  const bytes = byPath.get(path)?.bytes;
  if (bytes == null || bytes.length > limits.text || isElf(bytes)) return [];
  const script = readScript(textOfBytes(bytes) ?? "");
  return (script?.paths ?? [])
    .map((each) => realPath(byPath, each.path))
    .filter((each) => each !== path && programFolders.test(each) && byPath.get(each)?.kind === "file");
}

function kindOf(file: ShippedFile | undefined): ProgramCandidate["kind"] {
  if (file?.bytes == null) return "unknown";
  if (isElf(file.bytes)) return "program";
  return file.bytes[0] === 0x23 && file.bytes[1] === 0x21 ? "script" : "unknown";
}

/**
 * Whether a name is one of the same program: `bind` of `bind9`, `chrony-dhcp` of `chronyd`. Not `cups` of `cups-browsed`: that
 * is the name of something larger.
 */
export function related(own: string, other: string): boolean {
  const [first, second] = [plainName(own), plainName(other)];
  if (first === second) return first !== "";
  if (first.length < 2 || second.length < 2) return false;
  const isPart = second.startsWith(first) && /^(?:d|[-_.].+)$/u.test(second.slice(first.length));
  return isPart || (first.startsWith(second) && /^(?:d|ctl)$/u.test(first.slice(second.length)));
}

/** Without what sets the name of a package, a user or a daemon apart. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^_+|^debian-/u, "")
    .replace(/(?:-(?:server|daemon|common|tools|core|bin|utils))+$/u, "")
    .replace(/[\d._]+$/u, "");
}
