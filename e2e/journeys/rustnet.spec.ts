import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { UnpackedBundle } from "../unpacked-bundle.ts";

/** What rustnet's maintainers ask for, read as they wrote it: the reads that can be had. */
const reads = `
/proc/** r
/usr/share/rustnet-monitor/services r
/etc/resolv.conf r
/etc/nsswitch.conf r
/etc/hosts r
/etc/passwd r
/usr/share/GeoIP/** r
/usr/local/share/GeoIP/** r
/var/lib/GeoIP/** r
owner @{HOME}/.config/rustnet/config.yml r
owner @{HOME}/.local/share/rustnet/geoip/** r
`.trim();

/** The same wishes as they stand in the request, impossible as written. */
const impossible = `
  ./config.yml r,
  ./logs/ rw,
  network inet dgram peer=(addr=127.0.0.53),
  deny network,
  owner @{HOME}/** rwk,
`.trimEnd();

test("a profile for rustnet is ticked together, accepted by the real parser, and downloaded", async ({
  workbench,
  checkAccessibility,
}) => {
  test.setTimeout(180_000);
  await workbench.open();
  await workbench.newProfile("/usr/bin/rustnet", "rustnet");

  await test.step("complain mode", async () => {
    const panel = await workbench.panel("Profile");
    await panel.getByRole("combobox", { name: "Mode" }).click();
    await workbench.page.getByRole("option", { name: /^Complain/ }).click();
    await panel.getByRole("checkbox", { name: "The program always sets no_new_privs" }).click();
    await expect.poll(() => workbench.visibleText()).toContain("flags=(complain)");
    await checkAccessibility();
  });

  await test.step("capabilities", async () => {
    for (const name of ["net_raw", "bpf", "perfmon"]) await workbench.setCapability(name, "allow");
    await expect.poll(() => workbench.visibleText()).toMatch(/capability net_raw,[\s\S]*capability/);
    await checkAccessibility();
  });

  await test.step("packet and netlink sockets", async () => {
    await workbench.tickSocket("packet", "raw");
    await workbench.tickSocket("packet", "dgram");
    await workbench.tickSocket("netlink", "raw");
    await workbench.tickSocket("netlink", "dgram");
    await expect.poll(() => workbench.visibleText()).toContain("network netlink raw,");
    await checkAccessibility();
  });

  await test.step("the log folder as a tunable in its own file of the design", async () => {
    const panel = await workbench.panel("Includes");
    await panel.getByRole("button", { name: "Tunables & variables" }).click();
    await panel.getByRole("button", { name: "Add a variable" }).click();
    const form = panel.getByRole("form", { name: "New variable" });
    await form.getByRole("textbox", { name: "Name" }).fill("RUSTNET_LOG_DIR");
    await form.getByRole("textbox", { name: "Values, with blanks between" }).fill("/var/log/rustnet");
    await expect(form.getByRole("combobox", { name: "Declared in" })).toContainText("tunables/rustnet");
    await form.getByRole("button", { name: "Add" }).click();
    await expect(workbench.page.getByRole("list", { name: "Files of the design" })).toContainText("tunables/rustnet");
  });

  await test.step("paths, pasted and one by one", async () => {
    await workbench.pastePaths(reads);
    await workbench.addPath("@{RUSTNET_LOG_DIR}/** ", "rw");
    await expect(workbench.page.getByRole("tab", { name: "Paths 13" })).toBeVisible();
    await checkAccessibility();
  });

  await test.step("wl-copy can't run under a profile of its own", async () => {
    await workbench.addPath("/usr/bin/wl-copy", "r");
    await workbench.setExec("/usr/bin/wl-copy", "Px");
    await expect(workbench.problem("no_new_privs").first()).toBeVisible();
    await workbench.fix("no_new_privs", /ix/);
    await expect.poll(() => workbench.visibleText()).toMatch(/\/usr\/bin\/wl-copy (rix|ixr|rix),/);
    await expect(workbench.problem("no_new_privs")).toHaveCount(0);
  });

  await test.step("wishes that can't be had are said at once, and mended", async () => {
    await workbench.cursorToBeginning();
    await expect.poll(() => workbench.visibleText()).toContain("abi <abi/3.0>");
    const lines = (await workbench.visibleText()).split("\n");
    await workbench.cursorToEndOfLine(lines.findIndex((line) => line.includes("abstractions/base")) + 1);
    await workbench.writeText(`\n${impossible.trimStart()}`);
    await expect(workbench.verdict("Debian 12")).toContainText("Rejected");
    await workbench.fix("./config.yml does not begin", /\.config\/rustnet/);
    await workbench.fix("./logs/ does not begin", /RUSTNET_LOG_DIR/);
    await workbench.fix(/no `?addr=`?/, /without the address/);
    await workbench.fix("this refuses every socket", /Remove/);
    await workbench.fix("covers ssh keys", /\.local\/share\/rustnet/);
    await expect(workbench.problems.getByRole("status")).not.toContainText("error");
  });

  await test.step("Debian 12's own parser accepts it", async () => {
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
    await expect(workbench.verdict("Debian 12")).toContainText("3.0.8");
    await checkAccessibility();
  });

  for (const format of ["tar.gz", "zip"] as const) {
    await test.step(`the .${format} unpacks to what the real parser accepts`, async () => {
      const download = await workbench.download(format);
      const bundle = UnpackedBundle.unpack(await download.path(), format);
      try {
        const policy = join(bundle.folder, "targets/debian-12/etc/apparmor.d");
        expect(readFileSync(join(policy, "usr.bin.rustnet"), "utf8")).toContain("capability net_raw,");
        expect(existsSync(join(policy, "tunables/rustnet"))).toBe(true);
        expect(bundle.compileOnDebian12("usr.bin.rustnet").length).toBeGreaterThan(1000);
      } finally {
        bundle.remove();
      }
    });
  }
});
