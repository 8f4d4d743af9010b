import { rlimits } from "../../vocabulary/index.ts";
import { noQualifiers } from "../../rules/index.ts";
import { addressFamilies, boundingOf, capabilityNames, holdsNoCapability } from "../read/service.ts";
import { managedFolders, variablesIn } from "../read/unit-environment.ts";
import { isOn, listed, setting } from "../read/unit-file.ts";
import { unitWords } from "../read/unit-words.ts";
import { profileEntry } from "./attachment.ts";
import { addCapability, addInternet } from "./from-program.ts";
import { accessAt, addPlace, literal, settledPath, type DraftContext, type ServiceUse } from "./context.ts";
import type { Certainty, Evidence } from "./suggestion.ts";

/** What the units that start the program say of it. */
export function suggestFromServices(context: DraftContext): void {
  for (const use of context.uses) {
    fromFolders(context, use);
    fromPaths(context, use);
    fromCapabilities(context, use);
    fromFamilies(context, use);
    fromDevices(context, use);
    fromReadiness(context, use);
    fromLimits(context, use);
    fromArguments(context, use);
    fromEnvironment(context, use);
    fromSockets(context, use);
    fromPreparation(context, use);
    remarkOnConfinement(context, use);
  }
}

function at(entry: { readonly path: string; readonly line: number }, words: string): Evidence {
  return { path: entry.path, line: entry.line, words };
}

function fromFolders(context: DraftContext, { service }: ServiceUse): void {
  for (const { key, root } of managedFolders) {
    for (const entry of listed(service.unit, "Service", key)) {
      for (const word of unitWords(entry.value)) {
        const name = service.fill(word.split(":")[0] ?? "").replace(/^\/+|\/+$/gu, "");
        if (name === "" || name.includes("..")) continue;
        const path = `${root}/${name}`;
        const access = accessAt(`${path}/`, true);
        if (access === null) continue;
        context.ledger.file(
          access.topic,
          `${path}/{,**}`,
          access.permissions,
          "sure",
          at(entry, `${key}= of ${service.name}`),
        );
      }
    }
  }
}

/** Folders so wide that opening them would open what is not the program's. */
const tooWide = /^\/(?:[^/]+|var\/(?:lib|log|cache|spool|tmp|run)|usr\/[^/]+)?\/?$/u;

function fromPaths(context: DraftContext, { service }: ServiceUse): void {
  const { ledger } = context;
  const add = (keys: readonly string[], permissions: string): void => {
    for (const entry of listed(service.unit, "Service", ...keys)) {
      for (const word of unitWords(entry.value)) {
        const path = settledPath(service.fill(word.replace(/^[-+]+/u, "").split(":")[0] ?? "")).replace(
          /(?<=.)\/+$/u,
          "",
        );
        if (!path.startsWith("/") || /^\/(?:tmp|proc|sys|dev|home|root)\b/u.test(path)) continue;
        const words = `${entry.key}= of ${service.name}`;
        if (tooWide.test(path)) {
          if (permissions !== "r")
            ledger.remark(`${words} opens \`${path}\` as a whole, which is no place of the program's own`);
          continue;
        }
        const access = accessAt(`${path}/`, true);
        const topic = access?.topic ?? "data";
        const isFile = /\.[a-z]+$/u.test(path);
        ledger.file(
          topic,
          isFile ? path : `${path}/{,**}`,
          permissions,
          permissions === "r" ? "likely" : "sure",
          at(entry, words),
        );
      }
    }
  };
  add(["ReadWritePaths", "ReadWriteDirectories"], "rwk");
  add(["ReadOnlyPaths", "ReadOnlyDirectories", "BindReadOnlyPaths"], "r");
  add(["BindPaths"], "rwk");
  const pidFile = setting(service.unit, "Service", "PIDFile");
  if (pidFile !== null && pidFile.value !== "") {
    const path = service.fill(pidFile.value.startsWith("/") ? pidFile.value : `/run/${pidFile.value}`);
    addPlace(context, path, false, "sure", at(pidFile, `PIDFile= of ${service.name}`), true);
  }
  const place = setting(service.unit, "Service", "WorkingDirectory");
  if (place?.value.replace(/^-/u, "").startsWith("/") === true) {
    const path = service.fill(place.value.replace(/^-/u, ""));
    if (!tooWide.test(path))
      addPlace(context, path, true, "likely", at(place, `WorkingDirectory= of ${service.name}`), true);
  }
  for (const entry of listed(service.unit, "Service", "LoadCredential", "LoadCredentialEncrypted", "SetCredential")) {
    ledger.file(
      "runtime",
      `/run/credentials/${literal(service.name)}/{,**}`,
      "r",
      "sure",
      at(entry, `${entry.key}= of ${service.name}`),
    );
  }
}

