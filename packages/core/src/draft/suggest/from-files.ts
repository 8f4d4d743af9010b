import { textOfBytes } from "../archive/bytes.ts";
import { limits } from "../archive/limits.ts";
import { readNamedPaths } from "../read/settings-files.ts";
import { baseName } from "../subject/shipped-path.ts";
import type { ShippedFile } from "../subject/subject.ts";
import { realPath } from "../survey/real-path.ts";
import {
  accessAt,
  addPlace,
  isOwnName,
  isOwnPath,
  literal,
  ownFolder,
  settledPath,
  type DraftContext,
} from "./context.ts";
import { addCapability, addProgram } from "./from-program.ts";
import type { Certainty, Evidence } from "./suggestion.ts";

/** Folders of /etc that belong to the system or to other programs: what lies there is not for the program itself. */
const systemSettings = new Set(
  `apparmor apparmor.d apport apt bash_completion.d cron.d cron.daily cron.hourly cron.monthly cron.weekly dbus-1 default
   dhcp dpkg emacs init init.d insserv.conf.d kernel ld.so.conf.d letsencrypt logcheck logrotate.d modprobe.d
   modules-load.d needrestart network networkd-dispatcher NetworkManager pam.d polkit-1 ppp profile.d rc0.d rcS.d
   resolvconf rsyslog.d runit security sudoers.d sv sysctl.d systemd sysusers.d tmpfiles.d udev ufw update-motd.d X11 xdg`
    .trim()
    .split(/\s+/u),
);

/** The same of /usr/share. */
const systemData = new Set(
  `appdata applications apport bash-completion bug dbus-1 doc doc-base fish icons info initramfs-tools lintian locale man
   menu metainfo mime munin nagios-plugins perl5 pixmaps polkit-1 pyshared python3 reportbug runit user-session
   vim zsh`
    .trim()
    .split(/\s+/u),
);

/** What the package ships and makes: settings, data, folders for state. */
export function suggestFromFiles(context: DraftContext): void {
  const { survey, isMain } = context;
  for (const file of survey.subject.files) fromShipped(context, file);
  // Of a package with several programs the rest is taken to be for the main one.
  const certainty: Certainty = isMain ? "likely" : "unsure";
  fromMade(context, certainty);
  if (!isMain) return;
  for (const file of survey.subject.files) fromSettingsText(context, file);
  fromLogs(context);
  fromInit(context);
}

function fromShipped(context: DraftContext, file: ShippedFile): void {
  const { path } = file;
  const packageName = context.survey.subject.name;
  const evidence = (words: string): Evidence => ({ path, line: null, words });
  const parts = path.split("/");
  const [, root = "", second = "", third = ""] = parts;
  if (root === "etc") return fromFolder(context, file, second, systemSettings, parts.length > 3);
  if (root === "usr" && second === "share") return fromFolder(context, file, third, systemData, parts.length > 4);
  if (root === "opt" && second !== "") {
    const words = `${packageName} ships it below /opt`;
    context.ledger.file("data", `/opt/${literal(second)}/{,**}`, "mr", "sure", evidence(words));
    return;
  }
  const helper = /^\/usr\/(?:lib|libexec)\/([^/]+)\/[^/]+$/u.exec(path)?.[1];
  if (helper !== undefined && context.isMain && (file.mode & 0o111) !== 0 && isOwnName(context, helper)) {
    addProgram(context, path, "unsure", evidence(`${packageName} ships it for other programs to call`));
    return;
  }
  const isState = /^\/var\/(?:lib|cache|log|spool|games)\/[^/]+/u.test(path);
  const own = ownFolder(context, `${path}/`) !== null;
  // Of folders that are not its own only the innermost: those around it are of others.
  const isInnermost = file.kind === "file" || !context.survey.parents.has(path);
  if (isState && (own || isInnermost) && (file.kind === "folder" || file.kind === "file")) {
    addPlace(
      context,
      path,
      file.kind === "folder",
      own ? (context.isMain ? "sure" : "likely") : "unsure",
      evidence(`${packageName} ships the folder`),
    );
  }
}

/** A file below a folder like /etc/x: the whole folder where it is the program's own, else the file alone. */
function fromFolder(
  context: DraftContext,
  file: ShippedFile,
  name: string,
  foreign: ReadonlySet<string>,
  isInside: boolean,
): void {
  const { path, kind } = file;
  const isSettings = path.startsWith("/etc/");
  if (name === "" || foreign.has(name)) return;
  const topic = isSettings ? "settings" : "data";
  const packageName = context.survey.subject.name;
  const evidence = { path, line: null, words: `${packageName} ships it` };
  const folder = isSettings ? `/etc/${name}` : `/usr/share/${name}`;
  if (isInside || kind === "folder") {
    if (isOwnName(context, name)) {
      const words = `${packageName} ships ${isSettings ? "settings" : "data"} there`;
      const certainty = context.isMain ? "sure" : "likely";
      context.ledger.file(topic, `${literal(folder)}/{,**}`, "r", certainty, { ...evidence, path: folder, words });
    } else if (kind === "file" && (file.mode & 0o111) === 0) {
      context.ledger.file(
        topic,
        literal(path),
        "r",
        isOwnName(context, baseName(path)) ? "likely" : "unsure",
        evidence,
      );
    }
  } else if (kind === "file") {
    const own = isOwnName(context, name);
    context.ledger.file(topic, literal(path), "r", own ? "sure" : "likely", evidence);
  }
}

