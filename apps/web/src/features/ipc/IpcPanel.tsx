import type { RuleValue } from "@hauberk/core/rules";
import { useCallback } from "react";

import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { PermissionTicks, RuleSection, useTargetParsers } from "../../panel/rule-form/index.ts";
import { refOf, useActiveProfile } from "../../store/index.ts";
import { ipcPresets } from "./ipc-presets.ts";
import { standingOfKind, standingOfRule } from "./ipc-standing.ts";

const sections = [
  {
    kind: "unix",
    title: "Unix sockets",
    one: "unix rule",
    words:
      "Sockets within the machine that have an abstract name or none. A socket that is a file, such as `/run/x.sock`, also needs a rule in the Paths panel. Without any rule they are refused where the abi mediates sockets.",
  },
  {
    kind: "signal",
    title: "Signals",
    one: "signal rule",
    words:
      "Whom the program may send which signals, and from whom it takes them. Both sides count: the sender’s profile must allow sending and the receiver’s receiving.",
  },
  {
    kind: "ptrace",
    title: "Tracing",
    one: "ptrace rule",
    words:
      "Looking into other processes (`read`, which much of `/proc/PID` asks for) and controlling them as a debugger does (`trace`); and being looked into or controlled (`readby`, `tracedby`). Both sides must allow it.",
  },
  {
    kind: "dbus",
    title: "D-Bus",
    one: "D-Bus rule",
    words:
      "Messages and names on the buses. A rule is about messages (`send`, `receive`), about owning a name (`bind`), or about hearing everything (`eavesdrop`). To reach the bus at all its socket is needed too: `abstractions/dbus-strict` brings it.",
  },
  {
    kind: "mqueue",
    title: "Message queues",
    one: "mqueue rule",
    words: "POSIX queues, which have names like paths, and System V ones, which have numbers.",
  },
] as const;

/** Ticks in the row, where a rule's permissions are few. */
function ticksOf(value: RuleValue, text: string, change: (to: RuleValue) => void) {
  if (value.kind !== "signal" && value.kind !== "ptrace") return null;
  return <PermissionTicks value={value} of={text} onChange={change} />;
}

/** Unix sockets, signals, ptrace, D-Bus and message queues. */
export function IpcPanel() {
  const shown = useActiveProfile();
  const targets = useTargetParsers();
  const remarks = useCallback((value: RuleValue) => standingOfRule(value, targets), [targets]);
  if (shown === null) return <NoProfile what="Unix sockets, signals, ptrace, D-Bus and message queues" />;
  const profile = refOf(shown.file, shown.profile);
  return (
    <section className={panel.panel} aria-label="IPC">
      <div className={panel.scroll}>
        {sections.map(({ kind, title, one, words }) => (
          <RuleSection
            key={`${kind} ${profile?.path ?? ""} ${profile?.indexes.join(" ") ?? ""}`}
            shown={shown}
            title={title}
            one={one}
            kinds={[kind]}
            words={words}
            standing={standingOfKind(kind, targets)}
            presets={ipcPresets[kind]}
            remarks={remarks}
            inline={ticksOf}
          />
        ))}
      </div>
    </section>
  );
}
