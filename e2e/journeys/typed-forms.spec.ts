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
