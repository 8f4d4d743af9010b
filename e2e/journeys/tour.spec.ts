import { expect, test } from "../fixtures.ts";
import { Tour } from "../pages/tour.ts";
import { UnpackedBundle } from "../unpacked-bundle.ts";

test("the five-minute tour leads by one's own hands from nothing to a bundle", async ({
  page,
  workbench,
  checkAccessibility,
}) => {
  const tour = new Tour(page);
  await workbench.open();
  await tour.begin();
  await checkAccessibility();

  await test.step("a profile", async () => {
    await workbench.newProfile("/usr/bin/leaflet", "leaflet");
    await expect(tour.card).toContainText("Done.");
    await tour.press("Next");
  });
  await test.step("a path", async () => {
    await workbench.addPath("/etc/leaflet.conf", "r");
    await expect(tour.card).toContainText("Done.");
    await tour.press("Next");
  });
  await test.step("a socket", async () => {
    await workbench.tickSocket("inet", "stream");
    await tour.press("Next");
  });
  await test.step("a capability", async () => {
    await workbench.setCapability("net_bind_service", "allow");
    await tour.press("Next");
  });
  await test.step("a trap, mended by its own button", async () => {
    await workbench.addPath("/tmp/**", "rw");
    await expect(workbench.problem("mailbox shared")).toBeVisible();
    await workbench.fix("mailbox shared", /owner/);
    await tour.press("Next");
  });
  await test.step("the sentences", async () => {
    await tour.press("Show me");
    await expect(page.getByRole("tab", { name: /^In words/ })).toHaveAttribute("aria-selected", "true");
    await tour.press("Next");
  });
  await test.step("the verdict", async () => {
    await expect(tour.card).toContainText("Done.");
    await checkAccessibility();
    await tour.press("Next");
  });
  await test.step("the bundle", async () => {
    const download = await workbench.download("tar.gz");
    const bundle = UnpackedBundle.unpack(await download.path(), "tar.gz");
    expect(bundle.compileOnDebian12("usr.bin.leaflet").length).toBeGreaterThan(1000);
    bundle.remove();
    await expect(tour.card).toContainText("That was the whole way.");
    await tour.press("Finish");
    await expect(tour.card).toBeHidden();
  });
});

test("who only watches has every step done for him", async ({ page, workbench }) => {
  const tour = new Tour(page);
  await workbench.open();
  await tour.begin();
  for (const title of ["Make a profile", "Open a path", "Tick a socket", "Allow a capability"]) {
    await expect(tour.title).toHaveText(title);
    await tour.press("Do it for me");
    await expect(tour.card).toContainText("Done.");
    await tour.press("Next");
  }
  await expect(tour.title).toHaveText("Walk into a trap");
  await tour.press("Do it for me");
  await expect(workbench.problem("mailbox shared")).toBeVisible();
  await tour.press("Do it for me");
  await expect(tour.card).toContainText("Done.");
});
