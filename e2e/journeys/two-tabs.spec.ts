import { watchFaults } from "../page-faults.ts";
import { expect, test } from "../fixtures.ts";
import { Workbench } from "../pages/workbench.ts";

const text = `abi <abi/3.0>,
include <tunables/global>

profile one /usr/bin/one {
  /etc/one r,
}

profile two /usr/bin/two {
  /etc/two r,
}
`;

test("a design open in two tabs: each sees the other's work, looks where it likes, and nothing is lost", async ({
  workbench,
  page,
  context,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "both", bytes: Buffer.from(text) }]);
  await expect.poll(() => page.url()).toContain("design=");
  const other = new Workbench(await context.newPage());
  const faults = await watchFaults(other.page);
  await other.page.goto(page.url());
  await other.editorReady();

  await test.step("both say so", async () => {
    await expect(page.getByText("Open in 2 tabs")).toBeVisible();
    await expect(other.page.getByText("Open in 2 tabs")).toBeVisible();
  });

  await test.step("what one does shows in the other, without a word too many", async () => {
    await workbench.addPath("/etc/from-first", "r");
    await expect.poll(() => other.visibleText()).toContain("/etc/from-first r,");
    await other.addPath("/etc/from-second", "r");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/from-second r,");
    await expect(page.getByRole("log", { name: "Notices" })).toBeEmpty();
    // The history is shared: the last step is the other tab's.
    await expect(workbench.undoButton).toHaveAccessibleName(/from-second/);
  });

  await test.step("each keeps its own view", async () => {
    await other.page.getByRole("button", { name: "hauberk.json" }).first().click();
    await expect.poll(() => other.visibleText()).toContain('"format"');
    await workbench.addPath("/etc/third", "r");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/third r,");
    await expect.poll(() => other.visibleText()).toContain('"format"');
    await other.page.getByRole("button", { name: "both" }).first().click();
    await expect.poll(() => other.visibleText()).toContain("/etc/third r,");
  });

  await test.step("both write at once, in different places: both are there", async () => {
    await workbench.cursorToEndOfLine(2);
    await other.cursorToEndOfLine(1);
    await Promise.all([workbench.writeText(" # of the first"), other.writeText(" # of the second")]);
    for (const tab of [workbench, other]) {
      await expect.poll(() => tab.visibleText()).toContain("include <tunables/global> # of the first");
      await expect.poll(() => tab.visibleText()).toContain("abi <abi/3.0>, # of the second");
    }
    await expect.poll(() => other.page.url()).toBe(page.url());
  });

  await test.step("a tab that is closed is not counted any more, and a reload keeps everything", async () => {
    expect(await faults.found()).toEqual([]);
    await other.page.close();
    await expect(page.getByText("Open in 2 tabs")).toBeHidden();
    await page.reload();
    await workbench.editorReady();
    await expect.poll(() => workbench.visibleText()).toContain("abi <abi/3.0>, # of the second");
    await expect.poll(() => workbench.visibleText()).toContain("/etc/from-second r,");
  });
});
