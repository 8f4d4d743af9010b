import { expect, test } from "../fixtures.ts";
import { Summary } from "../pages/summary.ts";

const policy = `abi <abi/3.0>,

profile jobd /usr/bin/jobd flags=(complain) {
  include <abstractions/base>

  capability sys_admin,
  capability net_bind_service,

  network inet stream peer=(ip=10.0.0.1 port=443),

  /etc/jobd/*.conf r,
  owner @{HOME}/.jobd/** rw,
  /srv/jobs/** rw,
  deny /srv/jobs/keys/** rw,
  /usr/bin/tar Px,

  set rlimit nofile <= 1024,
}
`;

test("a person reads the whole profile in words and goes from a sentence to its lines", async ({
  page,
  workbench,
  checkAccessibility,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "jobd", bytes: Buffer.from(policy) }]);
  const summary = new Summary(page, workbench);
  const panel = await summary.open();

  await test.step("whom it confines, by subject, the dangerous first", async () => {
    await expect(panel).toContainText("The profile jobd confines /usr/bin/jobd, whichever user starts it, root too");
    await expect(panel).toContainText("It only watches");
    await expect(summary.section("Files it may change")).toContainText(
      "May read and write anything under /srv/jobs/, at any depth, except anything under /srv/jobs/keys/, at any depth.",
    );
    await expect(summary.section("Files it may read")).toContainText(
      "any file directly in /etc/jobd/ whose name ends in .conf",
    );
    await expect(summary.section("Programs it may start, profiles it may enter")).toContainText(
      "to run under the profile made for it (it does not start where there is none)",
    );
    await expect(summary.section("Limits")).toContainText("at most 1,024 files and sockets open at once");
    await expect(summary.section("Capabilities").getByRole("listitem").first()).toContainText("Total");
    await expect(summary.section("What it is always refused")).toContainText("/srv/jobs/keys/");
  });

  await test.step("what no kernel enforces is not claimed", async () => {
    await expect(summary.section("Network")).toContainText(
      "The rule asks for only the peer's address 10.0.0.1 and port 443, but no Debian kernel up to 7.2 holds it to that",
    );
  });

  await test.step("from a sentence to its lines, by keys", async () => {
    const lines = summary.linesOf("May read and write anything under /srv/jobs/");
    await expect(lines).toHaveCount(2);
    await lines.nth(1).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("deny /srv/jobs/keys/** rw,");
    await expect(page.getByRole("region", { name: "Text" })).toBeVisible();
    await checkAccessibility();
  });

  await test.step("only what is grave, and back", async () => {
    await summary.onlyGrave.click();
    await expect(summary.section("Limits")).toHaveCount(0);
    await expect(summary.section("Capabilities").getByRole("listitem")).toHaveCount(1);
    await summary.onlyGrave.click();
    await expect(summary.section("Limits")).toBeVisible();
  });

  await test.step("the words follow the text", async () => {
    await workbench.setCapability("net_bind_service", "deny");
    await summary.open();
    await expect(summary.section("What it is always refused")).toContainText(
      "Is never allowed to listen on ports below 1024",
    );
  });

  await test.step("copied as text", async () => {
    await page.context().grantPermissions(["clipboard-read"]);
    await summary.copyButton.click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("The profile `jobd` confines `/usr/bin/jobd`, whichever user starts it, root too");
    expect(copied).toContain("  - [total] May administer the system in several hundred ways");
  });
});

test("an empty profile says that it allows nothing", async ({ page, workbench }) => {
  await workbench.open();
  await workbench.openFiles([{ name: "jobd", bytes: Buffer.from("profile jobd {\n}\n") }]);
  const summary = new Summary(page, workbench);
  const panel = await summary.open();
  await expect(panel).toContainText("The profile jobd is attached to no program");
  await expect(summary.section("Files it may change")).toContainText("No rule of its own lets it change a file.");
});
