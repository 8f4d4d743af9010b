import {
  dbusPermissions,
  ioUringPermissions,
  mountOptions,
  mqueuePermissions,
  networkDomains,
  networkPermissions,
  networkProtocols,
  ptracePermissions,
  signalPermissions,
  signals,
  socketTypes,
  unixPermissions,
  unixSocketTypes,
  usernsPermissions,
  type Word,
} from "../../vocabulary/index.ts";
import { wordOffer, type Offer } from "./item.ts";

/** Which values a condition takes: words of a list, or names of profiles. */
type Values = readonly Offer[] | "profiles" | "none";

/** What a kind of rule with permissions and conditions knows. */
export interface RuleShape {
  readonly permissions: readonly Offer[];
  /** Words that stand by themselves. */
  readonly words: readonly Offer[];
  /** `key=` and its values. */
  readonly keys: Readonly<Record<string, KeyShape>>;
  /** Keys inside of `peer=(…)`; null where `peer=` takes a name. */
  readonly peer: Readonly<Record<string, KeyShape>> | null;
}

interface KeyShape {
  readonly sentence: string;
  readonly values: Values;
  /** Takes several values in parentheses. */
  readonly many?: boolean;
}

const offers = (words: readonly Word[], detail = ""): Offer[] => words.map((word) => wordOffer(word, detail));
const named = (words: Readonly<Record<string, string>>): Offer[] =>
  Object.entries(words).map(([name, sentence]) => wordOffer({ name, sentence }));

const label: KeyShape = {
  sentence: "The profile of the process, or of the socket, on the other side.",
  values: "profiles",
};
const ownLabel: KeyShape = { sentence: "The profile that the thing belongs to.", values: "profiles" };
const peerProfile: KeyShape = { sentence: "The profile of the process on the other side.", values: "profiles" };

const addresses: Readonly<Record<string, KeyShape>> = {
  ip: {
    sentence: "An IP address. The kernels of Debian drop it: every address is meant.",
    values: named({ none: "No address." }),
  },
  port: { sentence: "A port. The kernels of Debian drop it: every port is meant.", values: "none" },
};

const buses = named({
  system: "The one bus of the whole machine.",
  session: "The bus of the person who is logged in.",
  accessibility: "The bus of screen readers and their like.",
});

const messages: Readonly<Record<string, KeyShape>> = {
  path: { sentence: "The object that the message is for; a glob.", values: "none" },
  interface: { sentence: "The interface of the message; a glob.", values: "none" },
  member: { sentence: "The method or signal of the message; a glob.", values: "none" },
};

/** The kinds of rules that are made of permissions, words and conditions, by their keyword. */
export const ruleShapes: Readonly<Record<string, RuleShape>> = {
  network: {
    permissions: offers(networkPermissions),
    words: [
      ...networkDomains.map(({ name, sentence }) => wordOffer({ name, sentence }, "family")),
      ...offers(socketTypes, "type"),
      ...offers(networkProtocols, "protocol"),
    ],
    keys: addresses,
    peer: { ...addresses, label },
  },
  unix: {
    permissions: offers(unixPermissions),
    words: [],
    keys: {
      type: { sentence: "The type of the socket.", values: offers(unixSocketTypes), many: true },
      addr: {
        sentence: "The address: `@name` for an abstract one, globs allowed; `none` for no name.",
        values: named({ none: "No name." }),
      },
      label: ownLabel,
    },
    peer: { addr: { sentence: "The address of the other side.", values: named({ none: "No name." }) }, label },
  },
  signal: {
    permissions: offers(signalPermissions),
    words: [],
    keys: {
      set: { sentence: "Which signals; all of them without it.", values: offers(signals), many: true },
      peer: peerProfile,
    },
    peer: null,
  },
  ptrace: { permissions: offers(ptracePermissions), words: [], keys: { peer: peerProfile }, peer: null },
  dbus: {
    permissions: offers(dbusPermissions),
    words: [],
    keys: {
      bus: { sentence: "Which bus.", values: buses },
      ...messages,
      name: { sentence: "The name to own, with `bind`.", values: "none" },
    },
    peer: { name: { sentence: "The name of the other side on the bus; a glob.", values: "none" }, label },
  },
  mqueue: {
    permissions: offers(mqueuePermissions),
    words: [],
    keys: {
      type: {
        sentence: "The kind of queue.",
        values: named({ posix: "Named by a path.", sysv: "Named by a number." }),
      },
      label: ownLabel,
    },
    peer: null,
  },
  io_uring: { permissions: offers(ioUringPermissions), words: [], keys: { label: ownLabel }, peer: null },
  userns: { permissions: [], words: offers(usernsPermissions), keys: {}, peer: null },
};

