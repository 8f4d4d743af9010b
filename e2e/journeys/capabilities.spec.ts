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
