import { seriousFindings } from "../accessibility.ts";
import { expect, test } from "../fixtures.ts";
import { watchFaults } from "../page-faults.ts";
import { SavedDesign } from "../pages/review.ts";
import { Workbench } from "../pages/workbench.ts";

const text = `abi <abi/3.0>,
include <tunables/global>

profile one /usr/bin/one {
  /etc/one r,

  /srv/shared r,
}
`;

test("two people save at once: the second sees both versions, merges them, and nobody's work is lost", async ({
  workbench,
  page,
  browser,
  faults,
  checkAccessibility,
}) => {
  // The service refuses a save on an old revision with 409, which a browser notes on its console.
  faults.expect(/409 \(Conflict\)/);
  await workbench.open();
  await workbench.openFiles([{ name: "one", bytes: Buffer.from(text) }]);
  const saved = new SavedDesign(page);
  await saved.saveFirst("Ada");
  const share = await saved.openShare();
  const link = await saved.makeLink(share, "Ben", "edit", "correct horse");
  await share.getByRole("button", { name: "Done" }).click();

  const context = await browser.newContext();
  const ben = new Workbench(await context.newPage());
  const benSaved = new SavedDesign(ben.page);
  const benFaults = await watchFaults(ben.page);

  await test.step("an editor opens it in a browser of their own, by link and passphrase", async () => {
    benFaults.expect(/401 \(Unauthorized\)|403 \(Forbidden\)/);
    await ben.page.goto(link);
    await ben.page.getByRole("textbox", { name: "Passphrase" }).fill("wrong horse");
    await ben.page.getByRole("button", { name: "Open the review" }).click();
    await expect(ben.page.getByRole("alert")).toContainText("wrong");
    expect(await seriousFindings(ben.page)).toEqual([]);
    await ben.page.getByRole("textbox", { name: "Passphrase" }).fill("correct horse");
    await ben.page.getByRole("button", { name: "Open the review" }).click();
    await ben.page.getByRole("textbox", { name: "Your name" }).fill("Ben");
    await ben.page.getByRole("textbox", { name: "Your name" }).press("Enter");
    await ben.page.getByRole("button", { name: "Open in the designer" }).click();
    await ben.editorReady();
    await expect(benSaved.state).toContainText("Revision 1 saved");
  });

  await test.step("both change one rule, and each something of their own; the editor saves first", async () => {
    const benPaths = await ben.panel("Paths");
    await benPaths.getByRole("button", { name: /^write for \/srv\/shared/ }).click();
    await ben.addPath("/etc/ben", "r");
    await benSaved.saveRevision("Ben's");
    await expect(benSaved.state).toContainText("Revision 2 saved");
    const paths = await workbench.panel("Paths");
    await paths.getByRole("button", { name: /^lock for \/srv\/shared/ }).click();
    await paths.getByRole("button", { name: /^write for \/etc\/one/ }).click();
    await expect(saved.state).toContainText("Revision 2 is there");
  });

  const dialog = page.getByRole("dialog", { name: "Somebody saved a newer revision" });
  await test.step("the second is shown both; to cancel keeps theirs here", async () => {
    await saved.saveRevision("Ada's");
    await expect(dialog.getByRole("region", { name: "What Ben changed" })).toContainText("/etc/ben");
    await expect(dialog.getByRole("region", { name: "What You changed" })).toContainText("/etc/one");
    await checkAccessibility();
    await dialog.getByRole("button", { name: "Cancel, keep mine here" }).click();
    await expect.poll(() => workbench.visibleText()).toContain("/etc/one rw,");
    await expect(saved.state).toContainText("not saved");
  });

  await test.step("the place that both changed is chosen, all else goes together, what comes from another tab too", async () => {
    const otherTab = new Workbench(await page.context().newPage());
    await otherTab.page.goto(page.url());
    await otherTab.editorReady();
    await page.bringToFront();
    await saved.saveRevision("Both");
    const save = dialog.getByRole("button", { name: "Save both as revision 3" });
    await expect(save).toBeDisabled();
    const bens = dialog.getByRole("group", { name: /^What stands at line/ }).getByRole("button", { name: "Ben’s" });
    await bens.click();
    await otherTab.addPath("/etc/mine2", "r");
    await page.bringToFront();
    // Behind the dialog the text is no region.
    await expect(page.locator(".view-lines", { hasText: "/etc/mine2" })).toBeAttached();
    await save.click();
    await expect(dialog.getByRole("alert")).toContainText("in another tab");
    await expect(dialog.getByRole("region", { name: "What You changed" })).toContainText("/etc/mine2");
    await expect(save).toBeDisabled();
    await bens.click();
    await save.click();
    await expect(saved.state).toContainText("Revision 3 saved");
    for (const rule of ["/etc/one rw,", "/srv/shared rw,", "/etc/ben r,", "/etc/mine2 r,"]) {
      await expect.poll(() => workbench.visibleText()).toContain(rule);
      await expect(otherTab.page.locator(".view-lines", { hasText: rule })).toBeAttached();
    }
    // The draft that the first tab's revision has made needless is not offered as another browser's.
    await expect(new SavedDesign(otherTab.page).state).toHaveText("Revision 3 saved");
    await expect(otherTab.page.getByRole("dialog")).toHaveCount(0);
    await otherTab.page.close();
  });

  await test.step("the first gets it in one step that can be undone", async () => {
    await benSaved.choose(/^Get revision 3/);
    await expect.poll(() => ben.visibleText()).toContain("/etc/one rw,");
    await expect(benSaved.state).toContainText("Revision 3 saved");
    await expect(ben.undoButton).toHaveAccessibleName(/get revision 3/);
    await ben.undoButton.click();
    await expect(benSaved.state).toContainText("Revision 3 is there");
    await ben.page.getByRole("button", { name: /^Redo/ }).click();
    await expect(benSaved.state).toHaveText("Revision 3 saved");
  });

  expect(await benFaults.found()).toEqual([]);
  await context.close();
});
