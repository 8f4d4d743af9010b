import { expect, test as base } from "@playwright/test";
import { seriousFindings } from "./accessibility.ts";
import { watchFaults } from "./page-faults.ts";
import type { PageFaults } from "./page-faults.ts";
import { Workbench } from "./pages/workbench.ts";
import { containerService } from "./container-service.ts";
import { OwnService } from "./service.ts";
import type { Service } from "./service.ts";

interface TestFixtures {
  /** The designer's page. */
  readonly workbench: Workbench;
  /** Faults of the page; a journey that ends with one fails. */
  readonly faults: PageFaults;
  /** Fails where axe finds something serious or critical in the page as it is now. */
  readonly checkAccessibility: (rules?: "all" | "colours") => Promise<void>;
}

interface WorkerFixtures {
  /** Environment variables for the service beside the usual ones; `test.use` sets them for a file. */
  readonly serviceEnvironment: Readonly<Record<string, string>>;
  /** The real service, one per worker, or the containers of `scripts/docker.sh`; a journey that stopped it gets it started again. */
  readonly service: Service;
}

/** The `test` of the journeys: with the real service, and with an eye on what a page does behind a person's back. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  serviceEnvironment: [{}, { option: true, scope: "worker" }],
  service: [
    async ({ serviceEnvironment }, use) => {
      const service = containerService() ?? (await OwnService.launch(serviceEnvironment));
      await use(service);
      await service.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ service }, use) => {
    await service.start();
    await use(service.url);
  },
  faults: [
    async ({ page }, use) => {
      const faults = await watchFaults(page);
      await use(faults);
      expect(await faults.found(), "faults of the page").toEqual([]);
    },
    { auto: true },
  ],
  workbench: async ({ page }, use) => {
    await use(new Workbench(page));
  },
  checkAccessibility: async ({ page }, use) => {
    await use(async (rules) => {
      expect(await seriousFindings(page, rules), "serious or critical findings of axe").toEqual([]);
    });
  },
});

export { expect };
