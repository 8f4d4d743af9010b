import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { RulePanels } from "../pages/rules.ts";

const profile = `abi <abi/3.0>,

profile jobd /usr/bin/jobd {
  set rlimit as <= 512MB,
  set rlimit nofile <= 1024,

  include if exists <local/jobd>
}
`;

/** Types over what a field holds, key by key. */
async function typeOver(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.press("Control+a");
  await field.pressSequentially(text);
}

test("a limit is typed key by key: with a unit, without, and what is none stays with the reason", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "jobd", bytes: Buffer.from(profile) }]);
  const panels = new RulePanels(workbench);
  const section = await panels.section("System", "Limits");
  const space = section.getByRole("textbox", { name: "as, at most" });
  const unit = section.getByRole("combobox", { name: "Unit of as" });

  await test.step("in a row", async () => {
    for (const [typed, written] of [
      ["2GB", "2GB"],
      ["700", "700GB"],
      ["512 MB", "512MB"],
      ["512GB", "512GB"],
      ["64K", "64K"],
    ] as const) {
      await typeOver(space, typed);
      await space.press("Enter");
      await expect.poll(() => workbench.visibleText()).toContain(`set rlimit as <= ${written},`);
      await expect(space).toHaveValue(written.replace(/\D/gu, ""));
    }
    await expect(unit).toContainText("K");
    for (const typed of ["1.5", "2GBMB", "2gb"]) {
      await typeOver(space, typed);
      await space.press("Enter");
      await expect(space).toHaveValue(typed);
      await expect(section.getByRole("alert")).toContainText(typed);
      await expect(space).toHaveAttribute("aria-invalid", "true");
      await expect.poll(() => workbench.visibleText()).toContain("set rlimit as <= 64K,");
    }
    await checkAccessibility();
    await space.press("Escape");
    await expect(space).toHaveValue("64");
    await expect(section.getByRole("alert")).toHaveCount(0);
    const files = section.getByRole("textbox", { name: "nofile, at most" });
    for (const typed of ["-3", "5MB"]) {
      await typeOver(files, typed);
      await files.press("Enter");
      await expect(section.getByRole("alert")).toContainText(typed);
      await expect.poll(() => workbench.visibleText()).toContain("set rlimit nofile <= 1024,");
    }
    await typeOver(files, "infinity");
    await files.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("set rlimit nofile <= infinity,");
  });

  await test.step("in the form", async () => {
    const form = await panels.begin(section, "At most 512 MB of address space");
    const rule = form.getByRole("status", { name: "The rule as it will be" });
    const amount = form.getByRole("textbox", { name: "At most" });
    await typeOver(amount, "2GB");
    await expect(amount).toHaveValue("2GB");
    await expect(rule).toContainText("set rlimit as <= 2GB,");
    await expect(rule).toContainText("2 GiB");
    await typeOver(amount, "1.5");
    await expect(amount).toHaveValue("1.5");
    await expect(form.getByRole("alert")).toContainText("whole number");
    await form.getByRole("button", { name: "Add the rule" }).click();
    await expect(form).toBeVisible();
    await typeOver(amount, "768");
    await expect(rule).toContainText("set rlimit as <= 768MB,");
    await page.keyboard.press("Escape");
  });
});

test("several file system types, and a mount point that can't be", async ({ workbench }) => {
  await workbench.open();
  await workbench.openFiles([{ name: "jobd", bytes: Buffer.from(profile) }]);
  const panels = new RulePanels(workbench);
  const section = await panels.section("System", "Mounts");
  const form = await panels.begin(section, "Mount tmpfs on a directory");
  const rule = form.getByRole("status", { name: "The rule as it will be" });
  const types = form.getByRole("combobox", { name: "File system type" });
  for (const [typed, written] of [
    ["ext4, xfs", "fstype=(ext4, xfs)"],
    ["a b", "fstype=(a, b)"],
    ['"my fs"', 'fstype="my fs"'],
    ["fuse.{a,b}, ext4", 'fstype=("fuse.{a,b}", ext4)'],
  ] as const) {
    await typeOver(types, typed);
    await expect(types).toHaveValue(typed);
    await expect(rule).toContainText(written);
  }
  const point = form.getByRole("textbox", { name: "Mount point" });
  await typeOver(point, "/mnt/[a");
  await expect(form.getByRole("alert")).toContainText("`[` is not closed".replaceAll("`", ""));
  await expect(rule).not.toContainText("May mount");
  await form.getByRole("button", { name: "Add the rule" }).click();
  await expect(form).toBeVisible();
  await typeOver(point, '/mnt/"q"/');
  await expect(rule).toContainText('would end it; write \\"');
  await typeOver(point, "/mnt/[ab]/");
  await panels.save(form);
  await expect.poll(() => workbench.visibleText()).toContain('fstype=("fuse.{a,b}", ext4)');
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
});

const two = `abi <abi/4.0>,

profile jobd /usr/bin/jobd {
  network (create) inet stream,
  signal (send) peer=other,
}

profile other /usr/bin/other {
}
`;

