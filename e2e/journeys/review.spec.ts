import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { watchFaults } from "../page-faults.ts";
import { ReviewPage, SavedDesign } from "../pages/review.ts";
import { Summary } from "../pages/summary.ts";
import { rustnet, rustnetConfig } from "../screenshots/designs.ts";
import { UnpackedBundle } from "../unpacked-bundle.ts";

/** Somebody with a browser of their own, who comes by a link. */
async function reader(browser: Browser, address: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = await watchFaults(page);
  await page.goto(address);
  return { context, page, faults, review: new ReviewPage(page) };
}

test("a review with three people: shared, commented, changed, approved, gone stale, revoked", async ({
  workbench,
  page,
  context,
  browser,
  checkAccessibility,
}) => {
  const saved = new SavedDesign(page);
  await workbench.open();
  await workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(rustnetConfig) },
  ]);

  await test.step("the owner saves: nothing was on the service before, and the key is shown once", async () => {
    await page.keyboard.press("Alt+u");
    const dialog = page.getByRole("dialog", { name: "Save and share" });
    await expect(dialog).toContainText(new URL(page.url()).host);
    await page.keyboard.press("Escape");
    const key = await saved.saveFirst("Olga");
    expect(key).toMatch(/\/review\/[\w-]{22}#hbk_[\w-]{43}$/);
    await expect(saved.state).toHaveText("Revision 1 saved");
  });

  const links = await test.step("two links and a gate of one approval", async () => {
    const share = await saved.openShare();
    const comment = await saved.makeLink(share, "Rita", "comment");
    const approve = await saved.makeLink(share, "Anna", "approve");
    await saved.setGate(share, "1 approval");
    await share.getByRole("button", { name: "Done" }).click();
    return { comment, approve };
  });

  const owner = new ReviewPage(await saved.openReview(context));
  const ownerFaults = await watchFaults(owner.page);
  await expect(owner.heading).toHaveText(/rustnet revision 1/);
  const rita = await reader(browser, links.comment);
  const anna = await reader(browser, links.approve);

  await test.step("a reviewer without an account comments on a rule and suggests a change of another", async () => {
    await expect(rita.review.heading).toHaveText(/rustnet revision 1/);
    expect(rita.page.url()).not.toContain("hbk_");
    await expect(rita.page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
    await expect(rita.page.getByRole("region", { name: "Summary" })).toContainText("/usr/bin/rustnet");
    await expect(rita.page.getByRole("listitem", { name: "Verdict of Debian 12" })).toContainText("Accepted");
    await rita.review.sayName("Rita");
    await rita.review.comment("/usr/bin/wl-copy", "Why **this**? <img src=x> See [there](https://example.org).");
    const thread = rita.review.thread("Rita");
    await expect(thread.locator("strong", { hasText: "this" })).toBeVisible();
    await expect(thread.locator("img")).toHaveCount(0);
    await expect(thread.getByRole("link", { name: "there" })).toHaveAttribute("rel", "noopener noreferrer nofollow");
    await rita.review.suggest("@{PROC}/[0-9]*/**", "@{PROC}/[0-9]*/net/** r,", "Only the network part.");
    await expect(rita.review.thread("Rita")).toHaveCount(2);
  });

  await test.step("the owner sees it without a reload, and applies it in one click", async () => {
    await expect(owner.thread("Rita")).toHaveCount(2);
    await expect(saved.state).toContainText("2 comments");
    await owner.thread("Rita").getByRole("button", { name: "Apply the change" }).click();
    await expect(owner.heading).toHaveText(/revision 2/);
    await expect(owner.thread("Rita").getByText("Applied in revision 2")).toBeVisible();
    await expect(owner.rule("@{PROC}/[0-9]*/net/**").getByText("Applied in revision 2")).toBeVisible();
  });

  await test.step("nothing moves under the reviewer's hands; the comment followed its rule", async () => {
    await expect(rita.review.heading).toHaveText(/revision 1/);
    await rita.page.getByRole("button", { name: "Show revision 2" }).click();
    await expect(rita.review.heading).toHaveText(/revision 2/);
    await expect(rita.review.rule("/usr/bin/wl-copy").getByText("Why this?")).toBeVisible();
    const changes = rita.page.getByRole("region", { name: "Changes" });
    await expect(changes).toContainText("1 rule changed");
    await expect(changes).toContainText("@{PROC}/[0-9]*/net/** r,");
    await expect(rita.review.rule("@{PROC}/[0-9]*/net/**").getByText("Applied in revision 2")).toBeVisible();
    await changes.getByRole("button", { name: "Show the texts beside one another" }).click();
    await expect(changes.locator(".modified .view-lines")).toContainText("/net/**");
  });

  await test.step("they talk about it, and the thread is resolved", async () => {
    const mine = owner.rule("/usr/bin/wl-copy");
    await mine.getByRole("button", { name: "Reply" }).click();
    await mine.getByRole("textbox", { name: "Reply" }).fill("For the clipboard.");
    await mine.getByRole("button", { name: "Reply", exact: true }).click();
    const theirs = rita.review.rule("/usr/bin/wl-copy");
    await expect(theirs.getByText("For the clipboard.")).toBeVisible();
    await theirs.getByRole("button", { name: "Resolve" }).click();
    await expect(mine.getByText("Resolved")).toBeVisible();
  });

  await test.step("the approver approves the newest revision, and the gate opens", async () => {
    await anna.page.getByRole("button", { name: "Show revision 2" }).first().click();
    await anna.review.sayName("Anna");
    await expect(anna.review.gate).toContainText("0 of 1 approval");
    await anna.page.getByRole("button", { name: "Approve revision 2" }).click();
    await expect(anna.review.gate).toContainText("Gate open");
    await expect(owner.gate).toContainText("Gate open");
  });

  await test.step("the bundle names the approval", async () => {
    // A tab behind another draws once a second.
    await page.bringToFront();
    await saved.choose(/^Get revision 2/);
    await expect(saved.state).toContainText("Revision 2 saved");
    const archive = await workbench.download("tar.gz");
    const bundle = UnpackedBundle.unpack(await archive.path(), "tar.gz");
    const manifest: unknown = JSON.parse(readFileSync(join(bundle.folder, "manifest.json"), "utf8"));
    bundle.remove();
    expect(manifest).toMatchObject({ approvals: [{ revision: 2, by: "Anna" }] });
  });

  await test.step("a further edit makes the approval stale and shuts the gate", async () => {
    await workbench.addPath("/etc/passwd", "r");
    await expect(saved.state).toContainText("1 change not saved");
    await saved.saveRevision("Reads the users");
    await expect(saved.state).toContainText("Revision 3 saved");
    await expect(anna.review.decisions).toContainText("stale");
    await expect(anna.review.decisions).toContainText(/Since then: 1 rule added/);
    await expect(anna.review.gate).toContainText("Gate closed");
    await page.getByRole("button", { name: "Download", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Download bundle" });
    await expect(dialog).toContainText("Revision 3 has 0 of 1 approval");
    await expect(dialog.getByRole("button", { name: "Download .tar.gz" })).toBeDisabled();
    await checkAccessibility();
    await page.keyboard.press("Escape");
  });

  await test.step("the history tells who did what", async () => {
    await expect(owner.history).toContainText("Anna approved revision 2");
    await expect(owner.history).toContainText("Olga made a bundle of revision 2");
    await expect(owner.history).toContainText("Olga saved revision 3: Reads the users");
  });

  await test.step("the owner takes away what somebody else wrote", async () => {
    await rita.review.comment("/usr/bin/wl-copy", "Buy my watches.");
    const thread = owner.thread("Rita").filter({ hasText: "Buy my watches." });
    await thread.getByRole("button", { name: "Delete" }).click();
    await thread.getByRole("button", { name: "Delete for good" }).click();
    for (const { page: one } of [owner, rita]) await expect(one.getByText("Buy my watches.")).toHaveCount(0);
  });

  await test.step("the verdicts that are kept with the revision are shown, and nobody is asked again", async () => {
    await expect(owner.history).toContainText("parsers have spoken of revision 3");
    const asked: string[] = [];
    const later = await rita.context.newPage();
    later.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await later.goto(links.comment);
    await expect(later.getByRole("listitem", { name: "Verdict of Debian 12" })).toContainText(
      /Accepted.*Kept since .*, from apparmor_parser 3\.0\.8 with the features of kernel 6\.1/,
    );
    await expect(later.getByRole("status", { name: "Standing of the rules" })).toContainText("are enforced as written");
    expect(asked).not.toContain("/api/v1/validations");
    await later.close();
  });

  await test.step("the owner strikes a wish for changes", async () => {
    await anna.page.getByRole("button", { name: "Show revision 3" }).first().click();
    await anna.page.getByRole("button", { name: "Ask for changes" }).click();
    await expect(owner.gate).toContainText("1 asks for changes");
    await owner.page.getByRole("button", { name: "Strike the decision of Anna" }).click();
    await expect(owner.gate).not.toContainText("asks for changes");
    await expect(owner.history).toContainText("withdrew a decision: wish for changes by Anna");
    // What she said of other bytes stands, and is compared with.
    await expect(owner.decisions).toContainText("Approved, stale");
    await expect(anna.page.getByRole("region", { name: "Changes" })).toContainText("approved last");
  });

  await test.step("a revoked link is dead at once, also where it is open", async () => {
    anna.faults.expect(/Failed to load resource/);
    const share = await saved.openShare();
    await share.getByRole("button", { name: "Revoke the link for Anna" }).click();
    await expect(anna.review.heading).toHaveText("This link opens nothing");
    await expect(owner.decisions).toContainText("Approved, stale, lapsed");
    await anna.page.goto("about:blank");
    await anna.page.goto(links.approve);
    await expect(anna.review.heading).toHaveText("This link opens nothing");
  });

  expect([...(await ownerFaults.found()), ...(await rita.faults.found()), ...(await anna.faults.found())]).toEqual([]);
  await rita.context.close();
  await anna.context.close();
});

test("a path in a variable is as grave as what it stands for, in the panels and on the review page", async ({
  workbench,
  page,
  context,
}) => {
  const saved = new SavedDesign(page);
  const words = new Summary(page, workbench);
  await workbench.open();
  await workbench.openFiles([
    {
      name: "usr.bin.app",
      bytes: Buffer.from(
        "abi <abi/3.0>,\ninclude <tunables/global>\n@{APPDIR} = /var/lib/app\n\nprofile app /usr/bin/app {\n  @{APPDIR}/** rw,\n}\n",
      ),
    },
  ]);
  await words.open();
  await expect(words.saying("@{APPDIR}/")).toContainText("Medium");
  await saved.saveFirst("Olga");

  await test.step("the variable comes to stand for the whole machine: the rule is shown so at once", async () => {
    await workbench.cursorToEndOfLine(3);
    for (const _ of "var/lib/app") await page.keyboard.press("Backspace");
    await expect(words.saying("@{APPDIR}/**")).toContainText("Total");
    await expect(words.saying("@{APPDIR}/**")).toContainText("is /**: every file");
    await saved.saveRevision("Elsewhere");
    await expect(saved.state).toContainText("Revision 2 saved");
  });

  await test.step("who reviews is told of it by the change, the summary and the rule", async () => {
    const review = new ReviewPage(await saved.openReview(context));
    await expect(review.heading).toHaveText(/revision 2/);
    const changes = review.page.getByRole("region", { name: "Changes" });
    await expect(changes).toContainText("1 variable changed, dangerous.");
    const change = changes.getByRole("listitem").filter({ hasText: "What 1 rule reaches changes with it" });
    await expect(change).toContainText("Total danger");
    await expect(review.page.getByRole("region", { name: "Summary" })).toContainText(
      "the gravest of it is of total danger",
    );
    await expect(review.rule("@{APPDIR}/** rw,")).toContainText("Total danger");
  });
});

test("a gate that can’t be asked keeps the bundle back, until it can", async ({ workbench, page, service, faults }) => {
  const saved = new SavedDesign(page);
  await workbench.open();
  await workbench.openFiles([{ name: "usr.bin.rustnet", bytes: Buffer.from(rustnet) }]);
  await saved.saveFirst("Olga");
  await expect(workbench.verdict("Debian 12")).toContainText("Accepted");
  faults.expect(/Failed to load resource|net::ERR_/);
  await service.stop();
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Download bundle" });
  await expect(dialog.getByRole("alert")).toContainText("The gate could not be asked");
  await expect(dialog.getByRole("button", { name: "Download .tar.gz" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Hauberk’s service does not answer");
  await service.start();
  // A service that takes its time is found again by the page itself.
  await dialog
    .getByRole("button", { name: "Try again" })
    .click({ timeout: 5_000 })
    .catch(() => expect(dialog.getByRole("alert")).toHaveCount(0));
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  const arriving = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download .tar.gz" }).click();
  await arriving;
});
