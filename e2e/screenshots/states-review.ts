import type { Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import { ReviewPage, SavedDesign } from "../pages/review.ts";
import * as designs from "./designs.ts";
import type { Stage, State } from "./states.ts";

/** A saved design, and everything about its review. */
export const states: readonly State[] = [
  {
    name: "save",
    shows: "before the first save: where the design will lie",
    async prepare(stage) {
      await open(stage);
      await stage.page.getByRole("button", { name: "Save and share" }).click();
      await stage.page.getByRole("textbox", { name: "Your name" }).fill("Olga");
    },
  },
  {
    name: "share",
    shows: "links to a review, the new one to be copied, and the gate",
    height: 1000,
    async prepare(stage) {
      const saved = await open(stage);
      await saved.saveFirst("Olga");
      const share = await saved.openShare();
      await saved.makeLink(share, "Rita, security team", "comment");
      await saved.makeLink(share, "Anna, who signs", "approve", "correct horse");
      await saved.setGate(share, "2 approvals");
    },
  },
  {
    name: "review",
    shows: "the head of a review and what the program may do, in sentences",
    prepare: async (stage) => void (await openReview(stage, 1)),
  },
  {
    name: "review-rules",
    shows: "rules in words with a thread and a suggested change, another just being written",
    height: 1000,
    async prepare(stage) {
      const review = await openReview(stage, 1);
      await review.comment("/usr/bin/wl-copy", "Why does it *start* this?");
      await review.suggest("@{PROC}/[0-9]*/**", "@{PROC}/[0-9]*/net/** r,", "Only the network part is read.");
      await expect(review.thread("Olga")).toHaveCount(2);
      const next = review.rule("/usr/share/rustnet-monitor");
      await next.getByRole("button", { name: /^Suggest/ }).click();
      await next.getByRole("textbox", { name: /^The rule as/ }).fill("/usr/share/rustnet-monitor/** r,");
      await review.rule("/usr/bin/wl-copy").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "review-decision",
    shows: "the decision of who approves, at 1280",
    width: 1280,
    height: 800,
    async prepare(stage) {
      const review = await openReview(stage, 2);
      await review.page.getByRole("region", { name: "Decision" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "review-narrow",
    shows: "the same review at 800, what changed since",
    width: 800,
    async prepare(stage) {
      const review = await openReview(stage, 2);
      await review.page.getByRole("region", { name: "Changes" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "merge",
    shows: "two versions of a design, and the place that both changed",
    height: 1000,
    async prepare(stage) {
      const { page, workbench, faults } = stage;
      faults.expect(/409 \(Conflict\)/);
      const saved = await open(stage);
      await theySave(page, await saved.saveFirst("Olga"));
      await workbench.setCapability("net_admin", "allow");
      const paths = await workbench.panel("Paths");
      await paths.getByRole("button", { name: /^write for \/usr\/share\/GeoIP/ }).click();
      await expect(saved.state).toContainText("Revision 2 is there");
      await saved.saveRevision("Mine");
      const dialog = page.getByRole("dialog", { name: "Somebody saved a newer revision" });
      await dialog.getByRole("heading", { name: "1 place to choose" }).waitFor();
    },
  },
  {
    name: "saved-narrow",
    shows: "the top bar of a saved design at 800, with a newer revision there",
    width: 800,
    async prepare(stage) {
      const saved = await open(stage);
      await theySave(stage.page, await saved.saveFirst("Olga"));
      await expect(saved.state).toContainText("Revision 2 is there");
    },
  },
  {
    name: "kept-draft",
    shows: "changes of another browser that are no revision yet, beside those of here",
    async prepare(stage) {
      const { page, workbench } = stage;
      const saved = await open(stage);
      await theyKeepDraft(page, await saved.saveFirst("Olga"));
      await workbench.setCapability("net_admin", "allow");
      await page.reload();
      await page.getByRole("dialog", { name: /^You have a draft of / }).waitFor();
    },
  },
  {
    name: "gate-unanswered",
    shows: "a download of a saved design while the service is away",
    async prepare(stage) {
      const { page, faults } = stage;
      faults.expect(/Failed to load resource/);
      const saved = await open(stage);
      await saved.saveFirst("Olga");
      await page.route(/\/api\/v1\/designs\//, (route) => route.abort());
      await page.getByRole("button", { name: "Download", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: "Download bundle" });
      await expect(dialog.getByRole("alert")).toContainText("The gate could not be asked");
    },
  },
  {
    name: "sign-in-failed",
    shows: "a sign-in that the provider of accounts did not answer",
    async prepare({ page }) {
      await page.goto("/sign-in?why=away");
      await page.getByRole("heading", { name: "The provider of accounts does not answer" }).waitFor();
    },
  },
  {
    name: "review-dead",
    shows: "a link that opens nothing",
    async prepare({ page, faults }) {
      faults.expect(/Failed to load resource/);
      await page.goto(`/review/${"A".repeat(22)}#hbk_${"A".repeat(43)}`);
      await page.getByRole("heading", { name: "This link opens nothing" }).waitFor();
    },
  },
];

async function open({ page, workbench }: Stage): Promise<SavedDesign> {
  await workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(designs.rustnetConfig) },
  ]);
  return new SavedDesign(page);
}

/** Saves the design in so many revisions, and opens its review in the same tab as who may approve. */
async function openReview(stage: Stage, revisions: 1 | 2): Promise<ReviewPage> {
  const saved = await open(stage);
  await saved.saveFirst("Olga");
  const share = await saved.openShare();
  const link = await saved.makeLink(share, "Anna", "approve");
  await saved.setGate(share, "1 approval");
  await share.getByRole("button", { name: "Done" }).click();
  if (revisions === 2) {
    await stage.workbench.addPath("/etc/shadow", "r");
    await saved.saveRevision("Reads the passwords");
    await expect(saved.state).toContainText("Revision 2 saved");
  }
  await goTo(stage.page, link);
  const review = new ReviewPage(stage.page);
  await expect(review.heading).toContainText(`revision ${revisions}`);
  await expect(stage.page.getByRole("listitem", { name: "Verdict of Debian 12" })).toContainText("Accepted");
  await expect(stage.page.getByRole("status", { name: "Standing of the rules" })).toContainText("enforced");
  return review;
}

const theirText = designs.rustnet
  .replace("/usr/share/GeoIP/** r,", "/usr/share/GeoIP/** rk,")
  .replace("network packet dgram,", "network packet dgram,\n  network inet stream,");

const theirFiles = [
  { path: "apparmor.d/usr.bin.rustnet", text: theirText },
  { path: "hauberk.json", text: designs.rustnetConfig },
];

/** Somebody else saves the second revision, with the owner's key. */
async function theySave(page: Page, address: string): Promise<void> {
  const { own, headers } = apiOf(address);
  const data = { parent: 1, by: "Ben", message: "Locks its maps", files: theirFiles };
  expect((await page.request.post(`${own}/revisions`, { headers, data })).status()).toBe(201);
}

/** Another browser of the owner keeps changes that are no revision. */
async function theyKeepDraft(page: Page, address: string): Promise<void> {
  const { own, headers } = apiOf(address);
  const data = { parent: 1, files: theirFiles, replaces: null };
  expect((await page.request.put(`${own}/draft`, { headers, data })).status()).toBe(200);
}

/** Where the service's interface has a design, and the header that opens it. */
function apiOf(address: string): { readonly own: string; readonly headers: { readonly authorization: string } } {
  const [, design, token] = /\/review\/([\w-]+)#(hbk_[\w-]+)$/.exec(address) ?? [];
  return { own: `/api/v1/designs/${design}`, headers: { authorization: `Bearer ${token}` } };
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("main").waitFor();
}
