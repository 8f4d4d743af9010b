import { expect } from "../fixtures.ts";
import type { Stage, State } from "./states.ts";

/** A container runtime's helper: rules of every kind that the panels IPC and System show. */
const conversing = `abi <abi/3.0>,

include <tunables/global>

profile jobd /usr/bin/jobd {
  include <abstractions/base>
  include <abstractions/dbus-strict>

  # Not more than a small service needs.
  set rlimit nofile <= 4096,
  set rlimit as <= 512,
  set rlimit core <= 0,

  capability sys_admin,

  mount fstype=tmpfs options=(rw, nosuid, nodev) tmpfs -> /run/jobd/,
  mount options=(rw, bind) /srv/jobs/ -> /run/jobd/*/,
  remount options=(ro, bind) /run/jobd/*/,
  umount /run/jobd/*/,
  pivot_root oldroot=/run/jobd/old/ /run/jobd/,

  signal (receive) set=(hup, int, term, kill, cont) peer=unconfined,
  signal (send) set=(term, kill) peer=jobd//*,
  audit deny signal (send) peer=unconfined,

  ptrace (read) peer=jobd//*,
  ptrace (readby) peer=unconfined,

  unix (bind, listen, accept, send, receive) type=stream addr=@jobd,
  unix (send, receive) type=stream addr=none peer=(label=jobd//* addr=none),

  dbus bind bus=system name=org.example.Jobs,
  dbus receive bus=system path=/org/example/Jobs interface=org.example.Jobs member={Start,Stop,List} peer=(label=unconfined),

  change_profile -> jobd//worker,

  /usr/bin/jobd mr,
  /srv/jobs/** r,

  profile worker {
    signal (receive) set=(term, kill) peer=jobd,
  }
}
`;

const bare = `abi <abi/3.0>,

include <tunables/global>

profile quiet /usr/bin/quiet {
  include <abstractions/base>
}
`;

async function open({ workbench }: Stage, name: string, text: string): Promise<void> {
  await workbench.openFiles([{ name, bytes: Buffer.from(text) }]);
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
}

/** Sockets whose boxes don't tell all. */
const talking = `abi <abi/3.0>,

include <tunables/global>

profile talkd /usr/sbin/talkd {
  include <abstractions/base>

  network inet stream,
  audit network inet6 stream,
  if $talks_udp {
    network inet dgram,
  }
  network netlink raw,
  network tcp,
  deny network raw,
}
`;

/** Rules on conversations between processes, and on the system. */
export const states: readonly State[] = [
  {
    name: "network-rules",
    shows: "boxes of sockets whose rules say more, and the form of the one that is chosen",
    async prepare(stage) {
      await stage.workbench.openFiles([{ name: "usr.sbin.talkd", bytes: Buffer.from(`$talks_udp=true\n${talking}`) }]);
      const panel = await stage.workbench.panel("Network");
      await panel.getByRole("button", { name: /^inet dgram: / }).focus();
      await panel.getByRole("button", { name: "Edit network inet dgram," }).click();
      await panel.getByRole("group", { name: "About inet dgram" }).evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: "network-beyond",
    shows: "rules over more than one box and over a part of one, each with what it leaves open",
    async prepare(stage) {
      await stage.workbench.openFiles([
        {
          name: "usr.sbin.talkd",
          bytes: Buffer.from(talking.replace(/  if[^}]*}\n/, "  network inet dgram peer=(ip=127.0.0.53 port=53),\n")),
        },
      ]);
      const panel = await stage.workbench.panel("Network");
      const beyond = panel.getByRole("region", { name: "Rules beyond the boxes" });
      await expect(beyond.getByRole("list", { name: "What it comes to" }).first()).toBeVisible();
      await beyond.evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: "ipc",
    shows: "sockets, signals, tracing and D-Bus, each rule in words",
    async prepare(stage) {
      await open(stage, "usr.bin.jobd", conversing);
      await stage.workbench.panel("IPC");
    },
  },
  {
    name: "ipc-empty",
    shows: "no rule yet: what such rules are about, and ways to begin",
    async prepare(stage) {
      await open(stage, "usr.bin.quiet", bare);
      await stage.workbench.panel("IPC");
    },
  },
  {
    name: "ipc-edit",
    shows: "a signal rule being changed",
    async prepare(stage) {
      await open(stage, "usr.bin.jobd", conversing);
      const panel = await stage.workbench.panel("IPC");
      await panel.getByRole("button", { name: /^Edit signal \(send\) set=\(term, kill\)/ }).click();
      const form = panel.getByRole("form", { name: "Edit signal rule" });
      await form.getByRole("checkbox", { name: "hup", exact: true }).check();
      await form.evaluate((element) => element.scrollIntoView({ block: "start" }));
    },
  },
  {
    name: "ipc-narrow",
    shows: "a D-Bus rule being made in half a screen",
    width: 800,
    async prepare(stage) {
      await open(stage, "usr.bin.jobd", conversing);
      const panel = await stage.workbench.panel("IPC");
      await panel.getByRole("button", { name: "Add D-Bus rule" }).click();
      await stage.page.getByRole("menuitem", { name: "Call a service on the system bus" }).click();
      await panel
        .getByRole("form", { name: "New D-Bus rule" })
        .evaluate((element) => element.scrollIntoView({ block: "start" }));
    },
  },
  {
    name: "system",
    shows: "mounts in words, one being changed",
    async prepare(stage) {
      await open(stage, "usr.bin.jobd", conversing);
      const panel = await stage.workbench.panel("System");
      await panel.getByRole("button", { name: /^Edit mount fstype=tmpfs/ }).click();
      await panel
        .getByRole("region", { name: "Mounts" })
        .evaluate((element) => element.scrollIntoView({ block: "start" }));
    },
  },
  {
    name: "system-limits",
    shows: "limits with what they come to, and one whose unit was forgotten",
    async prepare(stage) {
      await open(stage, "usr.bin.jobd", conversing);
      await stage.workbench.panel("System");
    },
  },
  {
    name: "system-empty",
    shows: "nothing of the system allowed yet",
    async prepare(stage) {
      await open(stage, "usr.bin.quiet", bare);
      await stage.workbench.panel("System");
    },
  },
];
