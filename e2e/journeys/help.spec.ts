import { expect, test } from "../fixtures.ts";

test("each panel says what it is about, and all help opens at it", async ({ page, workbench, checkAccessibility }) => {
  await workbench.open();
  await workbench.newProfile("/usr/bin/leaflet", "leaflet");
  await workbench.panel("Paths");
  const about = page.getByRole("region", { name: "About Paths" });
  await about.getByRole("button", { name: "What is this?" }).click();
  await expect(about).toContainText("The manual: apparmor.d(5), Access Modes and Globbing");
  await checkAccessibility();
  await about.getByRole("button", { name: "All help" }).click();
  const help = page.getByRole("dialog", { name: "Help" });
  await expect(help.getByRole("article")).toContainText("Which files the program may touch");
  await help.getByRole("searchbox", { name: "Search help" }).fill("mailbox");
  await expect(help.getByRole("article")).toContainText("lint/shared-tmp");
  await checkAccessibility();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});

test("a problem leads to the page that says why and what to do", async ({ page, workbench }) => {
  await workbench.open();
  await workbench.pasteProfile("profile x /usr/bin/x {\n  network inet,stream,\n}\n", "usr.bin.x");
  const problem = workbench.problem(/comma/i).first();
  await problem.getByRole("button", { name: "Why, and what to do" }).click();
  const article = page.getByRole("dialog", { name: "Help" }).getByRole("article");
  await expect(article).toContainText("The comma clings to a word");
  await expect(article).toContainText("What to do.");
  await expect(article).toContainText("network inet stream,");
});