function fromCapabilities(context: DraftContext, { service, command }: ServiceUse): void {
  for (const entry of listed(service.unit, "Service", "AmbientCapabilities")) {
    for (const name of capabilityNames(entry.value)) {
      context.ledger.capability(name, "sure", at(entry, `AmbientCapabilities= of ${service.name}`));
    }
  }
  if (holdsNoCapability(service, command)) {
    context.ledger.remark(
      `${service.name} runs it as \`${service.user ?? ""}\` from the beginning, so it holds no capability and the draft has none`,
    );
    return;
  }
  const bounding = boundingOf(service);
  if (bounding.kind === "only") {
    const words = `CapabilityBoundingSet= of ${service.name} leaves it this`;
    for (const name of bounding.names) context.ledger.capability(name, "sure", at(bounding.entry, words));
  }
  const owner = service.user;
  if (owner === null || !command.beginsAsRoot) return;
  // It is root among folders that belong to another user.
  const words = `${service.name} begins as root, and its folders belong to \`${owner}\``;
  for (const name of ["dac_override", "dac_read_search"]) {
    addCapability(context, name, "likely", at(command, words));
  }
}

const domains: Readonly<Record<string, string | null>> = { unix: "unix", netlink: "netlink", packet: "packet" };

function fromFamilies(context: DraftContext, { service }: ServiceUse): void {
  const families = addressFamilies(service.unit);
  const entry = listed(service.unit, "Service", "RestrictAddressFamilies")[0];
  if (families === null || entry === undefined || !families.only) return;
  const evidence = at(entry, `RestrictAddressFamilies= of ${service.name}`);
  const internet = families.names.filter((name) => name === "inet" || name === "inet6");
  addInternet(context, "sure", evidence, internet);
  for (const name of families.names) {
    const domain = domains[name];
    // Local sockets between programs are in abstractions/base where AppArmor tells them apart.
    if (domain === "netlink") context.ledger.network("netlink", "raw", "sure", evidence);
    if (domain === "packet") context.ledger.network("packet", "raw", "sure", evidence);
    if (domain === "unix") context.ledger.network("unix", null, "unsure", evidence);
  }
}

const deviceKinds: Readonly<Record<string, string>> = {
  "char-rtc": "/dev/rtc{,[0-9]*}",
  "char-pps": "/dev/pps[0-9]*",
  "char-ptp": "/dev/ptp[0-9]*",
  "char-usb_device": "/dev/bus/usb/{,**}",
  "char-input": "/dev/input/{,**}",
  "char-alsa": "/dev/snd/{,**}",
  "char-drm": "/dev/dri/{,**}",
  "char-hidraw": "/dev/hidraw[0-9]*",
  "char-ttyS": "/dev/ttyS[0-9]*",
  "char-ttyUSB": "/dev/ttyUSB[0-9]*",
  "char-ttyACM": "/dev/ttyACM[0-9]*",
  "char-video4linux": "/dev/video[0-9]*",
  "char-tpm": "/dev/tpm{,rm}[0-9]*",
  "char-watchdog": "/dev/watchdog{,[0-9]*}",
  "char-fuse": "/dev/fuse",
  "char-vhost-net": "/dev/vhost-net",
  "block-loop": "/dev/loop[0-9]*",
};

