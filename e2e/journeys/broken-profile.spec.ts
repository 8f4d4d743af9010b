import { expect, test } from "../fixtures.ts";

const broken = `abi <abi/3.0>,

include <tunables/global>

profile broken /usr/bin/broken {
  include <abstractions/base>

  /etc/hosts r
  /etc/passwd r,

  include if exists <local/usr.bin.broken>
}
`;

test("a broken profile is pasted, and the real parser's complaint stands at its line", async ({
  workbench,
  checkAccessibility,
}) => {
  await workbench.open();
  await workbench.pasteProfile(broken, "usr.bin.broken");

  const verdict = workbench.verdict("Debian 12");
  await expect(verdict.getByRole("status")).toHaveText("Rejected");
  const said = verdict.getByRole("list", { name: "What the parser said" });
  // The comma is missing on line 8.
  await expect(said).toContainText("usr.bin.broken:8");
  await expect(said).toContainText("missing an end of line character");
  await checkAccessibility();

  await said.getByRole("button").first().click();
  await expect(workbench.page.locator(".monaco-editor .active-line-number")).toHaveText("8");
  await expect(workbench.problem("usr.bin.broken:8").first()).toBeVisible();

  await test.step("the bundle is refused with the reason", async () => {
    await workbench.page.getByRole("button", { name: "Download", exact: true }).click();
    const dialog = workbench.page.getByRole("dialog", { name: "Download bundle" });
    await expect(dialog.getByRole("button", { name: /^Download/ })).toBeDisabled();
    await expect(dialog.getByRole("alert")).toContainText("no bundle yet");
    await checkAccessibility();
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("a comma mends it", async () => {
    await workbench.cursorToEndOfLine(8);
    await workbench.writeText(",");
    await expect(verdict.getByRole("status")).toHaveText("Accepted");
  });
});
