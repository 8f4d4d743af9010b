import type { PeerRuleValue } from "@hauberk/core/rules";
import {
  dbusPermissions,
  ioUringPermissions,
  mqueuePermissions,
  ptracePermissions,
  signalPermissions,
  signals,
  unixPermissions,
  unixSocketTypes,
  usernsPermissions,
  type Word,
} from "@hauberk/core/vocabulary";

import { conditionFields, type KnownKey } from "./conditions.ts";
import type { FieldWord, PlainField, RuleField } from "./rule-field.ts";

/** What a kind of rule with permissions, conditions and a peer knows. */
interface PeerShape {
  readonly permissions: readonly Word[];
  /** Other spellings, shown only where they are written. */
  readonly short: readonly string[];
  readonly all: string;
  readonly local: readonly KnownKey[];
  readonly peer: readonly KnownKey[];
  readonly operand?: { readonly label: string; readonly hint: string; readonly placeholder: string };
}

const readsAndWrites: readonly string[] = ["r", "w", "rw"];
const otherNames: readonly string[] = [...readsAndWrites, "read", "write"];

const peerLabel: KnownKey = {
  key: "label",
  label: "Profile of the peer",
  hint: "The name of the profile that confines the other side, `unconfined` for none; globs are allowed.",
  placeholder: "any profile",
  offers: "profiles",
  none: "any",
};

const peerOfKind = (hint: string): KnownKey => ({
  key: "peer",
  label: "Profile of the peer",
  hint,
  placeholder: "any process",
  offers: "profiles",
  none: "any process",
});

const unixAddress = (whose: string): KnownKey => ({
  key: "addr",
  label: `Address of ${whose}`,
  hint: "An abstract name, `@name`, globs allowed; `none` for sockets without a name, as `socketpair` makes. Sockets that are files are allowed on the panel Paths.",
  placeholder: "any; for example @/tmp/.X11-unix/*",
  none: "any",
});

const buses: readonly FieldWord[] = [
  { name: "system", sentence: "The one bus of the whole machine." },
  { name: "session", sentence: "The bus of the person who is logged in." },
  { name: "accessibility", sentence: "The bus for screen readers and the like." },
  { name: "fcitx", sentence: "The bus of the input method fcitx." },
];

const bus: KnownKey = {
  key: "bus",
  label: "Bus",
  placeholder: "any bus",
  offers: buses.map(({ name }) => name),
  hint: "`system` is the one bus of the machine, `session` that of the person who is logged in.",
  none: "any bus",
};

const ownedName: KnownKey = {
  key: "name",
  label: "Name to own",
  hint: "The name on the bus that the program may take, with `bind`. A rule is about owning a name or about messages, not both.",
  placeholder: "any; for example org.example.Service",
  none: "any",
};

const shapes: Readonly<Record<PeerRuleValue["kind"], PeerShape>> = {
  unix: {
    permissions: unixPermissions,
    short: otherNames,
    all: "Without a tick: all of them.",
    local: [
      {
        key: "type",
        label: "Type of socket",
        words: [
          ...unixSocketTypes,
          { name: "raw", sentence: "Unix has none of its own; the kernel makes a `dgram` of it.", since: "3.0.8" },
        ],
        none: "every type",
      },
      unixAddress("its own socket"),
    ],
    peer: [peerLabel, unixAddress("the peer")],
  },
  signal: {
    permissions: signalPermissions,
    short: otherNames,
    all: "Without a tick: sending and receiving.",
    local: [
      {
        key: "set",
        label: "Signals",
        words: signals,
        many: true,
        long: true,
        more: "rtmin+3",
        none: "Without a tick: every signal.",
      },
      peerOfKind(
        "`@{profile_name}` is the profile itself: the program’s own processes. `unconfined` is every process without a profile. Both sides must allow a signal.",
      ),
    ],
    peer: [],
  },
  ptrace: {
    permissions: ptracePermissions,
    short: readsAndWrites,
    all: "Without a tick: all four.",
    local: [
      peerOfKind("`@{profile_name}` is the profile itself, `unconfined` every process without one. Globs are allowed."),
    ],
    peer: [],
  },
  dbus: {
    permissions: dbusPermissions,
    short: otherNames,
    all: "Without a tick: all that fits the conditions.",
    local: [
      bus,
      ownedName,
      { key: "path", label: "Object path", placeholder: "any; for example /org/example/**", none: "any" },
      { key: "interface", label: "Interface", placeholder: "any; for example org.example.Control", none: "any" },
      {
        key: "member",
        label: "Member",
        hint: "The method or signal. `{A,B}` is either.",
        placeholder: "any",
        none: "any",
      },
    ],
    peer: [
      {
        key: "name",
        label: "Name of the peer",
        hint: "The name on the bus that the other side owns.",
        placeholder: "any; for example org.freedesktop.systemd1",
        none: "any",
      },
      peerLabel,
    ],
  },
  mqueue: {
    permissions: mqueuePermissions,
    short: readsAndWrites,
    all: "Without a tick: all of them.",
    local: [
      {
        key: "type",
        label: "Kind of queue",
        words: [
          { name: "posix", sentence: "A queue with a name like a path." },
          { name: "sysv", sentence: "A queue with a number." },
        ],
        none: "either kind",
      },
      { ...peerLabel, label: "Profile that made the queue" },
    ],
    peer: [],
    operand: {
      label: "Queue",
      hint: "A path for POSIX queues, a whole number for System V ones.",
      placeholder: "any; for example /jobs",
    },
  },
  io_uring: {
    permissions: ioUringPermissions,
    short: [],
    all: "Without a tick: both.",
    local: [
      {
        ...peerLabel,
        label: "Profile whose rights are taken",
        hint: "With `override_creds`: the profile whose rights a request may run with.",
      },
    ],
    peer: [],
  },
  userns: {
    permissions: usernsPermissions,
    short: [],
    all: "Without a tick it means the same: creating is all there is.",
    local: [],
    peer: [],
  },
};

/** The permissions of a kind, as ticks show them; other spellings only where they are written. */
export function permissionWords(kind: PeerRuleValue["kind"], written: readonly string[]): readonly FieldWord[] {
  const { permissions, short } = shapes[kind];
  return permissions.filter(({ name }) => !short.includes(name) || written.includes(name));
}

/** The fields of a rule about another process, a socket, a message or the like. */
export function peerRuleFields(value: PeerRuleValue): readonly RuleField[] {
  const shape = shapes[value.kind];
  const fields: RuleField[] = [
    {
      control: "ticks",
      id: "permissions",
      label: "Permissions",
      words: permissionWords(value.kind, value.permissions),
      ticked: value.permissions,
      none: shape.all,
      change: (permissions) => ({ ...value, permissions }),
    },
    ...conditionFields("local", value.local, shape.local, (local) => ({ ...value, local })),
  ];
  if (shape.operand !== undefined || value.operand !== null) fields.push(operandField(value, shape));
  if (shape.peer.length > 0 || value.peer.length > 0) {
    fields.push({
      control: "group",
      id: "peer",
      label: "The other side",
      fields: conditionFields("peer", value.peer, shape.peer, (peer) => ({ ...value, peer })),
    });
  }
  return fields;
}

function operandField(value: PeerRuleValue, { operand }: PeerShape): PlainField {
  return {
    control: "text",
    id: "operand",
    label: operand?.label ?? "Name",
    ...(operand === undefined ? {} : { hint: operand.hint, placeholder: operand.placeholder }),
    text: value.operand ?? "",
    change: (text) => ({ ...value, operand: text === "" ? null : text }),
  };
}