function fromDevices(context: DraftContext, { service }: ServiceUse): void {
  for (const entry of listed(service.unit, "Service", "DeviceAllow")) {
    const [device = "", access = "rw"] = unitWords(entry.value);
    const path = deviceKinds[device] ?? (device.startsWith("/dev/") ? literal(service.fill(device)) : null);
    const words = `DeviceAllow= of ${service.name}`;
    if (path === null)
      context.ledger.remark(`${words} names \`${device}\`: which files that is depends on the machine`);
    else context.ledger.file("devices", path, access.replace(/[^rw]/gu, "") || "rw", "likely", at(entry, words));
  }
}

function fromReadiness(context: DraftContext, { service }: ServiceUse): void {
  const type = setting(service.unit, "Service", "Type");
  if (type !== null && /^notify(?:-reload)?$/u.test(type.value)) {
    context.ledger.file(
      "runtime",
      "/run/systemd/notify",
      "w",
      "sure",
      at(type, `Type=${type.value} of ${service.name}`),
    );
  }
  if (type?.value === "dbus") {
    context.ledger.include("abstractions/dbus-strict", "sure", at(type, `Type=dbus of ${service.name}`));
    const name = setting(service.unit, "Service", "BusName")?.value ?? "";
    if (/^[A-Za-z_][\w.-]{1,200}$/u.test(name)) {
      const value = { key: "name", operator: "=" as const, values: [service.fill(name)] };
      const bus = { key: "bus", operator: "=" as const, values: ["system"] };
      context.ledger.rule(
        "network",
        { kind: "dbus", qualifiers: noQualifiers, permissions: ["bind"], local: [bus, value], peer: [], operand: null },
        "sure",
        at(type, `BusName= of ${service.name}`),
      );
    }
  }
  const privateTmp = setting(service.unit, "Service", "PrivateTmp");
  if (isOn(privateTmp) && privateTmp !== null) {
    const words = `PrivateTmp= of ${service.name}: /tmp is its own there`;
    context.ledger.include("abstractions/user-tmp", "unsure", at(privateTmp, words));
  }
}

function fromLimits(context: DraftContext, { service }: ServiceUse): void {
  for (const entry of service.unit.entries) {
    const name = entry.section === "Service" ? /^Limit([A-Z]+)$/u.exec(entry.key)?.[1]?.toLowerCase() : undefined;
    const known = rlimits.find((each) => each.name === name);
    if (known === undefined) continue;
    // `soft:hard`: AppArmor sets the hard one.
    const value = rlimitValue(known.name, entry.value.split(":").at(-1) ?? "");
    if (value === null) continue;
    const words = `${entry.key}= of ${service.name}, which sets it already: take it to hold however the program is started`;
    context.ledger.rule(
      "limits",
      { kind: "rlimit", qualifiers: noQualifiers, resource: known.name, value },
      "unsure",
      at(entry, words),
    );
  }
}

const bare = new Set(["nofile", "nproc", "locks", "sigpending", "rtprio"]);
const bytes = new Set(["fsize", "data", "stack", "core", "rss", "as", "memlock", "msgqueue"]);

/** A limit as AppArmor writes it; null where its unit can't be told. */
function rlimitValue(resource: string, text: string): string | null {
  const value = text.trim();
  if (value === "infinity") return "infinity";
  if (bare.has(resource)) return /^\d{1,12}$/u.test(value) ? value : null;
  const size = /^(\d{1,12})([KMG]?)$/u.exec(value);
  if (!bytes.has(resource) || size === null) return null;
  return size[2] === "" ? `${Math.max(1, Math.floor(Number(size[1]) / 1024))}KB` : `${size[1]}${size[2]}B`;
}

