import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { smallPng } from "./small-png.ts";
import { states } from "./states.ts";

/** `npm run screenshots` names the folder of the documentation; else the pictures are results of the test run. */
const documentation = process.env["HAUBERK_SCREENSHOTS"];
const folder = join(
  fileURLToPath(new URL("../..", import.meta.url)),
  documentation === undefined ? "test-results/screenshots" : documentation,
);

/** One moment for all pictures. */
const moment = new Date("2026-01-05T09:00:00Z");

for (const { name, shows, width = 1440, height = 900, prepare } of states) {
  test(`${name}: ${shows}`, async ({ page, workbench, service, faults, checkAccessibility }) => {
    await page.clock.setFixedTime(moment);
    await page.setViewportSize({ width, height });
    await workbench.open();
    await prepare({ page, workbench, service, faults });
    mkdirSync(folder, { recursive: true });
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await still(page);
      const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
      writeFileSync(join(folder, `${name}-${theme}.png`), documentation === undefined ? picture : smallPng(picture));
      await checkAccessibility(theme === "light" ? "all" : "colours");
    }
  });
}

/** Waits until the page rests: the pointer away, fonts there, the last change no longer marked, everything drawn. */
async function still(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await expect(page.locator(".line-glow")).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
  });
}
