import { expect, test } from "../fixtures.ts";
import { rustnet, rustnetConfig } from "../screenshots/designs.ts";

test("the design is compared with what was imported; single changes are taken back, byte for byte", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await workbench.open();
  await workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(rustnetConfig) },
  ]);
  const dialog = page.getByRole("dialog", { name: "Compare" });
  const files = dialog.getByRole("list", { name: "Files that differ" });

  await test.step("nothing differs at first", async () => {
    await page.keyboard.press("Alt+c");
    await expect(dialog).toContainText("Nothing differs");
    await page.keyboard.press("Escape");
  });

  await workbench.setCapability("net_admin", "allow");
  await workbench.addPath("/etc/rustnet.conf", "r");

  await test.step("two changes, each with its lines", async () => {
    await page.keyboard.press("Alt+c");
    await expect(files.getByRole("listitem")).toHaveCount(1);
    await expect(files).toContainText("+2");
    await expect(
      dialog.getByRole("list", { name: "Changes" }).getByRole("button", { name: /^Take back: / }),
    ).toHaveCount(2);
    await expect(dialog.locator(".modified .view-lines")).toContainText("capability net_admin,");
    await checkAccessibility();
  });

  await test.step("one is taken back, the other stays", async () => {
    await dialog.getByRole("button", { name: /^Take back: line 16 added/ }).click();
    await expect(files).toContainText("+1");
    await page.keyboard.press("Escape");
    await expect.poll(() => workbench.visibleText()).not.toContain("net_admin");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/rustnet.conf r,");
    await expect(workbench.undoButton).toHaveAccessibleName(/take back a change of usr.bin.rustnet/);
  });

  await test.step("an earlier step as the base, and the whole file taken back", async () => {
    await page.keyboard.press("Alt+c");
    await dialog.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: /the last step/ }).click();
    await expect(files).toContainText("−1");
    await dialog.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: /imported/ }).click();
    await dialog.getByRole("button", { name: "Take all of the file back" }).click();
    await expect(dialog).toContainText("Nothing differs");
    await page.keyboard.press("Escape");
  });

  await test.step("after a reload the imported text is still known, and the downloaded one", async () => {
    await workbench.addPath("/etc/rustnet.conf", "r");
    await workbench.download("zip");
    await workbench.addPath("/etc/more.conf", "r");
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await workbench.editorReady();
    await page.keyboard.press("Alt+c");
    await expect(files).toContainText("+2");
    await dialog.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: "The last downloaded bundle" }).click();
    await expect(files).toContainText("+1");
  });
});
