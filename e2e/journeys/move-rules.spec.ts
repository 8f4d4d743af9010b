import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Shell } from "../pages/shell.ts";

const two = `abi <abi/3.0>,
include <tunables/global>

profile first /usr/bin/first {
  capability net_raw,
  network inet stream,
  set rlimit nofile <= 64,

  /var/lib/first/** rw,

  # the configuration
  /etc/first.conf r,
}

profile second /usr/bin/second {
  /etc/second.conf r,
}
`;

/** A text of the design as it is, line by line, from the line of a profile on. */
async function profileText(page: Page, name: string): Promise<string> {
  const text = await page.evaluate(() =>
    [...document.querySelectorAll(".view-line")]
      .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((line) => (line.textContent ?? "").replaceAll("\u00a0", " "))
      .join("\n"),
  );
  const from = text.indexOf(`profile ${name} `);
  return text.slice(from, text.indexOf("\n}", from));
}

test("rules move between profiles by menu, keys, dragging and the clipboard, each as one step", async ({
  workbench,
  page,
  context,
  checkAccessibility,
}) => {
  const shell = new Shell(page);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await workbench.open();
  await workbench.openFiles([{ name: "two", bytes: Buffer.from(two) }]);
  await workbench.panel("Paths");

  await test.step("by the context menu and the dialog", async () => {
    await shell.pathRow("/etc/first.conf").click({ button: "right", position: { x: 20, y: 10 } });
    await expect(page.getByRole("menu", { name: "Rule" })).toBeVisible();
    await checkAccessibility();
    await shell.menu("Move rule to…");
    const dialog = page.getByRole("dialog", { name: "Move the rule to" });
    await expect(dialog).toContainText("/etc/first.conf r,");
    await expect(dialog.getByRole("radio")).toHaveCount(1);
    await dialog.getByRole("button", { name: "Move", exact: true }).click();
    await expect.poll(() => profileText(page, "second")).toContain("# the configuration\n  /etc/first.conf r,");
    expect(await profileText(page, "first")).not.toContain("/etc/first.conf");
    await page.keyboard.press("Control+z");
    await expect.poll(() => profileText(page, "first")).toContain("# the configuration\n  /etc/first.conf r,");
  });

  await test.step("by keys alone", async () => {
    await page.getByRole("button", { name: "/var/lib/first/**", exact: true }).focus();
    await page.keyboard.press("Alt+m");
    await page.getByRole("dialog", { name: "Move the rule to" }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => profileText(page, "second")).toContain("/var/lib/first/** rw,");
    await page.keyboard.press("Control+z");
  });

  await test.step("the menu comes by Shift+F10 too", async () => {
    await page.getByRole("button", { name: "/var/lib/first/**", exact: true }).focus();
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menu", { name: "Rule" })).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("dragged onto the profile in the outline; with Ctrl, copied", async () => {
    await shell.pathRow("/var/lib/first/**").dragTo(shell.profile("second"), { sourcePosition: { x: 20, y: 10 } });
    await expect.poll(() => profileText(page, "second")).toContain("/var/lib/first/** rw,");
    expect(await profileText(page, "first")).not.toContain("/var/lib/first");
    await page.keyboard.press("Control+z");
    await expect.poll(() => profileText(page, "first")).toContain("/var/lib/first/** rw,");
    await page.keyboard.down("Control");
    await shell.pathRow("/var/lib/first/**").dragTo(shell.profile("second"), { sourcePosition: { x: 20, y: 10 } });
    await page.keyboard.up("Control");
    await expect.poll(() => profileText(page, "second")).toContain("/var/lib/first/** rw,");
    expect(await profileText(page, "first")).toContain("/var/lib/first/** rw,");
    await page.keyboard.press("Control+z");
  });

  await test.step("all rules of a kind, from the outline", async () => {
    await shell.kind("first", "capability").dragTo(shell.profile("second"));
    await expect.poll(() => profileText(page, "second")).toContain("capability net_raw,");
    await page.keyboard.press("Control+z");
  });

  await test.step("a limit and a box of the network have the menu of their rule", async () => {
    await workbench.panel("System");
    await page.getByRole("rowheader", { name: /^nofile/ }).click({ button: "right" });
    await shell.menu("Move rule to…");
    await page
      .getByRole("dialog", { name: "Move the rule to" })
      .getByRole("button", { name: "Move", exact: true })
      .click();
    await expect.poll(() => profileText(page, "second")).toContain("set rlimit nofile <= 64,");
    await workbench.panel("Network");
    await page.getByRole("button", { name: /^inet stream: allowed/ }).click({ button: "right" });
    await shell.menu("Remove rule");
    await expect.poll(() => profileText(page, "first")).not.toContain("network inet stream");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(() => profileText(page, "first")).toContain("set rlimit nofile <= 64,");
    await workbench.panel("Paths");
  });

  await test.step("cut in one, pasted in the other", async () => {
    await page.getByRole("button", { name: "/etc/first.conf", exact: true }).focus();
    await page.keyboard.press("Control+x");
    await expect.poll(() => profileText(page, "first")).not.toContain("/etc/first.conf");
    await shell.profile("second").click();
    await page.getByRole("button", { name: "/etc/second.conf", exact: true }).focus();
    await page.keyboard.press("Control+v");
    await expect.poll(() => profileText(page, "second")).toContain("/etc/first.conf r,");
    await expect(page.getByRole("button", { name: "Undo: paste a rule" })).toBeVisible();
  });

  await test.step("what holds no rules is refused, and says so", async () => {
    await page.evaluate(() => navigator.clipboard.writeText("} evil {"));
    await page.getByRole("button", { name: "/etc/second.conf", exact: true }).focus();
    await page.keyboard.press("Control+v");
    await expect(page.getByRole("log", { name: "Notices" })).toContainText("the clipboard holds no rules");
    await expect.poll(() => profileText(page, "second")).not.toContain("evil");
  });
});
