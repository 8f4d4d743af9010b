import { expect, test } from "../fixtures.ts";

const profile = `abi <abi/4.0>,
include <tunables/global>

profile app /usr/bin/app {
  network (connect, send) inet stream,
  network inet dgram ip=10.0.0.1 port=53,
}
`;

test("a rule with operations or addresses is said, changed by its form and taken away", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "app", bytes: Buffer.from(profile) }]);
  const panel = await workbench.panel("Network");
  const rules = panel.getByRole("region", { name: "Fine rules" });
  await expect(rules).toContainText("Debian 12: rejected");
  await rules.getByRole("button", { name: /^Edit network inet dgram/ }).click();
  const form = rules.getByRole("form", { name: "Edit line 6" });
  await form.getByRole("button", { name: /^audit/ }).click();
  await checkAccessibility();
  await form.getByRole("button", { name: "Change the rule" }).click();
  await expect.poll(() => workbench.visibleText()).toContain("audit network inet dgram ip=10.0.0.1 port=53,");
  await expect(rules.getByRole("button", { name: /^Edit audit network inet dgram/ })).toBeFocused();
  await rules.getByRole("button", { name: /^Remove network \(connect, send\)/ }).click();
  await expect.poll(() => workbench.visibleText()).not.toContain("(connect, send)");
  await page.keyboard.press("Control+z");
  await expect.poll(() => workbench.visibleText()).toContain("network (connect, send) inet stream,");
});
