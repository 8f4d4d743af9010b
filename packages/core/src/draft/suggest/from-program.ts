import { limits } from "../archive/limits.ts";
import { capabilitiesInProgram, pathsInProgram } from "../read/program-text.ts";
import { holdsNoCapability } from "../read/service.ts";
import { allows, boundingOf, familiesOf } from "../read/unit-sets.ts";
import { realPath } from "../survey/real-path.ts";
import { baseCovers } from "./base-covers.ts";
import {
  accessAt,
  isOwnPath,
  literal,
  ownFolder,
  programPath,
  settledPath,
  withVariables,
  type DraftContext,
} from "./context.ts";
import {
  execFunctions,
  knownFunctions,
  knownLibraries,
  shellFunctions,
  socketFunctions,
  type Need,
} from "./known-functions.ts";
import type { Certainty, Evidence } from "./suggestion.ts";

/** What the program's own file tells: its libraries, the functions that it takes from them, the paths in its text. */
export function suggestFromProgram(context: DraftContext): void {
  const { ledger, program, elf, script } = context;
  const evidence = { path: program, line: null, words: "the program itself" };
  const isProgram = script === null && !context.uses.some(({ isRead }) => isRead);
  ledger.file("program", programPath(literal(program)), isProgram ? "mr" : "r", "sure", evidence);
  if (elf !== null) {
    ledger.linksState = ["link", "linkat"].some((name) => elf.imports.includes(name));
    fromImports(context, elf.imports, program);
    fromLibraries(context, elf.needed, elf.runPaths, program);
    for (const library of context.libraries) {
      fromImports(context, library.elf.imports, library.path);
      fromLibraries(context, library.elf.needed, [], library.path);
    }
    if (elf.isStatic) {
      ledger.remark(
        `\`${program}\` is linked statically, so the functions it calls can't be told; only its text was searched`,
      );
    }
  }
  if (context.file?.bytes == null) {
    ledger.remark(
      `\`${program}\` is not among what was given, so nothing is known of its libraries and functions; add it, or the package it is in`,
    );
  }
  if (elf !== null && context.file?.bytes != null) {
    fromText(context, context.file.bytes, program);
    for (const library of context.libraries) fromText(context, library.bytes, library.path);
  }
  fromMode(context);
}

/** `from`: the program, or a library that it loads, which may hold functions that this program never calls. */
function fromImports(context: DraftContext, imports: readonly string[], from: string): void {
  const known = new Set(imports);
  for (const { names, words, needs } of knownFunctions) {
    const found = names.filter((name) => known.has(name));
    const [first] = found;
    if (first === undefined) continue;
    const told = `${words} (imports \`${found.slice(0, 3).join("`, `")}\`)`;
    for (const need of needs) {
      const certainty = from !== context.program && need.certainty === "sure" ? "likely" : need.certainty;
      addNeed(context, { ...need, certainty }, { path: from, line: null, words: told });
    }
  }
  if (from !== context.program) return;
  fromSockets(context, known);
  const runs = execFunctions.filter((name) => known.has(name));
  if (runs.length > 0) {
    context.ledger.remark(
      `\`${context.program}\` can start other programs (imports \`${runs.slice(0, 3).join("`, `")}\`): which ones only a run tells`,
    );
  }
  if (shellFunctions.some((name) => known.has(name))) {
    const words = `it runs commands by the shell (imports \`${shellFunctions.filter((name) => known.has(name)).join("`, `")}\`)`;
    const evidence = { path: context.program, line: null, words };
    context.ledger.file("programs", "/{,usr/}bin/{,da,ba}sh", "r", "unsure", evidence, "ix");
  }
}

