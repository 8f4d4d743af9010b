import { seriousFindings } from "../accessibility.ts";
import { expect, test } from "../fixtures.ts";
import { watchFaults } from "../page-faults.ts";
import { SavedDesign } from "../pages/review.ts";
import { Workbench } from "../pages/workbench.ts";

test("changes that are no revision yet are found in another browser, and neither replaces the other's", async ({
  workbench,
  page,
  browser,
  faults,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "one", bytes: Buffer.from("profile one /usr/bin/one {\n  /etc/one r,\n}\n") }]);
  const saved = new SavedDesign(page);
  const key = await saved.saveFirst("Ada");
  const [, design, token] = /review\/([\w-]+)#(.+)$/.exec(key) ?? [];
  const keptDraft = async (): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}` };
    return await (await page.request.get(`/api/v1/designs/${design}/draft`, { headers })).json();
  };
  const context = await browser.newContext();
  const other = new Workbench(await context.newPage());
  const otherSaved = new SavedDesign(other.page);
  const otherFaults = await watchFaults(other.page);
  const offer = other.page.getByRole("dialog", { name: /^You have a draft of / });

  await test.step("what is changed is kept, and the page says so", async () => {
    await workbench.addPath("/etc/two", "r");
    await expect(saved.state).toHaveAttribute("title", /with your changes since as a draft of /, { timeout: 15_000 });
  });

  await test.step("another browser gets the revision and is offered the draft, to begin with for later", async () => {
    await other.open();
    await other.page.getByRole("button", { name: "Open a saved design" }).click();
    const dialog = other.page.getByRole("dialog", { name: "Open a saved design" });
    await dialog.getByRole("textbox", { name: "Key or link" }).fill(key);
    await dialog.getByRole("button", { name: "Open", exact: true }).click();
    await expect(offer.getByRole("region", { name: "What the draft changes" })).toContainText("/etc/two");
    expect(await seriousFindings(other.page), "serious or critical findings of axe").toEqual([]);
    await offer.getByRole("button", { name: "Later" }).click();
    await other.editorReady();
    await expect.poll(() => other.visibleText()).toContain("/etc/one");
    expect(await other.visibleText()).not.toContain("/etc/two");
    await expect(otherSaved.state).toContainText("Revision 1 saved, draft of");
  });

  await test.step("going on from it and taking that back forgets nothing: it is offered again", async () => {
    await otherSaved.choose(/^Your draft of /);
    await offer.getByRole("button", { name: "Continue from the draft" }).click();
    await expect.poll(() => other.visibleText()).toContain("/etc/two r,");
    await expect(otherSaved.state).toHaveAttribute("title", /with your changes since as a draft of /);
    await other.undoButton.click();
    await expect(otherSaved.state).toContainText("Revision 1 saved, draft of");
    expect(JSON.stringify(await keptDraft())).toContain("/etc/two r,");
  });

  await test.step("what is changed here meanwhile stays, also when it goes on from the draft: Undo has it", async () => {
    await other.addPath("/etc/three", "r");
    await otherSaved.choose(/^Your draft of /);
    await expect(offer).toContainText("What is here has changes of its own");
    await offer.getByRole("button", { name: "Continue from the draft" }).click();
    await expect.poll(() => other.visibleText()).toContain("/etc/two r,");
    await expect(other.undoButton).toHaveAccessibleName(/continue from the draft of/);
    await other.undoButton.click();
    await expect.poll(() => other.visibleText()).toContain("/etc/three r,");
    await expect(otherSaved.state).toHaveAttribute("title", /with your changes since as a draft of /, {
      timeout: 15_000,
    });
  });

  await test.step("the first browser goes on, and is told instead of overwriting", async () => {
    faults.expect(/409 \(Conflict\)/);
    await page.bringToFront();
    await workbench.addPath("/etc/four", "r");
    const told = page.getByRole("dialog", { name: /^You have a draft of / });
    await expect(told.getByRole("region", { name: "What the draft changes" })).toContainText("/etc/three", {
      timeout: 15_000,
    });
    await told.getByRole("button", { name: "Discard the draft" }).click();
    // The editor draws again once the dialog is gone.
    await expect.poll(() => workbench.visibleText()).toContain("/etc/four r,");
    expect(await workbench.visibleText()).not.toContain("/etc/three");
    await expect(saved.state).toHaveAttribute("title", /with your changes since as a draft of /, { timeout: 15_000 });
  });

  await test.step("a revision holds it, and the draft is gone", async () => {
    await saved.saveRevision("Four");
    await expect(saved.state).toHaveText("Revision 2 saved");
    expect(await keptDraft()).toBeNull();
  });

  otherFaults.expect(/409 \(Conflict\)/);
  await test.step("taking back a draft of a newer revision does not make older texts the newer revision's", async () => {
    await workbench.addPath("/etc/five", "r");
    await expect(saved.state).toHaveAttribute("title", /with your changes since as a draft of /, { timeout: 15_000 });
    await other.page.bringToFront();
    await other.addPath("/etc/six", "r");
    await expect(offer.getByRole("region", { name: "What the draft changes" })).toContainText("/etc/five", {
      timeout: 15_000,
    });
    await offer.getByRole("button", { name: "Continue from the draft" }).click();
    await expect.poll(() => other.visibleText()).toContain("/etc/five r,");
    await other.undoButton.click();
    await expect.poll(() => other.visibleText()).toContain("/etc/six r,");
    await otherSaved.saveRevision("Six");
    const merge = other.page.getByRole("dialog", { name: "Somebody saved a newer revision" });
    await expect(merge.getByRole("region", { name: "What Ada changed" })).toContainText("/etc/four");
  });

  await test.step("where the first question for a draft fails, it is asked again", async () => {
    faults.expect(/ERR_CONNECTION_RESET/);
    await page.bringToFront();
    await page.route("**/draft", (route) => route.abort("connectionreset"), { times: 1 });
    await Promise.all([
      page.waitForEvent("requestfailed", (request) => request.url().endsWith("/draft")),
      page.reload(),
    ]);
    const told = page.getByRole("dialog", { name: /^You have a draft of / });
    await expect(told.getByRole("region", { name: "What the draft changes" })).toContainText("/etc/six");
  });

  expect(await otherFaults.found()).toEqual([]);
  await context.close();
});
