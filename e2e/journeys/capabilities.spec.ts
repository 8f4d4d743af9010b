import { expect, test } from "../fixtures.ts";

test("capabilities tell what they give away together, and what asks for them", async ({
  workbench,
  checkAccessibility,
}) => {
  await workbench.open();
  await workbench.newProfile("/usr/bin/leaflet", "leaflet");
  const panel = await workbench.panel("Capabilities");
  const gives = panel.getByRole("region", { name: "What these give away" });
  await expect(gives).toBeHidden();

  await workbench.setCapability("sys_admin", "allow");
  await expect(gives).toContainText("perfmon");
  await gives.getByRole("button", { name: "Why: sys_admin" }).first().click();
  await expect(gives).toContainText("cut out of sys_admin later");

  await panel.getByRole("button", { name: "net_bind_service", exact: true }).click();
  await expect(panel).toContainText("The kernel asks for it:");
  await checkAccessibility();

  await workbench.setCapability("sys_admin", "none");
  await expect(gives).toBeHidden();
});

test("what a row's boxes can't say of a capability is told there, and changed by the rule's form", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await workbench.open();
  const text = "abi <abi/4.0>,\n\nprofile one /usr/bin/one {\n  priority=3 prompt capability net_raw,\n}\n";
  await workbench.openFiles([{ name: "one", bytes: Buffer.from(text) }]);
  const panel = await workbench.panel("Capabilities");
  await expect(panel).toContainText("The rule on line 4 has priority 3.");
  await expect(panel).toContainText("The rule on line 4 says prompt: asks the user's desktop.");

  await panel.getByRole("button", { name: "net_raw", exact: true }).click();
  const rules = panel.getByRole("region", { name: "Rules that name net_raw" });
  await rules.getByRole("button", { name: /^Edit priority=3/ }).click();
  const form = rules.getByRole("form", { name: "Edit capability rule" });
  await form.getByRole("spinbutton", { name: /priority/i }).fill("7");
  await checkAccessibility();
  await form.getByRole("button", { name: "Save the rule" }).click();
  await expect.poll(() => workbench.visibleText()).toContain("priority=7 prompt capability net_raw,");
  await expect(panel).toContainText("The rule on line 4 has priority 7.");

  // A row of one rule is that rule for the menu too.
  await panel
    .getByRole("row", { name: /^net_raw/ })
    .getByRole("rowheader")
    .click({ button: "right" });
  await page.getByRole("menu", { name: "Rule" }).getByRole("menuitem", { name: "Remove rule" }).click();
  await expect.poll(() => workbench.visibleText()).not.toContain("net_raw");
  await page.keyboard.press("Control+z");
  await expect.poll(() => workbench.visibleText()).toContain("priority=7 prompt capability net_raw,");
});

test("a rule on all capabilities is said with its qualifiers, narrowed by its form, and taken away", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await workbench.open();
  const text = "abi <abi/3.0>,\n\nprofile one /usr/bin/one {\n  audit capability,\n}\n";
  await workbench.openFiles([{ name: "one", bytes: Buffer.from(text) }]);
  const panel = await workbench.panel("Capabilities");
  const rules = panel.getByRole("region", { name: "Rules on all capabilities" });
  await expect(panel).toContainText("Every capability is allowed");
  await expect(rules.getByRole("list", { name: "Rules on all capabilities" })).toContainText("audit capability,");
  await rules.getByRole("button", { name: "Edit audit capability," }).click();
  const form = rules.getByRole("form", { name: "Edit rule on all capabilities" });
  await form.getByRole("button", { name: "deny", exact: true }).click();
  await checkAccessibility();
  await form.getByRole("button", { name: "Save the rule" }).click();
  await expect.poll(() => workbench.visibleText()).toContain("audit deny capability,");
  await expect(panel).toContainText("Every capability is denied");
  await rules.getByRole("button", { name: "Remove audit deny capability," }).click();
  await expect(rules).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(rules).toBeVisible();
});
