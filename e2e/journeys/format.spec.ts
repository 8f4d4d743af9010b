import { expect, test } from "../fixtures.ts";
import { Shell } from "../pages/shell.ts";

const untidy = "abi <abi/3.0>,\nprofile tidy /usr/bin/tidy {\n/etc/tidy   r, # why\n\n\n capability   kill,\n}";
const tidy = "abi <abi/3.0>,\n\nprofile tidy /usr/bin/tidy {\n  /etc/tidy r, # why\n\n  capability kill,\n}\n";

test("a file is formatted from the palette, as one step that can be undone", async ({ workbench, page }) => {
  const shell = new Shell(page);
  await workbench.open();
  await workbench.openFiles([{ name: "usr.bin.tidy", bytes: Buffer.from(untidy) }]);
  const text = async (): Promise<string> => (await workbench.visibleText()).trimEnd();

  await shell.command("format");
  await expect.poll(text).toBe(tidy.trimEnd());
  await expect(page.getByRole("status", { name: "Last step" })).toHaveText(/./);

  await test.step("what is formatted stays as it is, and says so", async () => {
    await shell.command("format");
    await expect(page.getByText("The file is in this style already.")).toBeVisible();
  });

  await test.step("undone, the old spacing is back", async () => {
    await shell.command("undo");
    await expect.poll(text).toBe(untidy);
  });
});
