import { expect, test } from "../fixtures.ts";
import { IncludesPage } from "../pages/includes.ts";

const profile = `abi <abi/3.0>,

include <tunables/global>

profile reader /usr/bin/reader {
  include <abstractions/base>
  include <abstractions/authentication>

  /etc/{passwd,sha*} r,
  /srv/** r,

  include if exists <local/usr.bin.reader>
}
`;

test("every rule that speaks of a path is found, in the design and in what it includes", async ({
  workbench,
  checkAccessibility,
}) => {
  const includes = new IncludesPage(workbench);
  await workbench.open();
  await workbench.pasteProfile(profile, "usr.bin.reader");
  const dialog = await includes.search("/etc/shadow", "Path");
  const places = dialog.getByRole("list", { name: "Places found" });
  await expect(places.getByRole("button", { name: /\/etc\/\{passwd,sha\*\} r,/ })).toBeVisible();
  await expect(places.getByRole("listitem").filter({ hasText: "abstractions/authentication" })).toContainText(
    "included here",
  );
  await expect(places.getByRole("button", { name: /\/srv/ })).toHaveCount(0);
  await expect(dialog.getByRole("status")).toContainText(/\d+ places in \d+ files/);
  await checkAccessibility();

  await test.step("the keys go from the field through what was found, and open a place", async () => {
    await dialog.getByRole("searchbox").focus();
    await workbench.page.keyboard.press("ArrowDown");
    await workbench.page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(workbench.page.getByRole("region", { name: "Text" }).locator(".line-selected")).not.toHaveCount(0);
  });

  await test.step("a place on the target opens to be read", async () => {
    const again = await includes.search("/etc/shadow", "Path");
    await again
      .getByRole("button", { name: /\/etc\/shadow/ })
      .last()
      .click();
    await expect(workbench.page.getByRole("dialog").getByText("read only, as on debian-12")).toBeVisible();
    await workbench.page.keyboard.press("Escape");
  });

  await test.step("a path is asked for as a shell writes it", async () => {
    const home = await includes.search("~/.ssh/id_rsa", "Path");
    await expect(home.getByRole("status")).toContainText(/\d+ places in \d+ files for \/home\/user\/\.ssh\/id_rsa/);
  });

  await test.step("text is found in names and comments, and rules by kind alone", async () => {
    const texts = await includes.search("reader", "Text");
    await expect(texts.getByRole("list", { name: "Places found" })).toContainText("profile reader /usr/bin/reader");
    await texts.getByRole("searchbox").fill("");
    await texts.getByRole("combobox", { name: "Kind of rule" }).click();
    await workbench.page.getByRole("option", { name: "signals", exact: true }).click();
    await expect(texts.getByRole("list", { name: "Places found" })).toContainText("signal");
  });
});

test("what is typed is completed, with what it means beside it", async ({ workbench }) => {
  await workbench.open();
  await workbench.pasteProfile(profile, "usr.bin.reader");
  const offers = workbench.page.getByRole("listbox", { name: "Suggest" });
  await workbench.cursorToEndOfLine(10);
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.type("capability net_r");
  await expect(offers.getByRole("option", { name: /^net_raw/ })).toBeVisible();
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.type(",");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.type("include <");
  await expect(offers.getByRole("option", { name: /^abstractions\/X/ })).toBeVisible();
  await workbench.page.keyboard.insertText("abstractions/openssl");
  await expect(offers.getByRole("option", { name: /^abstractions\/openssl/ })).toBeVisible();
  await workbench.page.keyboard.press("Enter");
  await expect.poll(() => workbench.visibleText()).toContain("  capability net_raw,\n  include <abstractions/openssl>");
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");

  await test.step("F12 leads from an include to its text", async () => {
    await workbench.cursorToEndOfLine(6);
    await workbench.page.keyboard.press("ArrowLeft");
    await workbench.page.keyboard.press("F12");
    await expect(new IncludesPage(workbench).reader("abstractions/base")).toBeVisible();
  });
});
