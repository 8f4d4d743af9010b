import type { Browser, BrowserContext } from "@playwright/test";
import { seriousFindings } from "../accessibility.ts";
import { isWithoutAccounts, startWithAccounts } from "../accounts-service.ts";
import { expect, test } from "../fixtures.ts";
import { Accounts } from "../pages/accounts.ts";
import { ReviewPage, SavedDesign } from "../pages/review.ts";
import { Workbench } from "../pages/workbench.ts";
import { rustnet } from "../screenshots/designs.ts";

/** A browser of somebody's own. The provider's pages name a font of another site, which nobody has to wait for. */
async function newContext(browser: Browser): Promise<BrowserContext> {
  // In containers the provider has a certificate that this run made.
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  await context.route("https://fonts.googleapis.com/**", (route) => route.abort());
  return context;
}

test.skip(isWithoutAccounts, "the containers have no accounts: scripts/docker.sh runs this against some that do");

test("accounts: signed in at the provider, saved in a workspace, shared with its members alone", async ({
  browser,
}) => {
  const { service, provider } = await startWithAccounts();
  const context = await newContext(browser);
  const page = await context.newPage();
  const [saved, accounts] = [new SavedDesign(page), new Accounts(page)];
  await page.goto(service.url);
  await new Workbench(page).openFiles([{ name: "usr.bin.rustnet", bytes: Buffer.from(rustnet) }]);

  const dialog = page.getByRole("dialog", { name: "Save and share" });
  await test.step("who says no at the provider is told so on a page, and the design that was open is still there", async () => {
    await page.getByRole("button", { name: "Save and share" }).click();
    await accounts.refuse(dialog);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are not signed in");
    await expect(page.getByRole("link", { name: "Sign in again" })).toHaveAttribute(
      "href",
      /\/auth\/login\?to=%2F%3Fdesign/,
    );
    expect(await seriousFindings(page), "serious or critical findings of axe").toEqual([]);
    await page.getByRole("link", { name: "Open the designer" }).click();
    await expect(page.getByRole("region", { name: "Text" })).toContainText("rustnet");
  });

  await test.step("the owner signs in, and the design that was open is still there", async () => {
    await page.getByRole("button", { name: "Save and share" }).click();
    await expect(dialog).toContainText("Nobody is signed in.");
    await accounts.signIn(dialog, "ada");
    await page.getByRole("button", { name: "Save and share" }).click();
    await expect(dialog).toContainText("Signed in as Ada (ada@example.org)");
    await expect(dialog.getByRole("textbox", { name: "Your name" })).toBeHidden();
  });

  await test.step("a workspace, whose member approves", async () => {
    await dialog.getByRole("button", { name: "Workspaces…" }).click();
    const workspaces = await accounts.makeWorkspace("Packagers", "grace@example.org", "approves");
    await expect(workspaces.getByRole("list", { name: "Members" })).toContainText("has not signed in yet");
    expect(await seriousFindings(page), "serious or critical findings of axe").toEqual([]);
    await workspaces.getByRole("button", { name: "Done" }).click();
  });

  const link = await test.step("saved there, and a link for members alone", async () => {
    await page.getByRole("button", { name: "Save and share" }).click();
    await dialog.getByRole("combobox", { name: "Workspace" }).click();
    await page.getByRole("option", { name: /^Packagers/ }).click();
    await dialog.getByRole("button", { name: "Save on the service" }).click();
    await page.getByRole("dialog", { name: "Saved as revision 1" }).getByRole("button", { name: "Done" }).click();
    const share = await saved.openShare();
    await share.getByRole("checkbox", { name: "Members only" }).click();
    return saved.makeLink(share, "the team", "comment");
  });

  const theirs = await newContext(browser);
  const other = await theirs.newPage();
  await test.step("it asks whoever comes to sign in, and opens to a member, by their own role without it too", async () => {
    await other.goto(link);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("This review is for members");
    await new Accounts(other).signIn(other.getByRole("main"), "grace");
    await expect(new ReviewPage(other).heading).toHaveText(/rustnet revision 1/);
    const direct = await theirs.newPage();
    await direct.goto(link.replace(/#.*$/, ""));
    await expect(direct.getByText("You read, comment, and approve or ask for changes.")).toBeVisible();
  });

  await test.step("signed out, the account opens nothing", async () => {
    await page.getByRole("dialog", { name: "Share" }).getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("dialog", { name: "Share" })).toContainText("Nobody is signed in.");
  });

  await theirs.close();
  await context.close();
  await service.close();
  provider.stop();
});