test("what is unsaved in a form stays as the text, the panel and the profile change", async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openFiles([{ name: "jobd", bytes: Buffer.from(two) }]);
  const panels = new RulePanels(workbench);
  const signals = await panels.section("IPC", "Signals");
  const peer = signals.getByRole("combobox", { name: "Profile of the peer" });
  const typeRule = async (text: string) => {
    await workbench.cursorToEndOfLine(3);
    await page.keyboard.press("Enter");
    await page.keyboard.type(text);
    await expect.poll(() => workbench.visibleText()).toContain(text);
  };
  const choose = (name: string) =>
    page
      .getByRole("region", { name: "Outline" })
      .getByRole("button")
      .filter({ has: page.getByText(name, { exact: true }) })
      .first()
      .click();

  await test.step("of a rule that is changed, as rules come before it", async () => {
    await panels
      .row(signals, "signal (send)")
      .getByRole("button", { name: /^Edit signal/ })
      .click();
    await typeOver(peer, "unconfined");
    await typeRule("/new r,");
    await expect(signals.getByRole("form", { name: "Edit signal rule" })).toBeVisible();
    await expect(peer).toHaveValue("unconfined");
    await typeRule("signal (receive) peer=first,");
    await expect(peer).toHaveValue("unconfined");
    await expect(page.getByRole("textbox", { name: "Policy editor" })).toBeFocused();
  });

  await test.step("and by another panel and another profile", async () => {
    await workbench.panel("System");
    await workbench.panel("IPC");
    await expect(peer).toHaveValue("unconfined");
    await choose("other");
    await expect(signals.getByRole("form")).toHaveCount(0);
    const form = await panels.begin(signals, "Ask whether a process is there");
    await typeOver(peer, "third");
    await choose("jobd");
    await expect(peer).toHaveValue("unconfined");
    await signals.getByRole("button", { name: "Save the rule" }).click();
    await expect.poll(() => workbench.visibleText()).toContain("signal (send) peer=unconfined,");
    await expect(form).toHaveCount(0);
    await choose("other");
    await expect(peer).toHaveValue("third");
    await choose("jobd");
  });

  await test.step("and where its rule is changed in the text", async () => {
    await panels
      .row(signals, "signal (receive)")
      .getByRole("button", { name: /^Edit signal/ })
      .click();
    await typeOver(peer, "mine");
    await workbench.cursorToEndOfLine(4);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("x");
    await expect.poll(() => workbench.visibleText()).toContain("peer=firstx,");
    await expect(peer).toHaveValue("mine");
    await expect(signals.getByRole("form")).toContainText("changed or taken away");
    await signals.getByRole("button", { name: "Add the rule" }).click();
    await expect.poll(() => workbench.visibleText()).toContain("signal (receive) peer=mine,");
  });

  await test.step("of a network rule", async () => {
    const panel = await workbench.panel("Network");
    const rules = panel.getByRole("region", { name: "Rules beyond the boxes" });
    await rules.getByRole("button", { name: /^Edit network/ }).click();
    const bind = rules.getByRole("checkbox", { name: "bind", exact: true });
    await bind.check();
    await typeRule("/newer r,");
    await expect(bind).toBeChecked();
    await workbench.panel("IPC");
    await workbench.panel("Network");
    await expect(bind).toBeChecked();
    await rules.getByRole("button", { name: "Save the rule" }).click();
    await expect.poll(() => workbench.visibleText()).toContain("network (create, bind) inet stream,");
  });

  await test.step("and of many pasted paths, until they are given up by the button", async () => {
    const paths = await workbench.panel("Paths");
    const dialog = page.getByRole("dialog", { name: "Paste many paths" });
    const field = dialog.getByRole("textbox", { name: "Paths and rules" });
    const open = paths.getByRole("button", { name: "Paste many" }).first();
    await open.click();
    await field.pressSequentially("/a r");
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await open.click();
    await expect(field).toHaveValue("/a r");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await open.click();
    await expect(field).toHaveValue("");
  });
});

test("what is typed for a new path, program, peer and service stays as the panels change", async ({
  workbench,
  page,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "jobd", bytes: Buffer.from(two) }]);
  const network = await workbench.panel("Network");
  await network.getByRole("button", { name: "Add a peer" }).click();
  const address = network.getByRole("combobox", { name: "Address, range or name" });
  await expect(address).toBeFocused();
  await address.pressSequentially("10.0.0.7");
  await network.getByRole("button", { name: "Say which service" }).click();
  const unit = network.getByRole("textbox", { name: "Unit" });
  await unit.pressSequentially("jobd.service");

  const path = (await workbench.panel("Paths")).getByRole("combobox", { name: "New path" });
  await path.pressSequentially("/etc/jobd");
  const program = (await workbench.panel("Programs")).getByRole("combobox", { name: "New program" });
  await program.pressSequentially("/usr/bin/run");

  await workbench.panel("Network");
  await expect(address).toHaveValue("10.0.0.7");
  await expect(unit).toHaveValue("jobd.service");
  // Forms that come back leave the keys where they are.
  await expect(page.getByRole("tab", { name: /^Network/ })).toBeFocused();
  await network.getByRole("button", { name: "Add", exact: true }).click();
  await expect(network.getByRole("table", { name: "Peers and who holds them" })).toContainText("10.0.0.7");
  await network.getByRole("form", { name: "Service" }).getByRole("button", { name: "Cancel" }).click();
  await expect(network.getByRole("button", { name: "Say which service" })).toBeVisible();
  await workbench.panel("Paths");
  await expect(path).toHaveValue("/etc/jobd");
  await workbench.panel("Programs");
  await expect(program).toHaveValue("/usr/bin/run");
});
