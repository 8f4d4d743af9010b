import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";

/** The element with the keys, by its role and name as assistive technology is told them. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "nothing";
    const label = element.getAttribute("aria-label") ?? "";
    const labelled = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? "") : "";
    return `${label} ${labelled} ${element.textContent ?? ""}`.trim();
  });
}

/** Presses Tab until something of this name has the keys. */
async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const now = await focused(page);
    if (name.test(now)) return;
    passed.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(name)}; it passed ${passed.join(" | ")}`);
}

test("a profile is made, ticked, undone, redone and downloaded with keys alone", async ({
  workbench,
  checkAccessibility,
}) => {
  const { page } = workbench;
  const keys = page.keyboard;
  await workbench.open();

  await test.step("a new profile", async () => {
    await tabTo(page, /^New profile/);
    await keys.press("Enter");
    await expect(page.getByRole("textbox", { name: "Program" })).toBeFocused();
    await keys.type("/usr/bin/keys");
    await keys.press("Escape");
    // The keys are where they were before the dialog.
    await expect.poll(() => focused(page)).toMatch(/^New profile/);
    await keys.press("Enter");
    await keys.type("/usr/bin/keys");
    await keys.press("Enter");
    await workbench.editorReady();
    await expect(page.getByRole("tab", { name: "Profile" })).toBeFocused();
  });

  await test.step("a capability", async () => {
    await keys.press("ArrowRight");
    await keys.press("ArrowRight");
    await keys.press("Enter");
    await expect(page.getByRole("tab", { name: /^Capabilities/ })).toHaveAttribute("aria-selected", "true");
    await tabTo(page, /^Search capabilities/);
    await keys.type("net_raw");
    await tabTo(page, /^none$/);
    await keys.press("ArrowRight");
    await keys.press("Space");
    await expect.poll(() => workbench.visibleText()).toContain("capability net_raw,");
    await expect(page.getByRole("button", { name: "allow", pressed: true })).toBeFocused();
  });

  await test.step("a path", async () => {
    await tabTo(page, /^Capabilities\s*\d/, "Shift+Tab");
    await keys.press("ArrowRight");
    await keys.press("Enter");
    await tabTo(page, /^New path/);
    await keys.type("/etc/keys.conf");
    await keys.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/keys.conf r,");
    // The line stays ready for the next path.
    await expect(page.getByRole("combobox", { name: "New path" })).toBeFocused();
    // The program itself stands first.
    await tabTo(page, /^\/usr\/bin\/keys/);
    await keys.press("ArrowDown");
    await expect.poll(() => focused(page)).toMatch(/^\/etc\/keys\.conf/);
    await keys.press("ArrowRight");
    await keys.press("ArrowRight");
    await keys.press("Space");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/keys.conf rw,");
    await checkAccessibility();
  });

  await test.step("a socket", async () => {
    await tabTo(page, /^Paths\s*\d/, "Shift+Tab");
    await keys.press("ArrowRight");
    await keys.press("ArrowRight");
    await keys.press("Enter");
    await tabTo(page, /^inet stream/);
    await keys.press("ArrowDown");
    await keys.press("Space");
    await expect.poll(() => workbench.visibleText()).toContain("network inet6 stream,");
    await expect.poll(() => focused(page)).toMatch(/^inet6 stream: allowed/);
    // What moved down with the new line has kept its colours.
    await expect.poll(() => workbench.uncolouredText()).toEqual([]);
  });

  await test.step("undo and redo, by name", async () => {
    await expect(workbench.undoButton).toHaveAccessibleName(/inet6 stream/);
    await keys.press("Control+z");
    await expect.poll(() => workbench.visibleText()).not.toContain("network inet6 stream,");
    await keys.press("Control+z");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/keys.conf r,");
    await keys.press("Control+Shift+z");
    await keys.press("Control+Shift+z");
    await expect.poll(() => workbench.visibleText()).toContain("network inet6 stream,");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/keys.conf rw,");
  });

  await test.step("into the text and out of it", async () => {
    await keys.press("F6");
    await expect(page.getByRole("textbox", { name: /^Policy editor/ })).toBeFocused();
    await keys.press("Control+End");
    await keys.type("# typed");
    await expect(workbench.undoButton).toHaveAccessibleName(/typing/);
    await keys.press("F6");
    await expect(page.getByRole("textbox", { name: /^Policy editor/ })).not.toBeFocused();
    await keys.press("Shift+F6");
    await expect(page.getByRole("textbox", { name: /^Policy editor/ })).toBeFocused();
    // On a slow machine a pause may have parted the typing into steps.
    await expect(async () => {
      if (/typing/.test((await workbench.undoButton.getAttribute("aria-label")) ?? "")) await keys.press("Control+z");
      await expect(workbench.undoButton).not.toHaveAccessibleName(/typing/, { timeout: 500 });
    }).toPass();
    await expect.poll(() => workbench.visibleText()).not.toContain("# t");
    await expect.poll(() => workbench.visibleText()).toContain("network inet6 stream,");
    // Tab indents for who writes; Escape makes it the way out again.
    await keys.press("Escape");
    await keys.press("Tab");
    await expect(page.getByRole("textbox", { name: /^Policy editor/ })).not.toBeFocused();
  });

  await test.step("the sizes of the panes", async () => {
    const line = page.getByRole("separator", { name: "Height of verdicts and problems" });
    // It tells its size to who only passes by.
    const untouched = Number(await line.getAttribute("aria-valuenow"));
    await tabTo(page, /^Height of verdicts/);
    const before = Number(await line.getAttribute("aria-valuenow"));
    expect(before).toBe(untouched);
    await keys.press("ArrowUp");
    expect(Number(await line.getAttribute("aria-valuenow"))).toBeGreaterThan(before);
    await keys.press("Enter");
    expect(Number(await line.getAttribute("aria-valuenow"))).toBe(before);
  });

  await test.step("the download", async () => {
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
    await keys.press("Control+s");
    await expect(page.getByRole("dialog", { name: "Download bundle" })).toBeVisible();
    await tabTo(page, /^Download \.tar\.gz/);
    const arriving = page.waitForEvent("download");
    await keys.press("Enter");
    const bytes = readFileSync(await (await arriving).path());
    expect(bytes.length).toBeGreaterThan(1000);
  });
});

test("a profile with every kind of panel, by keys alone", async ({ workbench }) => {
  const { page } = workbench;
  const keys = page.keyboard;
  await workbench.open();
  await tabTo(page, /^New profile/);
  await keys.press("Enter");
  await expect(page.getByRole("textbox", { name: "Program" })).toBeFocused();
  await keys.type("/usr/bin/spooler");
  await keys.press("Enter");
  await workbench.editorReady();

  await test.step("a program that it starts, under a child of its own", async () => {
    await keys.press("Alt+5");
    await expect(page.getByRole("tab", { name: /^Programs/ })).toBeFocused();
    await tabTo(page, /^New program/);
    await keys.type("/usr/bin/gzip");
    await keys.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/bin/gzip ix,");
    await keys.press("Alt+1");
    await tabTo(page, /^Add a child profile/);
    await keys.press("Enter");
    await expect(page.getByRole("textbox", { name: "Name", exact: true }).last()).toBeFocused();
    await keys.type("filter");
    await keys.press("Tab");
    await keys.type("/usr/lib/spooler/*");
    await keys.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("/usr/lib/spooler/* Cx -> filter,");
    await expect
      .poll(() => workbench.visibleText())
      .toMatch(/profile filter \{\s+include <abstractions\/base>\s+\/usr\/lib\/spooler\/\* mr,\s+\}/);
    // The keys are where the dialog was opened.
    await expect.poll(() => focused(page)).toMatch(/^Add a child profile/);
  });

  await test.step("a signal", async () => {
    await keys.press("Alt+7");
    await tabTo(page, /^Send hup and term/);
    await keys.press("Enter");
    await expect(page.getByRole("form", { name: "New signal rule" })).toBeVisible();
    await tabTo(page, /^Add the rule/);
    await keys.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("signal (send) set=(hup, term)");
    await expect(page.getByRole("tabpanel").locator(":focus")).toHaveCount(1);
  });

  await test.step("a limit", async () => {
    await keys.press("Alt+8");
    await tabTo(page, /^Set to 512MB: as/);
    await keys.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("set rlimit as <= 512MB,");
    await expect(page.getByRole("textbox", { name: "as, at most" })).toBeFocused();
  });

  await test.step("all of it in words, and the bundle", async () => {
    await keys.press("Alt+9");
    await expect(page.getByRole("tabpanel", { name: "In words" })).toContainText("512 MiB of address space");
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
    await keys.press("Control+s");
    await tabTo(page, /^Download \.tar\.gz/);
    const arriving = page.waitForEvent("download");
    await keys.press("Enter");
    expect((await arriving).suggestedFilename()).toBe("spooler.tar.gz");
  });
});
