import { expect } from "../fixtures.ts";
import { Paths } from "../pages/paths.ts";
import type { Stage, State } from "./states.ts";

const mirror = `abi <abi/3.0>,

include <tunables/global>

profile mirror /usr/bin/mirror flags=(attach_disconnected) {
  include <abstractions/base>

  /etc/mirror/mirror.conf r,
  /etc/mirror/hosts.d/*.conf r,
  /etc/mirror/** r,
  audit /etc/mirror/secrets/* r,
  /srv/mirror/** rw,
  /srv/mirror/incoming/{,**} rwk,
  /srv/mirror/incoming/2024/very/long/names/of/things/that/were/fetched/from/far/away/*.partial rw,
  /srv/mirror/public/index.html r,
  deny /srv/mirror/public/.git/** w,
  /usr/bin/rsync ix,
  /usr/bin/gpg Px,
  /usr/share/mirror/templates/*.html r,
  /usr/share/mirror/templates/*.css r,
  /usr/share/mirror/locale/** r,
  /usr/share/mirror/locale/** r,
  owner /var/lib/mirror/state.db rwk,
  owner /var/lib/mirror/state.db-journal rw,
  /var/log/mirror/*.log w,
  /var/log/mirror/*.log r,

  link subset /srv/mirror/public/* -> /srv/mirror/incoming/*,
}
`;

async function open({ workbench, page }: Stage): Promise<Paths> {
  await workbench.openFiles([{ name: "usr.bin.mirror", bytes: Buffer.from(mirror) }]);
  await expect(workbench.verdict("Debian 12").getByRole("status")).not.toHaveText("Checking");
  await workbench.panel("Paths");
  const paths = new Paths(page);
  await paths.panel.getByText(/rules? (is|are) needless/).waitFor();
  return paths;
}

/** The states of the table of paths. */
export const states: readonly State[] = [
  {
    name: "paths-needless",
    shows: "rules that others make needless, and one of them chosen",
    async prepare(stage) {
      const paths = await open(stage);
      await paths.path("/etc/mirror/mirror.conf").click();
    },
  },
  {
    name: "paths-tree",
    shows: "rules below the folders that they lie in, and what reaches into each",
    height: 1100,
    async prepare(stage) {
      const paths = await open(stage);
      await paths.panel.getByRole("button", { name: /^Folders/ }).click();
      await paths.path("/srv/mirror/public/index.html").click();
    },
  },
  {
    name: "paths-many-selected",
    shows: "several rules chosen, to be changed at once",
    height: 1100,
    async prepare(stage) {
      const paths = await open(stage);
      await paths.path("/etc/mirror/mirror.conf").click();
      await paths.path("/srv/mirror/**").click({ modifiers: ["Shift"] });
      await paths.path("/usr/bin/gpg").click({ modifiers: ["Control"] });
    },
  },
  {
    name: "paths-meant",
    shows: "what a typed path probably means",
    async prepare(stage) {
      const paths = await open(stage);
      await paths.newPath.fill("~/.config/mirror/");
      await stage.page.keyboard.press("ArrowDown");
    },
  },
];
