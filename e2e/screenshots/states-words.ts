import { Summary } from "../pages/summary.ts";
import * as designs from "./designs.ts";
import type { Stage, State } from "./states.ts";

const wide = `abi <abi/3.0>,

profile backup /usr/local/bin/backup flags=(attach_disconnected) {
  include <abstractions/base>
  include <abstractions/nameservice>
  include if exists <local/backup>

  capability dac_read_search,
  capability setuid setgid,
  capability sys_admin,

  network inet stream peer=(ip=10.0.0.1 port=443),
  network unix stream,

  /etc/shadow r,
  /srv/** rw,
  deny /srv/keys/** rw,
  audit deny /srv/archive/*.tar w,
  /usr/bin/{tar,gzip,zstd} Pix,
  /usr/bin/ssh Ux,
  owner /tmp/backup-*/{,**} rwk,

  dbus send bus=system path=/org/freedesktop/login1 interface=org.freedesktop.login1.Manager member=Inhibit,
  dbus bind bus=system name=org.example.Backup,
  signal (receive) set=(term, hup) peer=unconfined,
  mount options=(ro, bind) /srv/ -> /run/backup/,
  set rlimit nofile <= 4096,
  { capability chown, }
}
`;

async function open({ page, workbench }: Stage, name: string, text: string): Promise<void> {
  await workbench.openFiles([{ name, bytes: Buffer.from(text) }]);
  await new Summary(page, workbench).open();
}

/** The panel "In words". */
export const states: readonly State[] = [
  {
    name: "in-words",
    shows: "a whole profile in plain sentences",
    prepare: (stage) => open(stage, "usr.bin.rustnet", designs.rustnet),
  },
  {
    name: "in-words-danger",
    shows: "sentences of every danger, with what no kernel enforces",
    height: 1800,
    prepare: (stage) => open(stage, "backup", wide),
  },
  {
    name: "in-words-narrow",
    shows: "the sentences at 800 pixels",
    width: 800,
    prepare: (stage) => open(stage, "backup", wide),
  },
  {
    name: "in-words-empty",
    shows: "a profile that holds nothing yet",
    prepare: (stage) => open(stage, "empty", "profile empty /usr/bin/empty {\n}\n"),
  },
];
