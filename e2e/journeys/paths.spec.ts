import { expect, test } from "../fixtures.ts";
import { Paths } from "../pages/paths.ts";

const profile = `abi <abi/3.0>,

profile app /usr/bin/app {
  /etc/app/a.conf r,
  /etc/app/b.conf r,
  /etc/app/** r,
  /srv/** rw,
  /srv/data/one r,
  /srv/data/two k,
  /usr/bin/helper ix,
  deny /srv/secret w,
}
`;

test.beforeEach(async ({ workbench, page }) => {
  // Room for all rows beside what is said of one.
  await page.setViewportSize({ width: 1440, height: 1100 });
  await workbench.open();
  await workbench.openFiles([{ name: "app", bytes: Buffer.from(profile) }]);
  await workbench.panel("Paths");
});

test("a path as a person says it becomes the one that is meant, with owner and tunables, as one step", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const paths = new Paths(page);
  await paths.newPath.fill("~/.config/app/");
  await expect(paths.meant.first()).toContainText("@{HOME}/.config/app/");
  await checkAccessibility();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(paths.meant.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(paths.newPath).toHaveValue("@{HOME}/.config/app/**");
  await expect(page.getByRole("button", { name: /^owner.*new path$/ })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Enter");
  await expect.poll(() => workbench.visibleText()).toContain("owner @{HOME}/.config/app/** r,");
  await expect.poll(() => workbench.visibleText()).toContain("include <tunables/global>");
  await page.keyboard.press("Control+z");
  await expect.poll(() => workbench.visibleText()).not.toContain("tunables/global");
  expect(await workbench.visibleText()).not.toContain("@{HOME}");

  // In place: the keys stay in the row.
  await paths.path("/srv/data/one").dblclick();
  const field = page.getByRole("combobox", { name: /^Path of the rule on line/ });
  await field.fill("/proc/self/maps");
  await paths.meant.first().click();
  await expect.poll(() => workbench.visibleText()).toContain("owner @{PROC}/@{pid}/maps r,");
  await expect(paths.path("@{PROC}/@{pid}/maps")).toBeFocused();
});

test("needless rules are found, shown beside the rule that covers them, and removed at once", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const paths = new Paths(page);
  await expect(paths.panel.getByText(/rules are needless/)).toBeVisible();
  const marks = paths.table.getByRole("button", { name: /^needless · line 6/ });
  await expect(marks).toHaveCount(2);
  await marks.first().click();
  await expect(paths.path("/etc/app/**")).toBeFocused();
  await paths.panel.getByRole("button", { name: "Show them" }).click();
  await expect(paths.table.getByRole("row")).toHaveCount(4);
  await checkAccessibility();
  await paths.panel.getByRole("button", { name: "Remove all 3" }).click();
  await expect.poll(() => workbench.visibleText()).not.toContain("a.conf");
  expect(await workbench.visibleText()).not.toContain("/srv/data/one");
  expect(await workbench.visibleText()).toContain("/srv/data/two k,");
  await page.keyboard.press("Control+z");
  await expect.poll(() => workbench.visibleText()).toContain("/etc/app/a.conf r,");
  expect(await workbench.visibleText()).toContain("/srv/data/one r,");
});