/** Folders and files that are made on installing or at boot. */
function fromMade(context: DraftContext, certainty: Certainty): void {
  for (const { path, kind, owner, line, from } of context.survey.made) {
    const settled = settledPath(path);
    if (/[$`]/u.test(path) || !/^\/(?:var|run|srv)\//u.test(settled)) continue;
    const words = owner === null ? "the package makes it" : `the package makes it for \`${owner}\``;
    const known = isOwnPath(context, settled) ? certainty : "unsure";
    const isFile = kind === "file" || /\.[a-z]{2,5}$/u.test(settled);
    addPlace(context, settled, !isFile, known, { path: from, line, words });
  }
  for (const { path, line, from } of context.survey.settings) {
    const evidence = { path: from, line, words: "the package sets it up from a template" };
    const folder = ownFolder(context, path);
    context.ledger.file(
      "settings",
      folder === null ? literal(path) : `${literal(folder)}/{,**}`,
      "r",
      certainty,
      evidence,
    );
  }
  for (const { name, home, line, from } of context.survey.users) {
    if (home === null || !/^\/(?:var|srv|opt)\/[^/]+\/[^/]+/u.test(home)) continue;
    const known = ownFolder(context, `${home}/`) === null ? "unsure" : certainty;
    addPlace(context, home, true, known, { path: from, line, words: `the home of the user \`${name}\`` });
  }
}

/** Settings that the package ships name the files that the program will use. */
function fromSettingsText(context: DraftContext, file: ShippedFile): void {
  const { path, kind, bytes } = file;
  if (kind !== "file" || bytes === null || bytes.length > limits.text || (file.mode & 0o111) !== 0) return;
  const isSettings = ownFolder(context, path)?.startsWith("/etc/") === true || isOwnSetting(context, path);
  const isTemplate = /^\/usr\/share\/[^/]+\/.*(?:conf|rc|cfg|ini|torrc[\w-]*)$/u.test(path) && isOwnPath(context, path);
  const isNamed = context.uses.some(({ args }) => args.includes(path));
  if (!isSettings && !isTemplate && !isNamed) return;
  const text = textOfBytes(bytes);
  if (text === null) return;
  for (const { path: named, line, key } of readNamedPaths(text)) {
    const settled = settledPath(named);
    const evidence = {
      path,
      line,
      words: key === null ? "named in the settings" : `named in the settings as \`${key}\``,
    };
    if (/\/s?bin\/[^/]+$/u.test(settled)) {
      addProgram(context, settled, "unsure", evidence);
      continue;
    }
    const known: Certainty = isOwnPath(context, settled) ? "likely" : "unsure";
    const isFolder = named.endsWith("/") || (key !== null && /dir/iu.test(key)) || isShippedFolder(context, settled);
    addPlace(context, settled, isFolder, known, evidence);
  }
}

function isOwnSetting(context: DraftContext, path: string): boolean {
  return (
    /^\/etc\/[^/]+(?:\/[^/]+)?$/u.test(path) &&
    isOwnName(context, baseName(path)) &&
    !systemSettings.has(path.split("/")[2] ?? "")
  );
}

function isShippedFolder({ survey }: DraftContext, path: string): boolean {
  return survey.byPath.get(path.replace(/\/+$/u, ""))?.kind === "folder";
}

/** What logrotate turns over is written by the program. */
function fromLogs(context: DraftContext): void {
  for (const { path, line, from } of context.survey.logs) {
    const settled = settledPath(path);
    if (accessAt(settled, false)?.topic !== "state") continue;
    const evidence = { path: from, line, words: "logrotate turns its log over" };
    const own = ownFolder(context, settled);
    if (own !== null) context.ledger.file("state", `${literal(own)}/{,**}`, "rw", "sure", evidence);
    else
      context.ledger.file(
        "state",
        settled,
        "rw",
        isOwnName(context, baseName(settled)) ? "likely" : "unsure",
        evidence,
      );
  }
}

/** An init script names the same files as the units, and says what the older way of starting needs. */
function fromInit(context: DraftContext): void {
  const named = context.survey.initPaths.filter(({ from }) => from.startsWith("/etc/init.d/"));
  if (!named.some(({ path }) => realPath(context.survey.byPath, path) === context.program)) return;
  for (const { path, line, from, key } of named) {
    const settled = settledPath(path);
    if (
      !/^\/(?:run(?!\/lock)|var|etc|usr\/share)\//u.test(settled) ||
      /^\/etc\/(?:default|init\.d|apparmor\.d)/u.test(settled)
    )
      continue;
    const own = isOwnPath(context, settled);
    const evidence = {
      path: from,
      line,
      words: key === null ? "named in the init script" : `\`${key}\` of the init script`,
    };
    const looksLikeFolder = !/\.[a-z]{2,6}$/u.test(settled) && settled === ownFolder(context, `${settled}/`);
    const isFolder = isShippedFolder(context, settled) || looksLikeFolder;
    addPlace(context, settled, isFolder, own ? "likely" : "unsure", evidence);
  }
  for (const { path, line, from, key } of named) {
    const isLock = path.startsWith("/run/lock/") || path.startsWith("/var/lock/");
    if (isLock)
      context.ledger.file("runtime", literal(settledPath(path)), "wk", "unsure", {
        path: from,
        line,
        words: `\`${key ?? "lock"}\` of the init script`,
      });
  }
  // Root in a folder of another user needs this where it writes before it becomes that user.
  const owner = context.survey.made.find((each) => each.owner !== null && isOwnPath(context, each.path));
  if (owner === undefined || context.uses.some(({ service }) => service.user !== null)) return;
  const words = `it begins as root, and \`${owner.path}\` belongs to \`${owner.owner ?? ""}\``;
  addCapability(context, "dac_override", "unsure", { path: owner.from, line: owner.line, words });
  addCapability(context, "dac_read_search", "unsure", { path: owner.from, line: owner.line, words });
}
