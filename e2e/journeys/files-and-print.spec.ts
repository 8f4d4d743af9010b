import { expect, test } from "../fixtures.ts";
import { Shell } from "../pages/shell.ts";

const files = ["a", "b", "c"].map((name) => ({
  name,
  bytes: Buffer.from(`abi <abi/3.0>,\n\nprofile ${name} /usr/bin/${name} {\n  /etc/${name}.conf r,\n}\n`),
}));

test("files have tabs: opened, closed, put in order by keys and pointer, remembered", async ({ workbench, page }) => {
  const shell = new Shell(page);
  await workbench.open();
  await workbench.openFiles(files);
  const tabs = page.getByRole("list", { name: "Open files" });
  const names = () => tabs.getByRole("listitem").locator("button:first-child").allTextContents();
  for (const name of ["a", "b", "c"]) await shell.file(name).click();
  await expect.poll(names).toEqual(["a", "b", "c"]);

  await test.step("by keys", async () => {
    await page.keyboard.press("Alt+PageDown");
    await expect.poll(() => workbench.visibleText()).toContain("profile a ");
    await tabs.getByRole("button", { name: "a", exact: true }).focus();
    await page.keyboard.press("Alt+Shift+ArrowRight");
    await expect.poll(names).toEqual(["b", "a", "c"]);
    await page.keyboard.press("Delete");
    await expect.poll(names).toEqual(["b", "c"]);
    // The file itself is still there.
    await expect(shell.file("a")).toBeVisible();
  });

  await test.step("by the pointer", async () => {
    await tabs
      .getByRole("button", { name: "c", exact: true })
      .dragTo(tabs.getByRole("button", { name: "b", exact: true }));
    await expect.poll(names).toEqual(["c", "b"]);
    await tabs.getByRole("button", { name: "b", exact: true }).click({ button: "middle" });
    await expect.poll(names).toEqual(["c"]);
    await expect.poll(() => workbench.visibleText()).toContain("profile c ");
  });

  await test.step("a change is marked, and the tabs are there after a reload", async () => {
    await shell.file("b").click();
    await workbench.addPath("/etc/more", "r");
    await expect(tabs.getByRole("button", { name: "b , changed" })).toBeVisible();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await expect(tabs.getByRole("button", { name: "b , changed" })).toHaveAttribute("aria-current", "true");
    await expect(tabs.getByRole("listitem")).toHaveCount(2);
  });
});

test("the design on paper: words, verdicts and numbered text, black on white, and nothing of the page", async ({
  workbench,
  page,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await workbench.open();
  await workbench.openFiles(files.slice(0, 1));
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
  await page.keyboard.press("Control+p");
  await page.getByRole("dialog", { name: "Print" }).waitFor();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const sheet = page.locator(".print-sheet");
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText("Debian 12 (bookworm): Accepted");
  await expect(sheet).toContainText("/etc/a.conf");
  await expect(sheet.getByText("profile a /usr/bin/a {")).toBeVisible();
  await expect(page.locator("#root")).toBeHidden();
  const colours = await sheet
    .locator("code")
    .last()
    .evaluate((element) => {
      const { color } = getComputedStyle(element);
      return { color, ground: getComputedStyle(document.body).backgroundColor };
    });
  expect(colours).toEqual({ color: "rgb(0, 0, 0)", ground: "rgb(255, 255, 255)" });
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Escape");
  await expect(page.locator("#root")).toBeVisible();
  await expect(sheet).toHaveCount(0);
});
