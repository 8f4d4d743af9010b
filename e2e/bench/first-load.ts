/**
 * The first load: a browser without a cache opens the designer at a design, beside a bare page with Monaco alone on the
 * same text. Counted from the navigation until the person can work: the text is drawn, and for the designer a panel
 * stands beside it whose boxes are there. Each load is a new profile of the browser; the design is put into its storage
 * by a first visit, after which cache and service worker are taken away.
 *
 * Target: at most 1.5 times the bare page. Run by `node e2e/bench/first-load.ts [--json] [--loads N]` after
 * `npm run build`.
 */
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { longProfile } from "../../packages/core/bench/long-profile.ts";
import { Workbench } from "../pages/workbench.ts";
import { OwnService } from "../service.ts";
import { withBareMonaco } from "./bare-monaco.ts";
import { BenchBrowser } from "./bench-browser.ts";
import { figures, printFigures } from "./quantile.ts";

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, loads: { type: "string", default: "15" } },
});
const loads = Number(options.loads);
const text = longProfile(200);

/** Milliseconds from the navigation until all of the selectors have something to show, as the page itself sees it. */
async function load(page: Page, url: string, selectors: readonly string[]): Promise<number> {
  await page.addInitScript((wanted) => {
    const look = () => {
      const there = wanted.every((selector) => (document.querySelector(selector)?.textContent ?? "").trim() !== "");
      if (there) Reflect.set(window, "usableAt", performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, selectors);
  await page.goto(url);
  await page.waitForFunction(() => Reflect.get(window, "usableAt") !== undefined, null, { polling: 50 });
  return Number(await page.evaluate(() => Reflect.get(window, "usableAt")));
}

/** Puts a design into the browser's storage, and takes away what else would make the next visit quicker. */
async function prepare(page: Page, url: string): Promise<string> {
  const workbench = new Workbench(page);
  await page.goto(url);
  await page.getByRole("main").waitFor();
  await workbench.openFiles([{ name: "example", bytes: Buffer.from(text) }]);
  await page.waitForTimeout(1500);
  await page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });
  const design = page.url();
  await page.close();
  return design;
}

const service = await OwnService.launch();
const browser = await BenchBrowser.launch();
try {
  const bare: number[] = [];
  const designer: number[] = [];
  await withBareMonaco(text, async (bareUrl) => {
    for (let at = 0; at < loads; at++) {
      bare.push(await browser.inNewPage((page) => load(page, bareUrl, [".view-line"])));
      designer.push(
        await browser.inNewPage(async (first) => {
          const context = first.context();
          const url = await prepare(first, service.url);
          const page = await context.newPage();
          const session = await context.newCDPSession(page);
          await session.send("Network.clearBrowserCache");
          return await load(page, url, [".view-line", '[role="tabpanel"]']);
        }),
      );
    }
  });
  const results = [figures("bare Monaco (baseline)", bare, bare), figures("designer, usable", designer, bare)];
  if (options.json) console.log(JSON.stringify({ format: 1, loads, results }, null, 2));
  else {
    console.log(`First load with a cold cache, ${loads} times; target: at most 1.5 times bare Monaco`);
    printFigures(results, "bare Monaco");
  }
} finally {
  await browser.close();
  await service.stop();
}