/** Sockets: which families nobody can read off a binary, so the unit's word counts first, then what is usual. */
function fromSockets(context: DraftContext, known: ReadonlySet<string>): void {
  const found = socketFunctions.filter((name) => known.has(name));
  if (!found.includes("socket") && !found.includes("bind")) return;
  const told = `it opens sockets (imports \`${found.slice(0, 3).join("`, `")}\`)`;
  const evidence: Evidence = { path: context.program, line: null, words: told };
  const internet = [
    "inet_pton",
    "inet_ntop",
    "inet_addr",
    "getaddrinfo",
    "getnameinfo",
    "if_nametoindex",
    "freeaddrinfo",
  ];
  const speaksIp = internet.some((name) => known.has(name)) || known.has("getaddrinfo_a");
  const families = internetFamilies.filter((family) => mayOpen(context, family));
  if (speaksIp) addInternet(context, "likely", evidence, families);
  const unprivileged =
    context.uses.length > 0 && context.uses.every(({ service, command }) => holdsNoCapability(service, command));
  const serves = known.has("bind") && context.isMain && speaksIp && !unprivileged;
  if (serves) {
    const words = `it serves the network (imports \`bind\`) and begins as root: ports below 1024 need this`;
    addNeed(context, { kind: "capability", name: "net_bind_service", certainty: "likely" }, { ...evidence, words });
  }
}

const internetFamilies = ["inet", "inet6"];

/** Streams and datagrams of the families of the internet. */
export function addInternet(
  { ledger }: DraftContext,
  certainty: Certainty,
  evidence: Evidence,
  families = internetFamilies,
): void {
  for (const family of families) {
    for (const type of ["stream", "dgram"]) ledger.network(family, type, certainty, evidence);
  }
}

/** Whether any of the units lets the program open sockets of a family. */
function mayOpen({ uses }: DraftContext, family: string): boolean {
  return uses.length === 0 || uses.some(({ service }) => allows(familiesOf(service.unit).set, family));
}

function fromLibraries(
  context: DraftContext,
  needed: readonly string[],
  runPaths: readonly string[],
  from: string,
): void {
  const { ledger, program } = context;
  for (const { names, words, needs } of knownLibraries) {
    const found = needed.find((library) => names.some((name) => library.startsWith(name)));
    if (found === undefined) continue;
    const evidence = { path: from, line: null, words: `it is linked with \`${found}\` (${words})` };
    for (const need of needs) addNeed(context, need, evidence);
    if (words.startsWith("an embedded")) {
      ledger.remark(`\`${program}\` holds ${words} (\`${found}\`): what its scripts need is not known`);
    }
  }
  for (const path of new Set(runPaths)) {
    const folder = settledPath(path.replace(/\$\{?ORIGIN\}?/gu, program.slice(0, program.lastIndexOf("/"))));
    if (!folder.startsWith("/") || /[$]/u.test(folder) || folder.includes("/../")) continue;
    const evidence = { path: program, line: null, words: `its libraries are looked for in \`${folder}\`` };
    ledger.file("program", `${literal(folder.replace(/\/+$/u, ""))}/**.so*`, "mr", "sure", evidence);
  }
}

function addNeed(context: DraftContext, need: Need, evidence: Evidence): void {
  const { ledger } = context;
  switch (need.kind) {
    case "capability":
      return addCapability(context, need.name, need.certainty, evidence);
    case "include":
      return ledger.include(need.path, need.certainty, evidence);
    case "network":
      if (mayOpen(context, need.domain)) ledger.network(need.domain, need.type, need.certainty, evidence);
      return;
    case "file": {
      const plain = need.path
        .replace(/^owner /u, "")
        .replace(/^@\{PROC\}/u, "/proc")
        .replace(/^@\{sys\}/u, "/sys");
      const topic = accessAt(plain, false)?.topic ?? "data";
      return ledger.file(topic, need.path, need.permissions, need.certainty, evidence);
    }
  }
}

