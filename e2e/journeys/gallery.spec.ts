import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configPath } from "@hauberk/core/design";
import { startingPoints } from "@hauberk/core/gallery";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Gallery } from "../pages/gallery.ts";
import { UnpackedBundle } from "../unpacked-bundle.ts";

/** For each example the question that is answered otherwise than usual, and a line that then stands in its text. */
const otherAnswers: Readonly<Record<string, readonly [label: string, answer: string, line: string]>> = {
  "static-site": ["Site folder", "/srv/www/my site", '@{STATIC_SITE_FILES} = "/srv/www/my site"'],
  "http2-agent": ["Program", "/opt/agent/bin/agent", "profile http2-agent /opt/agent/bin/agent {"],
  "nodejs-service": ["Memory for a process, in MB", "3000", "  set rlimit data <= 3000MB,"],
  "web-server": ["Control folder", "/srv/control", "@{WEBSERVER_CONTROL} = /srv/control"],
  "packet-monitor": ["Log folder", "/srv/logs/rustnet/", "@{RUSTNET_LOG_DIR} = /srv/logs/rustnet"],
  "cron-job": ["Tools", "cat mail", "  /{usr/,}bin/{cat,mail} mrix,"],
  "container-workload": ["Profile name", "shop", "profile shop flags=(attach_disconnected, mediate_deleted) {"],
  "twisted-service": ["Port for clients", "81", "  capability net_bind_service,"],
  "erlang-node": ["Mail port", "2525", "  # Mail and the cluster alike: AppArmor doesn't tell ports apart."],
  "two-faced-proxy": ["Spool folder", "/srv/spool", "@{RELAY_SPOOL} = /srv/spool"],
};

for (const { id, title } of startingPoints) {
  test(`${title}: asked, written, accepted and downloaded`, async ({ page, workbench }) => {
    const [label, answer, line] = otherAnswers[id] ?? ["", "", ""];
    const gallery = new Gallery(page);
    await workbench.open();
    await gallery.choose(title);
    await gallery.answer(title, label, answer);
    await gallery.create(title);
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
    const download = await workbench.download("tar.gz");
    const bundle = UnpackedBundle.unpack(await download.path(), "tar.gz");
    try {
      const point = startingPoints.find((each) => each.id === id);
      const parameter = point?.parameters.find((each) => each.label === label)?.id ?? "";
      const outcome = point?.make({ [parameter]: answer });
      const written = outcome?.ok === true ? outcome.design.files.filter(({ path }) => path !== configPath) : [];
      expect(written.map(({ text }) => text).join("\n")).toContain(line);
      for (const { path, text } of written) {
        expect(readFileSync(join(bundle.folder, "targets/debian-12/etc", path), "utf8")).toBe(text);
      }
      const [main = ""] = written.map(({ path }) => path.replace("apparmor.d/", ""));
      expect(bundle.compileOnDebian12(main).length).toBeGreaterThan(1000);
    } finally {
      bundle.remove();
    }
  });
}

test("a design is explained with the keys alone, changed, reloaded and explained again", async ({
  page,
  workbench,
  checkAccessibility,
}) => {
  const gallery = new Gallery(page);
  const { explanation } = gallery;
  await workbench.open();
  await page.getByRole("button", { name: /^Static site server/ }).focus();
  await page.keyboard.press("Enter");
  await expect(gallery.form("Static site server").getByRole("textbox", { name: "Profile name" })).toBeFocused();
  await checkAccessibility();
  await page.keyboard.press("Enter");
  await expect(explanation).toBeFocused();
  await workbench.editorReady();

  await test.step("each step marks its lines", async () => {
    await expect(explanation.getByRole("heading", { name: "The first lines" })).toBeVisible();
    for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowRight");
    await expect(explanation.getByRole("heading", { name: "The site" })).toBeVisible();
    await expect.poll(() => markedLines(page)).toHaveLength(3);
    expect((await workbench.visibleText()).split("\n")).toContain("  @{STATIC_SITE_FILES}/{,**} r,");
    await page.keyboard.press("ArrowLeft");
    await expect(explanation.getByRole("heading", { name: "The program" })).toBeVisible();
    await page.keyboard.press("End");
    await expect(explanation).toContainText("Listen at port 8080, connect nowhere");
    await expect(explanation).toContainText("Kept as a wish: tcp 8080 from any");
    await checkAccessibility();
    await page.keyboard.press("Escape");
    await expect(explanation).toHaveCount(0);
  });

  await test.step("what was changed since is said", async () => {
    await workbench.setCapability("net_bind_service", "allow");
    const panel = await workbench.panel("Paths");
    await panel.getByRole("button", { name: /^write for @\{STATIC_SITE_FILES\}\/\{,\*\*\}/ }).click();
    await expect(page.getByText("Saved")).toBeVisible();
    await page.reload();
    await workbench.editorReady();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands and places" }).fill("explain this design");
    await page.keyboard.press("Enter");
    await explanation.getByRole("button", { name: "The site" }).click();
    await expect(explanation).toContainText("has been changed since. It began as:");
    await explanation.getByRole("button", { name: "The log" }).click();
    await expect(explanation).not.toContainText("has been changed since");
  });
});

test("a wrong answer is said at its field, and nothing is written until it is right", async ({ page, workbench }) => {
  const gallery = new Gallery(page);
  const form = gallery.form("Cron job");
  await workbench.open();
  await gallery.choose("Cron job");
  await gallery.answer("Cron job", "Source folder", '/srv/a" rw,\n/** rw,');
  await expect(form.getByRole("alert")).toHaveText("No quotes and no backslashes.");
  await expect(form.getByRole("button", { name: "Create design" })).toBeDisabled();
  await gallery.answer("Cron job", "Source folder", "/srv/a, rw,");
  await expect(form.getByRole("alert")).toHaveCount(0);
  await expect(gallery.preview("Cron job")).toContainText('@{NIGHTLY_REPORT_SOURCE} = "/srv/a, rw,"');
  await form.getByRole("combobox", { name: "Mail" }).click();
  await page.getByRole("option", { name: "cron mails what it prints" }).click();
  await expect(gallery.preview("Cron job")).not.toContainText("msmtp");
  await gallery.create("Cron job");
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
});

/** The lines that the editor marks as chosen. */
async function markedLines(page: Page): Promise<number[]> {
  return await page
    .locator(".line-selected")
    .evaluateAll((elements) => elements.map((element) => element.clientHeight));
}
