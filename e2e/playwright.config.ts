import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const debianChromium = "/usr/bin/chromium";
const isRoot = process.getuid?.() === 0;

const launchOptions = {
  // Debian's own Chromium where it is there; otherwise the one that Playwright installs.
  ...(existsSync(debianChromium) ? { executablePath: debianChromium } : {}),
  // Chromium can't build its own sandbox for root.
  chromiumSandbox: !isRoot,
  args: [
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
  ],
};

/** Journeys and pictures in a real Chromium, against the real service and the real parsers. */
export default defineConfig({
  projects: [
    { name: "journeys", testDir: "journeys" },
    {
      name: "screenshots",
      testDir: "screenshots",
      fullyParallel: true,
      use: {
        contextOptions: { reducedMotion: "reduce" },
        // Letters in shades of one colour: the same picture on every screen, and a small file.
        launchOptions: { ...launchOptions, args: [...launchOptions.args, "--disable-lcd-text"] },
      },
    },
  ],
  outputDir: "../test-results/journeys",
  snapshotPathTemplate: "{testDir}/{testFileName}-snapshots/{arg}{ext}",
  forbidOnly: true,
  workers: 2,
  // Bounds for a busy machine, not expectations: a journey takes seconds where it has a core for itself.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: "line",
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    colorScheme: "light",
    // A trace of each journey would cost a third of their time: ask for it by `--trace retain-on-failure`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions,
  },
});
