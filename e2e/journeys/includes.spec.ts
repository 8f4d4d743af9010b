import { expect, test } from "../fixtures.ts";
import { IncludesPage } from "../pages/includes.ts";

const profile = `abi <abi/3.0>,

include <tunables/global>

profile agent /usr/bin/agent {
  include <abstractions/base>

  /usr/bin/agent mr,
  @{HOME}/.agent/** rw,

  include if exists <local/usr.bin.agent>
}
`;

test("abstractions are ticked for what they bring, and read before", async ({ workbench, checkAccessibility }) => {
  const includes = new IncludesPage(workbench);
  await workbench.open();
  await workbench.pasteProfile(profile, "usr.bin.agent");
  const panel = await includes.abstractions();
  await expect(panel.getByText("As on debian-12")).toBeVisible();
  await expect(includes.included("abstractions/base")).toContainText(/\d+ rules: \d+ paths/);
  await expect(includes.included("local/usr.bin.agent")).toContainText("The machine’s own additions");
  await checkAccessibility();

  await test.step("found by what it opens, and told from its text", async () => {
    await includes.tick("abstractions/nameservice", "opens tcp");
    await expect(includes.included("abstractions/nameservice")).toContainText("Opens all TCP and UDP to any address");
    await expect.poll(() => workbench.visibleText()).toContain("include <abstractions/nameservice>");
    await expect(panel.getByText(/This profile has 2 rules of its own and/)).toBeVisible();
  });

  await test.step("what comes by includes is listed by kind, in words", async () => {
    await panel.getByRole("button", { name: /^List \d+ network by includes/ }).click();
    const rules = panel.getByRole("list", { name: /^Rules by includes: \d+ network/ });
    await expect(rules.getByRole("listitem").first()).toContainText("network inet stream,");
    await checkAccessibility();
  });

  await test.step("its text is read with its rules in words", async () => {
    await includes.included("abstractions/nameservice").getByRole("button", { name: "Read" }).click();
    const reader = includes.reader("abstractions/nameservice");
    await expect(reader.getByRole("list", { name: "Text of abstractions/nameservice" })).toContainText(
      "@{etc_ro}/group",
    );
    await expect(reader.getByText("read only, as on debian-12")).toBeVisible();
    await checkAccessibility();
    await reader.getByRole("checkbox", { name: "Included in agent" }).click();
    await reader.getByRole("button", { name: "Close" }).last().click();
    await expect.poll(() => workbench.visibleText()).not.toContain("abstractions/nameservice");
  });

  await test.step("an undo brings it back, in one step", async () => {
    await workbench.undoButton.click();
    await expect(includes.included("abstractions/nameservice")).toBeVisible();
  });

  await test.step("one of the design's own is made, and ticked", async () => {
    await panel.getByRole("button", { name: "New abstraction" }).click();
    const form = panel.getByRole("form", { name: "New abstraction" });
    await form.getByRole("textbox", { name: "Name below abstractions/" }).fill("base");
    await form.getByRole("button", { name: "Create" }).click();
    await expect(form.getByText("is there already")).toBeVisible();
    await form.getByRole("textbox", { name: "Name below abstractions/" }).fill("agent-common");
    await form.getByRole("button", { name: "Create" }).click();
    const files = workbench.page.getByRole("list", { name: "Files of the design" });
    await expect(files).toContainText("abstractions/agent-common");
    await files
      .getByRole("button", { name: /usr\.bin\.agent/ })
      .first()
      .click();
    await includes.tick("abstractions/agent-common", "agent-common");
    await expect(includes.included("abstractions/agent-common")).toContainText("this design");
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
  });
});

test("variables are set, added to, renamed and followed to their uses", async ({ workbench, checkAccessibility }) => {
  const includes = new IncludesPage(workbench);
  await workbench.open();
  await workbench.pasteProfile(profile, "usr.bin.agent");
  const panel = await includes.variables();
  const brought = panel.getByRole("region", { name: "Variables of the target" });
  const home = brought.getByRole("row").filter({ has: workbench.page.getByRole("rowheader", { name: "@{HOME}" }) });
  await expect(home).toContainText("/root/");
  await checkAccessibility();

  await test.step("a use is one click away", async () => {
    await home.getByRole("button", { name: /\d+ uses?/ }).click();
    await workbench.page.getByRole("button", { name: "usr.bin.agent, line 9" }).click();
  });

  await test.step("values are added to one that the target sets", async () => {
    await panel.getByRole("button", { name: "Add a variable" }).click();
    const form = panel.getByRole("form", { name: "New variable" });
    await form.getByRole("combobox", { name: "How" }).click();
    await workbench.page.getByRole("option", { name: /add to/ }).click();
    await form.getByRole("combobox", { name: "Name" }).fill("HOMEDIRS");
    await form.getByRole("textbox", { name: "Values, with blanks between" }).fill("/srv/homes/");
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await expect.poll(() => workbench.visibleText()).toContain("@{HOMEDIRS} += /srv/homes/");
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
  });

  await test.step("one of the design's own is renamed wherever it is used", async () => {
    await panel.getByRole("button", { name: "Add a variable" }).click();
    const form = panel.getByRole("form", { name: "New variable" });
    await form.getByRole("textbox", { name: "Name" }).fill("AGENT_DIR");
    await form.getByRole("textbox", { name: "Values, with blanks between" }).fill("/var/lib/agent/");
    await form.getByRole("combobox", { name: "Declared in" }).click();
    await workbench.page.getByRole("option", { name: /this file/ }).click();
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await workbench.addPath("@{AGENT_DIR}/**", "rw");
    await includes.variables();
    const name = panel.getByRole("textbox", { name: "Name of AGENT_DIR" });
    await name.fill("AGENT_STATE");
    await name.press("Enter");
    await expect.poll(() => workbench.visibleText()).toContain("@{AGENT_STATE}/** rw,");
    await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
  });
});

test("what the target brings is kept for the time when the service is away", async ({ workbench, service, faults }) => {
  const includes = new IncludesPage(workbench);
  await workbench.open();
  await workbench.pasteProfile(profile, "usr.bin.agent");
  await includes.abstractions();
  await expect(includes.abstraction("abstractions/nameservice")).toBeVisible();
  await workbench.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await service.stop();
  faults.expect(/Failed to load resource|net::ERR_/);
  await workbench.page.reload();
  await includes.abstractions();
  await expect(includes.abstraction("abstractions/nameservice")).toContainText("Opens all TCP and UDP");
});