const fileSystems = named({
  ext4: "The usual file system of Linux.",
  tmpfs: "In memory.",
  proc: "Processes and settings of the kernel.",
  sysfs: "Devices and settings of the kernel.",
  devtmpfs: "Device files that the kernel makes.",
  devpts: "Pseudo terminals.",
  overlay: "Layers over one another, as containers use it.",
  cgroup2: "Control groups.",
  fuse: "File systems that programs serve.",
  nfs: "A file system of another machine.",
  vfat: "Memory sticks and EFI partitions.",
});

const options: KeyShape = {
  sentence: "Mount flags; exactly these.",
  values: mountOptions.map(({ name, sentence, kind }) => wordOffer({ name, sentence }, kind)),
  many: true,
};

const mounts: RuleShape = {
  permissions: [],
  words: [],
  keys: { fstype: { sentence: "The type of the file system.", values: fileSystems, many: true }, options },
  peer: null,
};

/** The kinds of rules about mounts, by their keyword. */
export const mountShapes: Readonly<Record<string, RuleShape>> = {
  mount: mounts,
  remount: { ...mounts, keys: { options } },
  umount: mounts,
  pivot_root: {
    permissions: [],
    words: [],
    keys: { oldroot: { sentence: "Where the old root goes.", values: "none" } },
    peer: null,
  },
};

/** The keywords that begin a rule, with what such a rule is about. */
export const ruleKeywords: readonly Word[] = [
  { name: "capability", sentence: "Privileges of root, one by one.", since: "3.0.8" },
  { name: "network", sentence: "Sockets by family and type.", since: "3.0.8" },
  { name: "file", sentence: "Files; a rule may begin with the path itself too. Alone: every file.", since: "3.0.8" },
  { name: "signal", sentence: "Sending signals to other processes and taking them.", since: "3.0.8" },
  { name: "ptrace", sentence: "Looking into other processes and controlling them.", since: "3.0.8" },
  { name: "unix", sentence: "Unix sockets that are no files, by peer.", since: "3.0.8" },
  { name: "dbus", sentence: "Messages over D-Bus.", since: "3.0.8" },
  { name: "mount", sentence: "Mounting file systems.", since: "3.0.8" },
  { name: "remount", sentence: "Changing the options of mounts.", since: "3.0.8" },
  { name: "umount", sentence: "Taking mounts away.", since: "3.0.8" },
  { name: "pivot_root", sentence: "Changing the root of the file tree, as containers do.", since: "3.0.8" },
  { name: "change_profile", sentence: "Moving into another profile by the program's own wish.", since: "3.0.8" },
  { name: "link", sentence: "Making hard links.", since: "3.0.8" },
  { name: "mqueue", sentence: "Message queues.", since: "4.1.0" },
  { name: "userns", sentence: "Making user namespaces.", since: "4.1.0" },
  { name: "io_uring", sentence: "Submitting work through io_uring.", since: "4.1.0" },
  { name: "all", sentence: "Everything that AppArmor mediates.", since: "4.1.0" },
];

/** What may stand at a place of such a rule: permissions, words and keys that are not there yet. */
export function shapeOffers(shape: RuleShape, said: readonly string[]): Offer[] {
  const has = (name: string) => said.some((word) => word === name || word.startsWith(`${name}=`));
  const hasFamily = shape.words.some(({ label: name, detail }) => detail === "family" && has(name));
  const keys = Object.entries(shape.keys).filter(([key]) => !has(key));
  return [
    ...shape.words.filter(({ label: name, detail }) => !has(name) && !(hasFamily && detail === "family")),
    ...shape.permissions.filter(({ label: name }) => !has(name)),
    ...keys.map(([key, { sentence, many = false }]) => keyOffer(key, sentence, many)),
    ...(shape.peer === null || has("peer")
      ? []
      : [keyOffer("peer", "What is asked of the other side, in parentheses.", true)]),
  ];
}

/** The keys of a group such as `peer=(…)`. */
export function groupOffers(keys: Readonly<Record<string, KeyShape>>, said: readonly string[]): Offer[] {
  return Object.entries(keys)
    .filter(([key]) => !said.some((word) => word.startsWith(`${key}=`)))
    .map(([key, { sentence, many = false }]) => keyOffer(key, sentence, many));
}

function keyOffer(key: string, sentence: string, many: boolean): Offer {
  const insert = many ? `${key}=($0)` : `${key}=$0`;
  return { label: `${key}=`, kind: "keyword", documentation: sentence, insert, snippet: true };
}
