import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import configuration from "../playwright.config.ts";

/** The browser of the benchmarks: the one of the journeys, each measurement in a page of its own without a past. */
export class BenchBrowser {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<BenchBrowser> {
    return new BenchBrowser(await chromium.launch(configuration.use?.launchOptions ?? {}));
  }

  /** Measures in a new page of a new profile of the browser: no cache, no storage. */
  async inNewPage<T>(measure: (page: Page) => Promise<T>): Promise<T> {
    const context = await this.#browser.newContext({ viewport: configuration.use?.viewport ?? null });
    try {
      return await measure(await context.newPage());
    } finally {
      await context.close();
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** Processor time in milliseconds that the page's main thread has taken; the session counts in thread ticks. */
export async function busyTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

/** A session in which `busyTime` counts. */
export async function countingSession(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return session;
}

/** Waits until what was asked for is drawn: two frames. */
export async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}
