import { makeElf } from "../../packages/core/src/draft/made-elf.test-data.ts";
import { larder, makePackage } from "../../packages/core/src/draft/made-package.test-data.ts";
import { expect, test } from "../fixtures.ts";
import { DraftDialog } from "../pages/draft.ts";
import { Shell } from "../pages/shell.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a dropped package becomes a draft with its reasons, which the real parser accepts", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const draft = new DraftDialog(page);
  const uploads: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") uploads.push(request.url());
  });
  await workbench.open();

  await test.step("dropped on the start page, it is read and told", async () => {
    await draft.drop({ name: "larder_1.2-3_amd64.deb", bytes: await makePackage(larder) });
    await expect(draft.dialog).toContainText("larder 1.2-3");
    await expect(draft.program("/usr/sbin/larderd")).toBeChecked();
    await expect(draft.line("/run/larder/{,**} rwk,")).toBeChecked();
    await expect(draft.line("capability setuid,")).toBeChecked();
    await checkAccessibility();
  });

  await test.step("what is not sure waits for a tick, and says why", async () => {
    const unsure = draft.line("/dev/shelf[0-9]* rw,");
    await unsure.scrollIntoViewIfNeeded();
    await expect(unsure).not.toBeChecked();
    await unsure.click();
    await draft.show("Text");
    await expect(draft.text).toContainText("/dev/shelf[0-9]* rw,");
    await expect(draft.text).toContainText("# StateDirectory= of larder.service");
    await draft.show("Not known");
    await expect(draft.dialog).toContainText("can start other programs");
    await checkAccessibility();
    expect(uploads, "nothing is sent before a design is there").toEqual([]);
  });

  await test.step("a second program gets a profile of its own", async () => {
    await draft.program("/usr/bin/larderctl").click();
    await draft.show("Text");
    await expect(draft.text).toContainText("profile larderctl /usr/bin/larderctl");
    await expect(draft.text).toContainText("/dev/shelf[0-9]* rw,");
  });

  await test.step("created, the target's parser accepts it", async () => {
    await draft.create();
    await workbench.editorReady();
    await expect(workbench.verdict("Debian 12")).toContainText("Accepted");
  });

  await test.step("where each line came from is told afterwards, and leads there", async () => {
    await new Shell(page).command("Where each line came from");
    const origins = page.getByRole("dialog", { name: "Where each line came from" });
    await expect(origins).toContainText("StateDirectory= of larder.service");
    await checkAccessibility();
    await origins.getByRole("button", { name: /^\/var\/lib\/larder/ }).click();
    await expect(origins).toBeHidden();
  });
});

test("a unit alone is not enough and says so; with its program it is, and joins the open design", async ({
  workbench,
  page,
}) => {
  const draft = new DraftDialog(page);
  await workbench.open();
  await workbench.newProfile("/usr/bin/leaflet", "leaflet");
  const unit = "[Service]\nExecStart=/opt/kettle/kettled\nUser=kettle\nStateDirectory=kettle\n";
  await draft.drop(
    { name: "kettle.service", bytes: bytes(unit) },
    { name: "broken.deb", bytes: bytes("!<arch>\nnothing of the kind") },
  );
  await expect(draft.dialog.getByRole("alert")).toContainText("`broken.deb`".replaceAll("`", ""));
  await page.keyboard.press("Escape");

  await draft.drop(
    { name: "kettle.service", bytes: bytes(unit) },
    { name: "kettled", bytes: makeElf({ imports: ["setuid"] }) },
  );
  await expect(draft.program("/opt/kettle/kettled")).toBeChecked();
  await expect(draft.line("/var/lib/kettle/{,**} rwk,")).toBeChecked();
  await expect(draft.line("capability setuid,")).toHaveCount(0);
  await draft.dialog.getByRole("button", { name: "Add to this design" }).click();
  await expect(page.getByRole("navigation", { name: "Design" })).toContainText("opt.kettle.kettled");
  await expect(workbench.undoButton).toHaveAccessibleName(/add a draft for kettled/);
});

test("a script of a unit gets a profile without the path of its interpreter, and a program is named where none is found", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const draft = new DraftDialog(page);
  await workbench.open();

  await test.step("the unit has to say the profile's name, and the dialog says so", async () => {
    const unit = "[Service]\nExecStart=/usr/bin/python3 /opt/web/main.py\nStateDirectory=web\n";
    await draft.drop(
      { name: "web.service", bytes: bytes(unit) },
      { name: "main.py", bytes: bytes("open('/etc/web.conf')\n") },
    );
    await expect(draft.program("/opt/web/main.py")).toBeChecked();
    await expect(draft.warning).toContainText("Write AppArmorProfile=web into [Service] of web.service");
    await expect(draft.line("/etc/web.conf r,")).toBeVisible();
    await draft.show("Text");
    await expect(draft.text).toContainText("profile web flags=(complain) {");
    await checkAccessibility();
    await page.keyboard.press("Escape");
    await expect(draft.dialog).toBeHidden();
  });

  await test.step("a bare name that is not given is told, and the person says where it lies", async () => {
    const unit = "[Service]\nExecStart=kettled --now\nStateDirectory=kettle\n";
    await draft.drop({ name: "kettle.service", bytes: bytes(unit) });
    await expect(draft.warning).toContainText("kettle.service starts kettled by its bare name");
    await checkAccessibility();
    await draft.programName.fill("kettled");
    await page.keyboard.press("Enter");
    await expect(draft.programName).toHaveAccessibleDescription(/it is no absolute path/);
    await draft.programName.fill("/usr/sbin/kettled");
    await page.keyboard.press("Enter");
    await expect(draft.line("/var/lib/kettle/{,**} rwk,")).toBeChecked();
    await draft.show("Text");
    await expect(draft.text).toContainText("profile kettled /usr/sbin/kettled");
  });
});
