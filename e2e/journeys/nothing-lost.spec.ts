import { expect, test } from "../fixtures.ts";

test("with the service gone, a reload and a crash of the tab lose nothing", async ({
  workbench,
  service,
  context,
  faults,
}) => {
  faults.expect(/Failed to load resource|net::ERR_/);
  await workbench.open();
  await workbench.newProfile("/usr/bin/keeper", "keeper");
  // The pages are kept for days without the service once the worker that keeps them is in charge.
  await workbench.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await service.stop();

  await workbench.setCapability("net_raw", "allow");
  await workbench.addPath("/srv/keeper/**", "r");
  await expect(workbench.verdict("Debian 12")).toContainText("does not answer");

  await workbench.page.reload();
  await workbench.editorReady();
  await expect.poll(() => workbench.visibleText()).toContain("capability net_raw,");
  await expect.poll(() => workbench.visibleText()).toContain("/srv/keeper/** r,");

  await workbench.addPath("/srv/second/**", "r");
  // A crash may come at once after a change is told to be saved, and not before.
  await expect(workbench.page.getByTitle("Kept in this browser")).toHaveAttribute("aria-busy", "false");
  const crashed = workbench.page.waitForEvent("crash");
  // The tab is ended at once, without a farewell to its scripts.
  workbench.page.goto("chrome://crash").catch(() => undefined);
  await crashed;

  const again = await context.newPage();
  await again.goto("/");
  const text = again.getByRole("region", { name: "Text" });
  await expect(text).toContainText("/srv/second/**");
  await expect(text).toContainText("/srv/keeper/**");

  await service.start();
  await expect(again.getByRole("listitem", { name: /^Verdict of debian.12/i }).getByRole("status")).toHaveText(
    "Accepted",
  );
});
