import { expect, test } from "../fixtures.ts";
import { Paths } from "../pages/paths.ts";
import { RulePanels } from "../pages/rules.ts";

const profile = `abi <abi/3.0>,

profile app /usr/bin/app {
  capability chown kill !!,
  set rlimit data <= unlimited,
  mount options!=(rw) fstype!=ext4 /dev/a -> /mnt/,
  /srv/a r foo,
  /srv/b r,
}
`;

test("a rule with a part that can't be read says so in each panel, is changed by none, and can be removed", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  await workbench.open();
  await workbench.openFiles([{ name: "app", bytes: Buffer.from(profile) }]);
  const unchanged = async (line: string) => expect.poll(() => workbench.visibleText()).toContain(line);

  await test.step("in Paths", async () => {
    const panel = await workbench.panel("Paths");
    const paths = new Paths(page);
    await expect(paths.path("/srv/a, has a part that can't be read: foo")).toBeVisible();
    await panel.getByRole("button", { name: /^audit.*\/srv\/a/ }).click();
    await expect(panel.getByRole("status").filter({ hasText: "foo in line 7 can't be read" })).toContainText(
      "mend it in the text first",
    );
    await unchanged("  /srv/a r foo,");
    await checkAccessibility();
    await panel.getByRole("button", { name: /^audit.*\/srv\/b/ }).click();
    await unchanged("  audit /srv/b r,");
  });

  await test.step("in Capabilities", async () => {
    const panel = await workbench.panel("Capabilities");
    await expect(panel.getByText("The rule on line 4 has a part that can't be read: !!.")).toHaveCount(2);
    await panel.getByRole("button", { name: /^audit.*chown$/i }).click();
    await expect(panel.getByText(/!! in line 4 can't be read/)).toBeVisible();
    await unchanged("  capability chown kill !!,");
  });

  await test.step("in System", async () => {
    const panels = new RulePanels(workbench);
    const limits = await panels.section("System", "Limits");
    await expect(limits.getByText("set rlimit data <= unlimited,")).toBeVisible();
    await expect(limits.getByRole("textbox", { name: "data, at most" })).toHaveCount(0);
    const mounts = await panels.section("System", "Mounts");
    const row = panels.row(mounts, "mount options!=(rw)");
    await expect(row).toContainText("A part of it can't be read, and may say otherwise");
    await row.getByRole("button", { name: /^Edit/ }).click();
    const form = mounts.getByRole("form");
    await expect(form).toContainText("A form can't change this rule");
    await form.getByRole("button", { name: "Save the rule" }).click();
    await expect(form).toContainText("in line 6 can't be read as part of this rule");
    await unchanged("  mount options!=(rw) fstype!=ext4 /dev/a -> /mnt/,");
    await checkAccessibility();
    await page.keyboard.press("Escape");
    await row.getByRole("button", { name: /^Remove/ }).click();
    await expect.poll(() => workbench.visibleText()).not.toContain("mount options");
  });
});

const links = `abi <abi/3.0>,

profile app /usr/bin/app {
  /srv/link rl -> /tmp/x,
  /srv/one r,
}
`;

test("the target of a link is shown, changed, and goes with its l", async ({ workbench, page, checkAccessibility }) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  await workbench.open();
  await workbench.openFiles([{ name: "app", bytes: Buffer.from(links) }]);
  const panel = await workbench.panel("Paths");
  const paths = new Paths(page);
  await paths.path("/srv/link -> /tmp/x").click();
  const target = panel.getByRole("textbox", { name: "File that the link /srv/link may lead to" });
  await expect(target).toHaveValue("/tmp/x");
  await checkAccessibility();
  await target.fill("/tmp/y/*");
  await target.press("Enter");
  await expect.poll(() => workbench.visibleText()).toContain("  /srv/link rl -> /tmp/y/*,");
  await target.fill("");
  await target.press("Enter");
  await expect.poll(() => workbench.visibleText()).toContain("  /srv/link rl,");
  await page.keyboard.press("Control+z");
  await expect.poll(() => workbench.visibleText()).toContain("  /srv/link rl -> /tmp/y/*,");
  await panel.getByRole("button", { name: /^link.*\/srv\/link/i }).click();
  await expect.poll(() => workbench.visibleText()).toContain("  /srv/link r,");
  await expect(target).toHaveCount(0);
});

test("the inspector's path offers what is meant, and keeps what is refused", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  await workbench.open();
  await workbench.openFiles([{ name: "app", bytes: Buffer.from(links) }]);
  const panel = await workbench.panel("Paths");
  const paths = new Paths(page);
  await paths.path("/srv/one").click();
  const field = panel.getByRole("combobox", { name: "Path", exact: true });
  await field.fill("~/.config/x");
  await expect(paths.meant.first()).toContainText("@{HOME}/.config/x");
  await checkAccessibility();
  await field.press("Enter");
  await expect(panel.getByRole("status").filter({ hasText: "AppArmor does not know ~" })).toBeVisible();
  await expect(field).toHaveValue("~/.config/x");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.press("ArrowDown");
  await field.press("Enter");
  await expect.poll(() => workbench.visibleText()).toContain("  owner @{HOME}/.config/x r,");
  await expect.poll(() => workbench.visibleText()).toContain("include <tunables/global>");
  await expect(field).toHaveValue("@{HOME}/.config/x");
  await field.fill("/srv/two");
  await field.press("Enter");
  await expect.poll(() => workbench.visibleText()).toContain("  owner /srv/two r,");
});