/** A capability counts only where the units let the program hold it. */
export function addCapability(context: DraftContext, name: string, certainty: Certainty, evidence: Evidence): void {
  const { uses, ledger } = context;
  if (uses.length > 0 && uses.every(({ service, command }) => holdsNoCapability(service, command))) return;
  const denied = uses.length > 0 && uses.every(({ service }) => !allows(boundingOf(service.unit).set, name));
  if (denied) return;
  ledger.capability(name, certainty, evidence);
}

/** The paths that stand in the program's text: offered, for a text is not yet a use. */
function fromText(context: DraftContext, bytes: Uint8Array, from: string): void {
  const { ledger, program, survey } = context;
  if (context.elf?.imports.includes("cap_from_text") === true) {
    for (const name of capabilitiesInProgram(bytes)) {
      const words = "the program's text names it, for `cap_from_text`";
      addCapability(context, name, "likely", { path: from, line: null, words });
    }
  }
  for (const found of pathsInProgram(bytes.length > limits.program ? bytes.subarray(0, limits.program) : bytes)) {
    const path = settledPath(found);
    if (path === program || path.startsWith("/usr/lib/debug/")) continue;
    const words = "seen in the program's text, not sure";
    const evidence = { path: from, line: null, words };
    const bare = path.replace(/\/+$/u, "");
    if (/\/s?bin\/[^/]+$|\/lib\/sendmail$/u.test(bare)) {
      const own = survey.byPath.get(realPath(survey.byPath, bare)) !== undefined;
      addProgram(context, bare, own ? "likely" : "unsure", evidence);
      continue;
    }
    const access = accessAt(`${bare}/`, bare !== path);
    if (access === null || bare.split("/").length < 3 || baseCovers(bare, "r")) continue;
    const own = ownFolder(context, `${bare}/`);
    const text = withVariables(bare);
    const isFolder =
      bare !== path ||
      (bare === own && !/\.[a-z]{2,6}$/u.test(bare)) ||
      /^\/(?:var\/(?:lib|cache|log|spool)|run)\/[^/.]+$/u.test(bare);
    const certainty = own !== null && isOwnPath(context, bare) && access.permissions === "r" ? "likely" : "unsure";
    // Nobody can tell whether `/etc/x` is a file or a folder.
    const below = isFolder ? "/{,**}" : /^\/(?:etc|usr\/share)\/[^/.]+$/u.test(bare) ? "{,/**}" : "";
    ledger.file(access.topic, `${text}${below}`, access.permissions, certainty, evidence);
  }
}

/** A program that this one starts: under its own profile where the design has one, else under this one. */
export function addProgram(context: DraftContext, path: string, certainty: Certainty, evidence: Evidence): void {
  const real = realPath(context.survey.byPath, path);
  if (real === context.program) return;
  // A program that can't gain privileges can't change its profile either.
  const exec = context.others.includes(real) && !context.noNewPrivs ? "Px" : "ix";
  context.ledger.file("programs", programPath(literal(real)), exec === "Px" ? "" : "r", certainty, evidence, exec);
}

/** Setuid and file capabilities give rights that a profile must name. */
function fromMode(context: DraftContext): void {
  const { file, program, survey, ledger } = context;
  const mode = file?.mode ?? 0;
  if ((mode & 0o4000) !== 0) {
    const words = `it is setuid ${file?.owner === "" ? "root" : (file?.owner ?? "root")}`;
    for (const name of ["setuid", "setgid"]) ledger.capability(name, "likely", { path: program, line: null, words });
    ledger.remark(`\`${program}\` is setuid: which of root's capabilities it uses only a run tells`);
  }
  if ((mode & 0o2000) !== 0)
    ledger.capability("setgid", "unsure", { path: program, line: null, words: "it is setgid" });
  for (const each of survey.fileCapabilities) {
    if (realPath(survey.byPath, each.path) !== program) continue;
    const words = "the package gives the file this capability";
    for (const name of each.names) ledger.capability(name, "sure", { path: each.from, line: each.line, words });
  }
}
