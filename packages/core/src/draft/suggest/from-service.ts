import { noQualifiers } from "../../rules/index.ts";
import { managedFolders, variablesIn } from "../read/unit-environment.ts";
import { isOn, listed, setting } from "../read/unit-file.ts";
import { unitWords } from "../read/unit-words.ts";
import { profileEntry } from "./attachment.ts";
import { addInternet } from "./from-program.ts";
import { suggestFromRestrictions } from "./from-restrictions.ts";
import { accessAt, addPlace, literal, settledPath, type DraftContext, type ServiceUse } from "./context.ts";
import { at, type Certainty, type Evidence } from "./suggestion.ts";

/** What the units that start the program say of it. */
export function suggestFromServices(context: DraftContext): void {
  for (const use of context.uses) {
    fromFolders(context, use);
    fromPaths(context, use);
    suggestFromRestrictions(context, use);
    fromDevices(context, use);
    fromReadiness(context, use);
    fromArguments(context, use);
    fromEnvironment(context, use);
    fromSockets(context, use);
    fromPreparation(context, use);
    remarkOnConfinement(context, use);
  }
}

function fromFolders(context: DraftContext, { service }: ServiceUse): void {
  for (const { key, root } of managedFolders) {
    for (const entry of listed(service.unit, "Service", key)) {
      for (const word of unitWords(entry.value)) {
        const name = service.fill(word.split(":")[0] ?? "").replace(/^\/+|\/+$/gu, "");
        if (name === "" || name.includes("..")) {
          context.ledger.remark(`${key}= of ${service.name} names \`${word}\`, where systemd makes no folder`);
          continue;
        }
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
        const words = `${entry.key}= of ${service.name}`;
        if (!path.startsWith("/") || /^\/(?:tmp|proc|sys|dev|home|root)\b/u.test(path)) {
          ledger.remark(unopened(words, path));
          continue;
        }
        if (tooWide.test(path)) {
          const does = permissions === "r" ? "is about" : "opens";
          ledger.remark(`${words} ${does} \`${path}\` as a whole, which is no place of the program's own`);
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
  fromNamedPlaces(context, service);
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

/** The file of its number and the folder that it starts in. */
function fromNamedPlaces(context: DraftContext, service: ServiceUse["service"]): void {
  const add = (key: string, path: string, isFolder: boolean, certainty: Certainty): void => {
    const entry = setting(service.unit, "Service", key);
    const words = `${key}= of ${service.name}`;
    if (entry === null || path === "" || path === "/") return;
    const isOpened = !tooWide.test(path) && addPlace(context, path, isFolder, certainty, at(entry, words), true);
    if (!isOpened) context.ledger.remark(unopened(words, path));
  };
  const named = (key: string): string => service.fill(setting(service.unit, "Service", key)?.value ?? "");
  const pidFile = named("PIDFile");
  add("PIDFile", pidFile === "" || pidFile.startsWith("/") ? pidFile : `/run/${pidFile}`, false, "sure");
  add("WorkingDirectory", named("WorkingDirectory").replace(/^-/u, ""), true, "likely");
}

/** A place that no draft opens by itself: the person is told of it. */
function unopened(words: string, path: string): string {
  return `${words} names \`${path}\`, a place that no draft opens by itself: what the program needs there is for you to add`;
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
    } else if (name !== "") {
      context.ledger.remark(`BusName= of ${service.name} is \`${name}\`, which is no name of a bus`);
    }
  }
  const privateTmp = setting(service.unit, "Service", "PrivateTmp");
  if (isOn(privateTmp) && privateTmp !== null) {
    const words = `PrivateTmp= of ${service.name}: /tmp is its own there`;
    context.ledger.include("abstractions/user-tmp", "unsure", at(privateTmp, words));
  }
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
      else context.ledger.remark(`${evidence.words} is the abstract socket \`${value}\`: the draft has no rule for it`);
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
