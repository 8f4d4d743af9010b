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
  const rules = panel.getByRole("region", { name: "Rules beyond the boxes" });
  await expect(rules).toContainText("Debian 12: rejected");
  await rules.getByRole("button", { name: /^Edit network inet dgram/ }).click();
  const form = rules.getByRole("form", { name: "Edit network rule" });
  await form.getByRole("button", { name: /^audit/ }).click();
  await checkAccessibility();
  await form.getByRole("button", { name: "Save the rule" }).click();
  await expect.poll(() => workbench.visibleText()).toContain("audit network inet dgram ip=10.0.0.1 port=53,");
  await expect(rules.getByRole("button", { name: /^Edit audit network inet dgram/ })).toBeFocused();
  await rules.getByRole("button", { name: /^Remove network \(connect, send\)/ }).click();
  await expect.poll(() => workbench.visibleText()).not.toContain("(connect, send)");
  await page.keyboard.press("Control+z");
  await expect.poll(() => workbench.visibleText()).toContain("network (connect, send) inet stream,");
});

test("what a box of sockets can't say of its rule is told there, and changed by the rule's form", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await workbench.open();
  const text =
    "abi <abi/3.0>,\n\nprofile one /usr/bin/one {\n  prompt network inet stream,\n  audit network inet6 dgram,\n  network tcp,\n}\n";
  await workbench.openFiles([{ name: "one", bytes: Buffer.from(text) }]);
  const panel = await workbench.panel("Network");
  const sockets = panel.getByRole("grid", { name: "Sockets of one" });
  // Told by the box itself, to those who see it by its name only as well.
  await expect(
    sockets.getByRole("button", { name: /^inet stream: allowed.*The rule on line 4 says prompt: asks/ }),
  ).toBeVisible();
  await expect(sockets.getByRole("button", { name: /^inet6 dgram: allowed, each use logged/ })).toBeVisible();

  await sockets.getByRole("button", { name: /^inet stream: / }).focus();
  const about = panel.getByRole("group", { name: "About inet stream" });
  await expect(about).toContainText("The rule on line 4 says prompt: asks the user's desktop.");
  const rules = about.getByRole("region", { name: "Rules of inet stream" });
  await rules.getByRole("button", { name: "Edit prompt network inet stream," }).click();
  const form = rules.getByRole("form", { name: "Edit network rule" });
  await form.getByRole("button", { name: "allow", exact: true }).click();
  await form.getByRole("button", { name: /^audit/ }).click();
  await checkAccessibility();
  await form.getByRole("button", { name: "Save the rule" }).click();
  await expect.poll(() => workbench.visibleText()).toContain("  audit network inet stream,");
  await expect(about).not.toContainText("says prompt");

  await test.step("a rule over several boxes has its form too, and a new one begins there", async () => {
    const beyond = panel.getByRole("region", { name: "Rules beyond the boxes" });
    await beyond.getByRole("button", { name: "Edit network tcp," }).click();
    const wide = beyond.getByRole("form", { name: "Edit network rule" });
    await wide.getByRole("button", { name: "deny", exact: true }).click();
    await wide.getByRole("button", { name: "Save the rule" }).click();
    await expect.poll(() => workbench.visibleText()).toContain("deny network tcp,");
    await beyond.getByRole("button", { name: "Add network rule" }).click();
    await page.getByRole("menuitem", { name: /^Some operations only/ }).click();
    await beyond.getByRole("form", { name: "New network rule" }).getByRole("button", { name: "Add the rule" }).click();
    await expect.poll(() => workbench.visibleText()).toContain("network (create, connect, send, receive) inet stream,");
  });
});

test("a box says what holds: not what the parser forgets, and no whole family for a part of it", async ({
  workbench,
}) => {
  await workbench.open();
  const text = `abi <abi/3.0>,

profile one /usr/bin/one {
  deny {
    network inet6 stream,
  }
  network (connect) inet,
  unix,
}
`;
  await workbench.openFiles([{ name: "one", bytes: Buffer.from(text) }]);
  const sockets = (await workbench.panel("Network")).getByRole("grid", { name: "Sockets of one" });
  await expect(
    sockets.getByRole("button", { name: /^inet6 stream: not ticked\. .* is forgotten by the parser/ }),
  ).toHaveAttribute("aria-pressed", "false");
  await expect(
    sockets.getByRole("button", { name: /^inet of every type: not ticked, allowed, at least in part, by/ }),
  ).toBeVisible();
  await expect(
    sockets.getByRole("button", { name: /^unix of every type: not ticked, allowed by unix,/ }),
  ).toBeVisible();
  // What is ticked then holds, and the forgotten rule stays as it is.
  await sockets.getByRole("button", { name: /^inet6 stream: / }).click();
  await expect.poll(() => workbench.visibleText()).toContain("\n  network inet6 stream,\n");
  await expect(sockets.getByRole("button", { name: /^inet6 stream: allowed/ })).toHaveAttribute("aria-pressed", "true");
});
