import { expect } from "../fixtures.ts";
import { Standing } from "../pages/standing.ts";
import * as designs from "./designs.ts";
import type { Stage, State } from "./states.ts";

const releases = ["debian-12", "debian-13", "debian-sid"];
const five = [...releases, "kernel-with-addresses", "ubuntu-24.04"];

/** A packet monitor written in the richest dialect: much of it is lost on one release or another. */
const rich = `abi <abi/5.0>,
include <tunables/global>

profile rustnet /usr/bin/rustnet {
  include <abstractions/base>

  capability net_raw,
  network inet dgram peer=(ip=127.0.0.53 port=53),
  network packet raw,
  deny network inet stream peer=(ip=203.0.113.7),
  unix (send, receive) type=stream peer=(addr="@/tmp/.X11-unix/X0"),
  signal send set=(term) peer=rustnet,
  dbus send bus=system path=/org/freedesktop/hostname1,
  userns,
  priority=3 /etc/rustnet/** r,
  owner @{HOME}/.config/rustnet/a-folder-with-a-name-that-is-longer-than-any-column/** rw,
}
`;

/** What rules come to on the targets, and what ships there. */
export const states: readonly State[] = [
  {
    name: "standing",
    shows: "what each rule comes to on three releases, one chosen",
    async prepare(stage) {
      const standing = await openRich(stage, releases);
      await standing.table.getByRole("button", { name: /^network inet dgram/ }).click();
    },
  },
  {
    name: "standing-differs",
    shows: "only what differs, on five targets in a narrow window",
    width: 800,
    async prepare(stage) {
      const standing = await openRich(stage, five);
      await standing.panel.getByRole("button", { name: /^Only what differs/ }).click();
      await standing.table.getByRole("button", { name: /^unix/ }).focus();
    },
  },
  {
    name: "standing-many",
    shows: "three hundred rules on five targets",
    async prepare(stage) {
      await open(stage, "usr.bin.many", designs.many, five);
      await answered(stage);
    },
  },
  {
    name: "standing-none",
    shows: "a design that names no target",
    prepare: (stage) => open(stage, "usr.bin.rustnet", rich, []),
  },
  {
    name: "standing-of-rule",
    shows: "what the rule at the cursor comes to, reached by keys",
    async prepare(stage) {
      const standing = await openRich(stage, releases);
      await stage.workbench.cursorToEndOfLine(10);
      await stage.page.keyboard.press("ArrowLeft");
      await stage.page.keyboard.press("Alt+s");
      await standing.ofRule.waitFor();
    },
  },
  {
    name: "standing-in-rows",
    shows: "what rules come to in the rows of a panel",
    async prepare(stage) {
      await openRich(stage, releases);
      await stage.workbench.panel("IPC");
    },
  },
  {
    name: "lowering",
    shows: "what is lost for a release, and the ways out",
    async prepare(stage) {
      await openRich(stage, releases);
      await ships(stage);
    },
  },
  {
    name: "lowering-chosen",
    shows: "a choice made, in a narrow window",
    width: 800,
    async prepare(stage) {
      await openRich(stage, releases);
      const standing = await ships(stage);
      const loss = standing.loss("network inet dgram peer=(ip=127.0.0.53 port=53),");
      await loss.getByRole("button", { name: /^No internet socket/ }).click();
      await expect(standing.shipment).toContainText("1 chosen");
      await loss.scrollIntoViewIfNeeded();
    },
  },
];

async function open(stage: Stage, name: string, text: string, targets: readonly string[]): Promise<void> {
  const config = JSON.stringify({ format: 1, name, targets });
  await stage.workbench.openFiles([
    { name, bytes: Buffer.from(text) },
    { name: "hauberk.json", bytes: Buffer.from(config) },
  ]);
  await stage.page.keyboard.press("Alt+0");
}

async function openRich(stage: Stage, targets: readonly string[]): Promise<Standing> {
  await open(stage, "usr.bin.rustnet", rich, targets);
  return answered(stage);
}

/** Waits until every target has answered. */
async function answered({ workbench }: Stage): Promise<Standing> {
  const standing = new Standing(workbench);
  await standing.table.waitFor();
  await expect(standing.table).not.toContainText("Asking");
  await expect(standing.table).not.toContainText("being asked");
  return standing;
}

async function ships({ page, workbench }: Stage): Promise<Standing> {
  const standing = new Standing(workbench);
  await page.keyboard.press("Alt+l");
  await expect(standing.shipment).toContainText("accepts what ships");
  await expect(standing.shipment.locator(".line-insert").first()).toBeVisible();
  return standing;
}
