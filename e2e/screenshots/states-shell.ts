import { expect } from "../fixtures.ts";
import { Shell } from "../pages/shell.ts";
import * as designs from "./designs.ts";
import type { Stage, State } from "./states.ts";

/** Palette, keys, menus, comparing, printing, and the widest window. */
export const states: readonly State[] = [
  {
    name: "palette",
    shows: "commands and places, found by typing",
    async prepare(stage) {
      await openRustnet(stage);
      await new Shell(stage.page).find("pro");
    },
  },
  {
    name: "palette-reasons",
    shows: "what can't be done now says why",
    async prepare(stage) {
      await openRustnet(stage);
      await new Shell(stage.page).find("rule");
    },
  },
  {
    name: "keys",
    shows: "every key, by the part of the page",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.page.keyboard.press("?");
      await stage.page.getByRole("dialog", { name: "Keys" }).waitFor();
    },
  },
  {
    name: "history",
    shows: "steps made and taken back, to go to in one go",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.setCapability("net_admin", "allow");
      for (const path of ["/etc/one", "/etc/two"]) await stage.workbench.addPath(path, "r");
      await stage.page.keyboard.press("Control+z");
      await stage.page.keyboard.press("Alt+z");
      await stage.page.getByRole("menu").waitFor();
      await expect(stage.page.getByRole("status", { name: "Last step" })).toBeEmpty();
    },
  },
  {
    name: "context-menu",
    shows: "what can be done with a rule",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.panel("Paths");
      const row = new Shell(stage.page).pathRow("/usr/share/GeoIP/**");
      await row.click({ button: "right", position: { x: 60, y: 12 } });
      await stage.page.getByRole("menu", { name: "Rule" }).waitFor();
    },
  },
  {
    name: "move-rules",
    shows: "where a rule shall go",
    async prepare(stage) {
      await stage.workbench.openFiles([
        { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
        { name: "usr.bin.other", bytes: Buffer.from("profile other /usr/bin/other {\n  ^hat {\n  }\n}\n") },
      ]);
      await new Shell(stage.page).file("usr.bin.rustnet").click();
      await stage.workbench.panel("Paths");
      await stage.page.getByRole("button", { name: "/usr/share/GeoIP/**", exact: true }).focus();
      await stage.page.keyboard.press("Alt+m");
      await stage.page.getByRole("dialog", { name: "Move the rule to" }).waitFor();
    },
  },
  {
    name: "compare",
    shows: "the design beside what was imported",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.setCapability("net_admin", "allow");
      await stage.workbench.addPath("/etc/rustnet.conf", "r");
      await stage.page.keyboard.press("Alt+c");
      await expect(stage.page.locator(".modified .view-lines")).toContainText("net_admin");
      await expect(stage.page.locator(".line-insert").first()).toBeVisible();
    },
  },
  {
    name: "print",
    shows: "the design as it goes on paper",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.page.keyboard.press("Control+p");
      await expect(stage.page.getByRole("dialog", { name: "Print" })).toContainText(
        "enforced as written on every target",
      );
    },
  },
  {
    name: "file-tabs",
    shows: "several files open, one changed, one with an error",
    async prepare(stage) {
      await stage.workbench.openFiles([
        { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
        { name: "usr.bin.broken", bytes: Buffer.from("profile broken /usr/bin/broken {\n  /etc/x rz,\n}\n") },
        { name: "hauberk.json", bytes: Buffer.from(designs.rustnetConfig) },
      ]);
      const shell = new Shell(stage.page);
      await shell.file("usr.bin.rustnet").click();
      await stage.workbench.setCapability("net_admin", "allow");
      await shell.file("hauberk.json").click();
      await shell.file("usr.bin.broken").click();
      await expect(stage.page.getByRole("list", { name: "Open files" }).getByText("has errors")).toBeAttached();
    },
  },
  {
    name: "width-4k",
    shows: "a very large screen",
    width: 3840,
    height: 2160,
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.panel("Paths");
    },
  },
];

async function openRustnet({ workbench }: Stage): Promise<void> {
  await workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(designs.rustnetConfig) },
  ]);
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
}