/** Files that the command line names, and the variables on it that the unit doesn't set. */
function fromArguments(context: DraftContext, { service, command, args }: ServiceUse): void {
  for (const word of args) {
    const path = /^(?:-{0,2}[\w.-]*=)?(\/[^$*?{}]+)$/u.exec(word)?.[1];
    if (path === undefined || /^\/(?:bin|sbin|dev\/null|tmp)/u.test(path)) continue;
    const evidence = at(command, `the command line of ${service.name}`);
    addNamed(context, path, "sure", evidence);
  }
  const unknown = variablesIn(args).map((name) => `\`${name}\``);
  if (unknown.length === 0) return;
  const files = listed(service.unit, "Service", "EnvironmentFile").map(({ value }) => value.replace(/^-/u, ""));
  const isOne = unknown.length === 1;
  const from =
    files.length === 0
      ? `${isOne ? "is" : "are"} set nowhere in the unit`
      : `${isOne ? "comes" : "come"} from ${files.join(" or ")}`;
  context.ledger.remark(
    `${unknown.join(", ")} on the command line of ${service.name} ${from}: files named there need rules too`,
  );
}

/** Files that variables of the unit name: a program is told of its settings and data that way, too. */
function fromEnvironment(context: DraftContext, { service }: ServiceUse): void {
  for (const entry of listed(service.unit, "Service", "Environment")) {
    for (const word of unitWords(entry.value)) {
      const [, name, value] = /^([A-Za-z_]\w*)=(\/[^:*?{}$]+)$/u.exec(service.fill(word)) ?? [];
      if (name === undefined || value === undefined || /^(?:PATH|SHELL|LD_.*)$/u.test(name) || tooWide.test(value))
        continue;
      addNamed(context, value, "likely", at(entry, `\`${name}\` in Environment= of ${service.name}`));
    }
  }
}

/** Nobody can tell whether `/opt/x` is a file or a folder, so what is only read is opened as both. */
function addNamed(context: DraftContext, path: string, certainty: Certainty, evidence: Evidence): void {
  if (/^\/(?:etc|opt|usr)\/(?:[^/]+\/)*[^/.]+$/u.test(path)) {
    addPlace(context, `${literal(path)}{,/**}`, false, certainty, evidence, true);
  } else addPlace(context, path, path.endsWith("/"), certainty, evidence, path.includes("*"));
}

/** Sockets that systemd opens for the service: the unit of the same name, or one that names it. */
function fromSockets(context: DraftContext, { service }: ServiceUse): void {
  for (const unit of context.survey.units) {
    if (!unit.name.endsWith(".socket")) continue;
    const serves = setting(unit, "Socket", "Service")?.value ?? unit.name.replace(/(@?)\.socket$/u, "$1.service");
    if (serves !== service.name) continue;
    const keys = ["ListenStream", "ListenDatagram", "ListenSequentialPacket", "ListenFIFO"];
    for (const entry of listed(unit, "Socket", ...keys)) {
      const value = service.fill(entry.value);
      const evidence = at(entry, `${entry.key}= of ${unit.name}`);
      if (value.startsWith("/")) context.ledger.file("runtime", settledPath(value), "rw", "sure", evidence);
      else if (!value.startsWith("@")) addInternet(context, "likely", evidence);
    }
  }
}

/** What is made before the program starts is made for it. */
function fromPreparation(context: DraftContext, { service }: ServiceUse): void {
  for (const command of service.commands) {
    const { role, started } = command;
    if (role !== "ExecStartPre" || !started.isKnown || !/(?:^|\/)(?:mkdir|install|chown)$/u.test(started.program))
      continue;
    const { program, args } = started;
    if (/(?:^|\/)install$/u.test(program) && !args.some((word) => /^-\w*d\w*$/u.test(word))) continue;
    for (const path of args.filter((word) => word.startsWith("/"))) {
      addPlace(
        context,
        path,
        true,
        "sure",
        at(command, `made by ExecStartPre= of ${service.name}`),
        path.includes("*"),
      );
    }
  }
}

function remarkOnConfinement(context: DraftContext, { service }: ServiceUse): void {
  const { ledger } = context;
  const root = setting(service.unit, "Service", "RootDirectory") ?? setting(service.unit, "Service", "RootImage");
  if (root !== null && root.value !== "") {
    ledger.remark(
      `${service.name} runs it in a root of its own (\`${root.value}\`): AppArmor sees paths from the outer root`,
    );
  }
  const named = profileEntry(service);
  if (named !== null) {
    ledger.remark(`${service.name} puts it under the profile \`${named.profile}\`, so the draft has that name`);
  }
}
