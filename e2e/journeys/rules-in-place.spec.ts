import { expect, test } from "../fixtures.ts";
import { Paths } from "../pages/paths.ts";

test("what a block gives to a rule is not un-pressed at the rule, but outside of the block", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const blocks = `abi <abi/3.0>,

profile blocks {
  deny {
    /srv/den1 r,
    /srv/den2 r,
  }
  audit {
    /srv/aud1 r,
    /srv/aud2 r,
  }
}
`;
  await page.setViewportSize({ width: 1440, height: 1100 });
  await workbench.open();
  await workbench.openFiles([{ name: "blocks", bytes: Buffer.from(blocks) }]);
  await workbench.panel("Paths");
  const paths = new Paths(page);
  const cell = (switched: string, path: string) =>
    paths.table.getByRole("button", { name: `${switched} ${path}`, exact: true });

  await test.step("the row and its form say deny, and who takes it away hears why not", async () => {
    const deny = cell("deny for", "/srv/den2");
    await expect(deny).toHaveAttribute("aria-pressed", "true");
    await paths.table.getByRole("button", { name: /^\/srv\/den2/ }).click();
    const rule = paths.panel.getByRole("group", { name: "Rule for /srv/den2" });
    await rule.getByText("Priority, prompt and other qualifiers").click();
    await expect(rule.getByRole("button", { name: "deny", exact: true })).toHaveAttribute("aria-pressed", "true");
    await expect(rule).toContainText("The block around it gives deny");
    await deny.click();
    await expect(paths.panel).toContainText("gives deny to every rule in it: this one alone can't be without");
    await expect.poll(() => workbench.visibleText()).toContain("    /srv/den2 r,");
    await checkAccessibility();
  });

  await test.step("the offer takes it out of the block and does what was wished, as one step", async () => {
    await paths.panel.getByRole("button", { name: "Take the rule out of the block and change it" }).click();
    await expect.poll(() => workbench.visibleText()).toMatch(/\n {2}\/srv\/den2 r,\s+deny \{\s+\/srv\/den1 r,\s+\}/u);
    await expect(cell("deny for", "/srv/den2")).toHaveAttribute("aria-pressed", "false");
    await page.keyboard.press("Control+z");
    await expect.poll(() => workbench.visibleText()).toMatch(/deny \{\s+\/srv\/den1 r,\s+\/srv\/den2 r,\s+\}/u);
  });

  await test.step("many at once", async () => {
    await paths.table.getByRole("button", { name: /^\/srv\/aud1/ }).click();
    await paths.table.getByRole("button", { name: /^\/srv\/aud2/ }).click({ modifiers: ["Control"] });
    await expect(paths.ofAll(/^audit/)).toHaveAttribute("aria-pressed", "true");
    await paths.ofAll(/^audit/).click();
    await expect(paths.many).toContainText("gives audit to every rule in it");
    expect(await workbench.visibleText()).not.toContain("audit /srv");
    await paths.many.getByRole("button", { name: "Take 2 rules out of the block and change them" }).click();
    await expect.poll(() => workbench.visibleText()).not.toContain("audit");
    expect(await workbench.visibleText()).toContain("/srv/aud2 r,");
  });
});

test("a rule about files that the user doesn't own is told from others, and owner does not turn it round", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const text = "abi <abi/3.0>,\n\nprofile other {\n  other /srv/other rw,\n  /srv/plain rw,\n}\n";
  await page.setViewportSize({ width: 1440, height: 1100 });
  await workbench.open();
  await workbench.openFiles([{ name: "other", bytes: Buffer.from(text) }]);
  await workbench.panel("Paths");
  const paths = new Paths(page);
  const row = paths.table.getByRole("row", { name: /\/srv\/other/ });
  await expect(
    row.getByRole("button", { name: /^\/srv\/other, says other: only files that the user doesn't own/ }),
  ).toBeVisible();
  const owner = row.getByRole("button", { name: /^other: only files that the user does not own, for/ });
  await expect(owner).toHaveText("other");
  await checkAccessibility();
  await owner.click();
  await expect(paths.panel).toContainText("owner would be about the opposite ones");
  expect(await workbench.visibleText()).toContain("other /srv/other rw,");
});
