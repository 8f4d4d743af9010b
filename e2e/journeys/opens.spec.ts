import { expect, test } from "../fixtures.ts";

test("the designer opens, without an error or a violation of its policy", async ({ workbench, checkAccessibility }) => {
  await workbench.open();
  await expect(workbench.page).toHaveTitle(/Hauberk/);
  await checkAccessibility();
});
