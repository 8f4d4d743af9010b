import { expect, test } from "../fixtures.ts";
import { Shell } from "../pages/shell.ts";
import { rustnet, rustnetConfig } from "../screenshots/designs.ts";

test("everything is found by the palette: commands with their keys, panels, files, profiles, and why not", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const shell = new Shell(page);
  await workbench.open();
  await workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(rustnetConfig) },
  ]);

  await test.step("a panel, by a few letters", async () => {
    await shell.find("netw");
    await expect(shell.chosen).toHaveText(/Show Network/);
    await expect(shell.paletteLine).toHaveAttribute(
      "aria-activedescendant",
      (await shell.chosen.getAttribute("id")) ?? "",
    );
    await checkAccessibility();
    await page.keyboard.press("Enter");
    const tab = page.getByRole("tab", { name: /^Network/ });
    await expect(tab).toHaveAttribute("aria-selected", "true");
    await expect(tab).toBeFocused();
  });

  await test.step("what can't be done says why, and Enter does nothing", async () => {
    await shell.find("redo");
    await expect(shell.palette.getByRole("option", { name: /Nothing to redo/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await expect(shell.palette).toContainText("nothing was undone");
    await page.keyboard.press("Escape");
    await expect(shell.palette).toBeHidden();
    await expect(page.getByRole("tab", { name: /^Network/ })).toBeFocused();
  });

  await test.step("from within the text, and back to it", async () => {
    await workbench.cursorToEndOfLine(14);
    await shell.find("undo");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("textbox", { name: /^Policy editor/ })).toBeFocused();
    await page.keyboard.press("F1");
    await page.keyboard.type("hauberk.json");
    await page.keyboard.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain('"format"');
  });

  await test.step("a file, a profile, a kind of rules", async () => {
    await shell.command("usr.bin.rust");
    await expect.poll(() => workbench.visibleText()).toContain("profile rustnet");
    await shell.command("capability rules");
    await expect(page.getByRole("status", { name: "Last step" })).toHaveText("usr.bin.rustnet, line 13");
  });

  await test.step("what was used last comes first", async () => {
    await page.keyboard.press("Control+k");
    await expect(shell.palette.getByRole("group").first()).toHaveAccessibleName("Used last");
    await expect(shell.chosen).toHaveText(/Capability rules/);
    await page.keyboard.press("Escape");
  });

  await test.step("all keys, by a key", async () => {
    await page.getByRole("tab", { name: /^Network/ }).focus();
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await expect(keys).toContainText("Find a command or a place");
    await expect(keys.getByRole("searchbox", { name: "Search keys" })).toBeFocused();
    await page.keyboard.type("undo");
    await expect(keys.getByText("Undo", { exact: true })).toBeVisible();
    await checkAccessibility();
    // Once for the words, once for the dialog.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(keys).toBeHidden();
  });

  await test.step("panels by number; the design remembers the last one", async () => {
    await page.keyboard.press("Alt+4");
    await expect(page.getByRole("tab", { name: /^Paths/ })).toHaveAttribute("aria-selected", "true");
    await page.reload();
    await expect(page.getByRole("tab", { name: /^Paths/ })).toHaveAttribute("aria-selected", "true");
  });
});

test("steps are named where they are undone, and several go back at once", async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newProfile("/usr/bin/steps", "steps");
  for (const path of ["/etc/one", "/etc/two", "/etc/three"]) await workbench.addPath(path, "r");
  await expect(workbench.undoButton).toHaveAccessibleName(/\/etc\/three/);
  await page.keyboard.press("Alt+z");
  await page.getByRole("menuitem", { name: /\/etc\/one/ }).click();
  await expect(page.getByRole("status", { name: "Last step" })).toHaveText("2 steps undone");
  await expect.poll(() => workbench.visibleText()).not.toContain("/etc/two");
  await expect.poll(() => workbench.visibleText()).toContain("/etc/one r,");
  await page.getByRole("button", { name: "History of steps" }).click();
  await page.getByRole("menuitem", { name: /\/etc\/three/ }).click();
  await expect.poll(() => workbench.visibleText()).toContain("/etc/three r,");
});

test.describe("on a first visit", () => {
  // Once the pages are kept for work without the service, nothing is fetched that could come late.
  test.use({ serviceWorkers: "block" });

  test("what is typed before the palette is fetched stands in its line, and nowhere else", async ({
    workbench,
    page,
  }) => {
    const shell = new Shell(page);
    const fetched = Promise.withResolvers<undefined>();
    await page.route(/\/assets\/[Pp]alette-[^/]*\.js$/, async (route) => {
      await fetched.promise;
      await route.continue();
    });
    await workbench.open();
    await workbench.openFiles([{ name: "usr.bin.rustnet", bytes: Buffer.from(rustnet) }]);
    await workbench.cursorToBeginning();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("netw");
    await expect(shell.palette).toBeHidden();
    fetched.resolve(undefined);
    await expect(shell.paletteLine).toHaveValue("netw");
    await page.keyboard.type("ork");
    await expect(shell.chosen).toHaveText(/Show Network/);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("textbox", { name: /^Policy editor/ })).toBeFocused();
    expect(await workbench.visibleText()).toContain("abi <abi/3.0>,");
  });
});
