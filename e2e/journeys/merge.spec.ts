import type { Browser, Page } from "@playwright/test";
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
    const save = dialog.getByRole("button", { name: "Save as revision 3" });
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
    // Of the place that both changed mine was given up: so it is said.
    await expect(page.getByText("in 1 place it holds Ben’s and not yours")).toBeVisible();
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

/** Shows a file of the design, where what was last put together is another one. */
async function showFile(page: Page, name: string): Promise<void> {
  await page.getByRole("list", { name: "Files of the design" }).getByRole("button", { name, exact: true }).click();
}

/** The editor of a link, in a browser of their own, with the design open in the designer. */
async function editorBy(browser: Browser, link: string, name: string): Promise<Workbench> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("textbox", { name: "Your name" }).press("Enter");
  await page.getByRole("button", { name: "Open in the designer" }).click();
  const workbench = new Workbench(page);
  await workbench.editorReady();
  return workbench;
}

test("two people who add a peer each keep both, and what no parser takes together is asked for", async ({
  workbench,
  page,
  browser,
  faults,
  checkAccessibility,
}) => {
  faults.expect(/409 \(Conflict\)/);
  await workbench.open();
  await workbench.openFiles([{ name: "one", bytes: Buffer.from(text) }]);
  const saved = new SavedDesign(page);
  await saved.saveFirst("Ada");
  const share = await saved.openShare();
  const link = await saved.makeLink(share, "Ben", "edit");
  await share.getByRole("button", { name: "Done" }).click();
  const ben = await editorBy(browser, link, "Ben");
  const benSaved = new SavedDesign(ben.page);
  const dialog = page.getByRole("dialog", { name: "Somebody saved a newer revision" });

  await test.step("the peers of both are in the design, and the note says so", async () => {
    await ben.addPeer("10.0.0.9", "443");
    await benSaved.saveRevision("Ben's peer");
    await expect(benSaved.state).toContainText("Revision 2 saved");
    await workbench.addPeer("10.0.0.5", "443");
    await saved.saveRevision("Ada's peer");
    await expect(dialog.getByRole("heading", { name: "Both go together without a question" })).toBeVisible();
    await dialog.getByRole("button", { name: "Save as revision 3" }).click();
    await expect(saved.state).toContainText("Revision 3 saved");
    await expect(page.getByText("Revision 3 is saved. It holds your work and Ben’s.")).toBeVisible();
    await expect.poll(() => workbench.visibleText()).toContain('"address": "10.0.0.5"');
    await showFile(page, "one");
    const peers = (await workbench.panel("Network")).getByRole("region", { name: "Peers" });
    await expect(peers.getByRole("rowheader")).toHaveText([/10\.0\.0\.5/, /10\.0\.0\.9/]);
  });

  await test.step("one program started in two ways, in two places, is a place to choose", async () => {
    await benSaved.choose(/^Get revision 3/);
    await expect(benSaved.state).toHaveText("Revision 3 saved");
    await showFile(ben.page, "one");
    await expect.poll(() => ben.visibleText()).toContain("/srv/shared r,");
    await ben.cursorToEndOfLine(4);
    await ben.writeText("\n  /usr/bin/sh ix,");
    await expect.poll(() => ben.visibleText()).toContain("/usr/bin/sh ix,");
    await benSaved.saveRevision("Ben's shell");
    await expect(benSaved.state).toContainText("Revision 4 saved");
    await workbench.cursorToEndOfLine(7);
    await workbench.writeText("\n  /usr/bin/sh Px,");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/bin/sh Px,");
    await saved.saveRevision("Ada's shell");
    const place = dialog.getByRole("listitem", { name: /^apparmor.d\/one, line 8$/ });
    await expect(place).toContainText("Only one of the two can stand");
    await expect(place.getByRole("button", { name: "Both" })).toHaveCount(0);
    await checkAccessibility();
    await place.getByRole("button", { name: "Mine" }).click();
    await dialog.getByRole("button", { name: "Save as revision 5" }).click();
    await expect(page.getByText("in 1 place it holds yours and not Ben’s")).toBeVisible();
    await expect.poll(() => workbench.visibleText()).toContain("/usr/bin/sh Px,");
    expect(await workbench.visibleText()).not.toContain("/usr/bin/sh ix,");
  });
  await ben.page.context().close();
});
