import { expect, test } from "../fixtures.ts";
import { watchFaults } from "../page-faults.ts";
import { SavedDesign } from "../pages/review.ts";
import { Workbench } from "../pages/workbench.ts";

test("the owner's key opens the design in another browser, is replaced, and the design is deleted", async ({
  workbench,
  page,
  browser,
  faults,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "one", bytes: Buffer.from("profile one /usr/bin/one {\n  /etc/one r,\n}\n") }]);
  const saved = new SavedDesign(page);
  const key = await saved.saveFirst("Ada");
  const context = await browser.newContext();
  const other = new Workbench(await context.newPage());
  const otherSaved = new SavedDesign(other.page);
  const otherFaults = await watchFaults(other.page);

  await test.step("the text of a key file is enough", async () => {
    await other.open();
    await other.page.getByRole("button", { name: "Open a saved design" }).click();
    const dialog = other.page.getByRole("dialog", { name: "Open a saved design" });
    await dialog.getByRole("textbox", { name: "Key or link" }).fill(`The owner’s key\n\n${key}\n\nKeep it.`);
    await dialog.getByRole("button", { name: "Open", exact: true }).click();
    await other.editorReady();
    await expect(otherSaved.state).toHaveText("Revision 1 saved");
  });

  await test.step("a replaced key opens nothing, and nothing of the work here is lost", async () => {
    otherFaults.expect(/404 \(Not Found\)/);
    await saved.choose(/^Replace the owner/);
    await page.getByRole("button", { name: "Replace the key" }).click();
    const replaced = page.getByRole("dialog", { name: "The key is replaced" });
    await expect(replaced.getByRole("textbox", { name: /owner’s key/ })).not.toHaveText(key);
    await replaced.getByRole("button", { name: "Done" }).click();
    await expect(other.page.getByRole("button", { name: "The key opens nothing now" })).toBeVisible();
    await expect.poll(() => other.visibleText()).toContain("/etc/one r,");
    await expect(saved.state).toHaveText("Revision 1 saved");
  });

  await test.step("to delete it its name is typed; then it is in this browser alone", async () => {
    faults.expect(/404 \(Not Found\)/);
    await saved.choose(/^Delete on/);
    const dialog = page.getByRole("dialog", { name: "Delete on the service" });
    const sure = dialog.getByRole("button", { name: "Delete for good" });
    await expect(sure).toBeDisabled();
    await dialog.getByRole("textbox", { name: /^Type/ }).fill("one");
    await sure.click();
    await expect(page.getByRole("button", { name: "Save and share" })).toBeVisible();
    await expect.poll(() => workbench.visibleText()).toContain("/etc/one r,");
  });

  expect(await otherFaults.found()).toEqual([]);
  await context.close();
});
