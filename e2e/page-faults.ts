import type { Page } from "@playwright/test";

/** What went wrong in a page without a person having seen it. */
export interface PageFaults {
  /** Every fault up to now, without those that were expected. */
  found(): Promise<readonly string[]>;
  /** From now on, faults like this are part of the journey (the service is down, for one). */
  expect(pattern: RegExp): void;
}

/** Watches a page for errors on its console, uncaught errors, and violations of the content security policy. */
export async function watchFaults(page: Page): Promise<PageFaults> {
  const faults: string[] = [];
  let crashed = false;
  const expected: RegExp[] = [];
  const add = (fault: string) => {
    if (!expected.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  page.on("console", (message) => {
    if (message.type() === "error") add(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("crash", () => {
    crashed = true;
  });
  page.on("pageerror", (error) => add(`uncaught: ${error.message}`));
  await page.exposeFunction("reportViolation", (violation: string) => add(`policy: ${violation}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report: unknown = Reflect.get(window, "reportViolation");
      if (typeof report === "function") report(`${event.effectiveDirective} blocked ${event.blockedURI}`);
    });
  });
  return {
    async found() {
      // Whatever the page has under way gets its turn first.
      if (!page.isClosed() && !crashed) await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
      return faults;
    },
    expect(pattern) {
      expected.push(pattern);
    },
  };
}