test("folders say what reaches into them; they fold by keys and stay so", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const paths = new Paths(page);
  await paths.panel.getByRole("button", { name: /^Folders/ }).click();
  const data = paths.table.getByRole("row", { name: /Folder \/srv\/data\// });
  await expect(data).toHaveAttribute("aria-expanded", "true");
  await expect(data).toContainText("rw by /srv/** (line 7)");
  await checkAccessibility();
  await paths.table.getByRole("button", { name: /^Folder \/srv\/data\// }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(data).toHaveAttribute("aria-expanded", "false");
  await expect(paths.path("/srv/data/one")).toHaveCount(0);
  await page.keyboard.press("ArrowLeft");
  await expect(paths.table.getByRole("button", { name: "Folder /srv/ 4 rules" })).toBeFocused();
  await page.reload();
  await workbench.editorReady();
  await expect(data).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Escape");
  await data.getByRole("button", { name: /all of \/srv\/data\/$/ }).click();
  await expect(paths.path("/srv/**")).toBeFocused();
});

test("many rules are chosen by keys and mouse and changed as one step", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const paths = new Paths(page);
  await test.step("by the keys", async () => {
    await paths.path("/etc/app/a.conf").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await expect(paths.table.getByRole("row", { selected: true })).toHaveCount(3);
    await expect(paths.many).toContainText("3 rules chosen");
    await checkAccessibility();
    await paths.ofAll(/^lock for all/).click();
    await expect.poll(() => workbench.visibleText()).toContain("/etc/app/** rk,");
    expect(await workbench.visibleText()).toContain("/etc/app/a.conf rk,");
    await paths.ofAll(/^audit/).click();
    await expect.poll(() => workbench.visibleText()).toContain("audit /etc/app/b.conf rk,");
    await expect(paths.table.getByRole("row", { selected: true })).toHaveCount(3);
    await expect(workbench.undoButton).toHaveAccessibleName(/set audit on 3 rules/);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/app/b.conf r,");
  });
  await test.step("what one of them can't have is refused for all, in words", async () => {
    await paths.path("/etc/app/a.conf").focus();
    await page.keyboard.press("Control+a");
    await expect(paths.many).toContainText("8 rules chosen");
    await paths.ofAll(/^read for all/).click();
    await paths.ofAll(/^read for all/).click();
    await expect(paths.many.getByText(/needs at least one permission/)).toBeVisible();
    await page.keyboard.press("Control+z");
    await paths.path("/etc/app/a.conf").focus();
    await page.keyboard.press("Escape");
    await expect(paths.many).toHaveCount(0);
  });
  await test.step("by the mouse, and away with them", async () => {
    await paths.path("/srv/data/one").click();
    await paths.path("/srv/data/two").click({ modifiers: ["Control"] });
    await expect(paths.many).toContainText("2 rules chosen");
    await page.keyboard.press("Delete");
    await expect.poll(() => workbench.visibleText()).not.toContain("/srv/data/");
    await page.keyboard.press("Control+z");
    await expect.poll(() => workbench.visibleText()).toContain("/srv/data/two k,");
  });
});

test("the mode of a rule, its qualifiers and its links are set from the table and below it", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const paths = new Paths(page);
  await workbench.setExec("/usr/bin/helper", "Px");
  await expect.poll(() => workbench.visibleText()).toContain("/usr/bin/helper Px,");
  await paths.path("/srv/secret, denied").click();
  const rule = paths.panel.getByRole("group", { name: "Rule for /srv/secret" });
  await rule.getByText("Priority, prompt").click();
  await rule.getByRole("group", { name: "Whose files" }).getByRole("button", { name: "other" }).click();
  await expect.poll(() => workbench.visibleText()).toContain("deny other /srv/secret w,");
  await paths.panel
    .getByText(/^Link rules/)
    .first()
    .click();
  await paths.panel.getByRole("button", { name: /May link from one name/ }).click();
  await paths.panel.getByRole("button", { name: "Add the rule" }).click();
  await expect.poll(() => workbench.visibleText()).toContain("link /var/lib/app/current -> /var/lib/app/releases/*,");
  await checkAccessibility();
  await paths.orderBy("By access");
  await expect(paths.table.getByRole("rowheader").first()).toContainText("/usr/bin/helper");
  await paths.showOnly(/^Denies/);
  await expect(paths.table.getByRole("row")).toHaveCount(2);
});

test("a click right after scrolling, the mouse at rest, is for the row that came under it", async ({
  workbench,
  page,
}) => {
  const paths = new Paths(page);
  await page.setViewportSize({ width: 1440, height: 460 });
  // Its line moves the table down when it comes, and the mouse would rest on something else.
  await expect(paths.panel.getByText("3 rules are needless")).toBeVisible();
  await paths.table.getByRole("button", { name: "lock for /etc/app/a.conf", exact: true }).hover();
  const row = await paths.table.getByRole("row", { name: /a\.conf/ }).boundingBox();
  await page.mouse.wheel(0, 3 * (row?.height ?? 0));
  await expect.poll(() => paths.table.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
  await page.mouse.down();
  await page.mouse.up();
  await expect.poll(() => workbench.visibleText()).toContain("/srv/** rwk,");
});
