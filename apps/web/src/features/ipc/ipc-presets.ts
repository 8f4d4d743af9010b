import { noQualifiers, type Condition, type PeerRuleValue } from "@hauberk/core/rules";

import type { RulePreset } from "../../panel/rule-form/index.ts";

function condition(key: string, ...values: readonly string[]): Condition {
  return { key, operator: "=", values };
}

interface Parts {
  readonly local?: readonly Condition[];
  readonly peer?: readonly Condition[];
  readonly operand?: string;
}

function rule(
  kind: PeerRuleValue["kind"],
  permissions: readonly string[],
  { local = [], peer = [], operand }: Parts = {},
): PeerRuleValue {
  return { kind, qualifiers: noQualifiers, permissions, local, peer, operand: operand ?? null };
}

const itself = "@{profile_name}";

/** Rules to begin with, for each kind of conversation between processes. */
export const ipcPresets: Readonly<Record<"unix" | "signal" | "ptrace" | "dbus" | "mqueue", readonly RulePreset[]>> = {
  unix: [
    {
      label: "Connect to an abstract socket `@…`",
      value: rule("unix", ["connect", "send", "receive"], {
        local: [condition("type", "stream")],
        peer: [condition("addr", "@example")],
      }),
    },
    {
      label: "Listen on an abstract socket `@…`",
      value: rule("unix", ["bind", "listen", "accept", "send", "receive"], {
        local: [condition("type", "stream"), condition("addr", "@example")],
      }),
    },
    {
      label: "Pairs of sockets among its own processes",
      value: rule("unix", ["send", "receive"], {
        local: [condition("type", "stream"), condition("addr", "none")],
        peer: [condition("label", itself), condition("addr", "none")],
      }),
    },
    {
      label: "Talk with the processes of one profile",
      value: rule("unix", ["connect", "send", "receive"], { peer: [condition("label", "unconfined")] }),
    },
    { label: "Every unix socket", value: rule("unix", []) },
  ],
  signal: [
    {
      label: "Send `hup` and `term` to its own processes",
      value: rule("signal", ["send"], { local: [condition("set", "hup", "term"), condition("peer", itself)] }),
    },
    {
      label: "Send signals to its child profiles",
      value: rule("signal", ["send"], {
        local: [condition("set", "term", "kill"), condition("peer", `${itself}//*`)],
      }),
    },
    {
      label: "Be stopped and reloaded from outside",
      hint: "Service managers run without a profile: the peer is unconfined.",
      value: rule("signal", ["receive"], {
        local: [condition("set", "hup", "int", "term", "kill", "cont"), condition("peer", "unconfined")],
      }),
    },
    {
      label: "Ask whether a process is there",
      value: rule("signal", ["send"], { local: [condition("set", "exists")] }),
    },
    {
      label: "Every signal among its own processes",
      value: rule("signal", [], { local: [condition("peer", itself)] }),
    },
  ],
  ptrace: [
    {
      label: "Look into its own processes",
      value: rule("ptrace", ["read"], { local: [condition("peer", itself)] }),
    },
    {
      label: "Be looked into by monitoring",
      hint: "`ps` and the like run without a profile: the peer is unconfined.",
      value: rule("ptrace", ["readby"], { local: [condition("peer", "unconfined")] }),
    },
    {
      label: "Be traced by a debugger",
      value: rule("ptrace", ["readby", "tracedby"], { local: [condition("peer", "unconfined")] }),
    },
    {
      label: "Debug its own processes",
      value: rule("ptrace", ["trace", "read"], { local: [condition("peer", itself)] }),
    },
    { label: "Look into every process", value: rule("ptrace", ["read"]) },
  ],
  dbus: [
    {
      label: "Own a name on the system bus",
      value: rule("dbus", ["bind"], {
        local: [condition("bus", "system"), condition("name", "org.example.Service")],
      }),
    },
    {
      label: "Call a service on the system bus",
      value: rule("dbus", ["send"], {
        local: [
          condition("bus", "system"),
          condition("path", "/org/example/Service"),
          condition("interface", "org.example.Service"),
        ],
        peer: [condition("name", "org.example.Service")],
      }),
    },
    {
      label: "Log on to the system bus",
      hint: "What every client asks of the bus itself.",
      value: rule("dbus", ["send"], {
        local: [
          condition("bus", "system"),
          condition("path", "/org/freedesktop/DBus"),
          condition("interface", "org.freedesktop.DBus"),
          condition("member", "{Hello,AddMatch,RemoveMatch,GetNameOwner,NameHasOwner,StartServiceByName}"),
        ],
        peer: [condition("name", "org.freedesktop.DBus")],
      }),
    },
    {
      label: "Hear the signals of a service",
      value: rule("dbus", ["receive"], {
        local: [condition("bus", "system"), condition("interface", "org.example.Service")],
      }),
    },
    { label: "Everything on the session bus", value: rule("dbus", [], { local: [condition("bus", "session")] }) },
  ],
  mqueue: [
    {
      label: "Make and use a POSIX queue",
      value: rule("mqueue", ["create", "open", "read", "write", "delete", "getattr"], {
        local: [condition("type", "posix")],
        operand: "/jobs",
      }),
    },
    {
      label: "Put messages into a POSIX queue",
      value: rule("mqueue", ["open", "write"], { local: [condition("type", "posix")], operand: "/jobs" }),
    },
    {
      label: "Use a System V queue",
      value: rule("mqueue", ["open", "read", "write"], { local: [condition("type", "sysv")], operand: "42" }),
    },
    { label: "Every message queue", value: rule("mqueue", []) },
  ],
};
