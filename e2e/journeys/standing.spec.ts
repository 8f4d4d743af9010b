import { expect, test } from "../fixtures.ts";
import { Standing } from "../pages/standing.ts";

const targets = ["debian-12", "debian-13", "debian-sid"];
const stub = "network inet stream peer=(ip=127.0.0.53 port=53),";
const profile = `abi <abi/3.0>,
include <tunables/global>

profile app /usr/bin/app {
  ${stub}
  /etc/hosts r,
}
`;

function files(text: string, ids: readonly string[] = targets) {
  const config = JSON.stringify({ format: 1, name: "app", targets: ids }, null, 2);
  return [
    { name: "app", bytes: Buffer.from(text) },
    { name: "hauberk.json", bytes: Buffer.from(config) },
  ];
}

test("a rule that no release enforces is marked beside the text, in its row and in the table", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  const standing = new Standing(workbench);
  await workbench.open();
  await workbench.openFiles(files(profile));

  await test.step("beside the text: the worst of the targets, and the sentence on hover", async () => {
    await expect(standing.marks("rejected")).toHaveCount(1);
    await expect(standing.marks("enforced")).not.toHaveCount(0);
    await standing.marks("rejected").hover();
    const hover = page.locator(".monaco-hover:visible");
    await expect(hover).toContainText("Debian 12: rejected. The parser refuses it");
    await expect(hover).toContainText("it is compiled as network inet stream,");
  });

  await test.step("by keys: what the rule at the cursor comes to", async () => {
    await workbench.cursorToEndOfLine(5);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Alt+s");
    await expect(standing.ofRule.getByRole("listitem")).toHaveCount(2);
    await expect(standing.ofRule).toContainText("Debian 12: rejected.");
    await expect(standing.ofRule).toContainText("Debian 13, Debian sid: widened.");
    await expect(standing.ofRule).toContainText("with any address and port");
    await checkAccessibility();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("textbox", { name: "Policy editor" })).toBeFocused();
  });

  await test.step("in its row of the panel", async () => {
    const rules = (await workbench.panel("Network")).getByRole("region", { name: "Rules beyond the boxes" });
    await expect(rules.getByRole("list", { name: "What it comes to" })).toContainText(
      "Debian 13, Debian sid: widened.",
    );
    const paths = await workbench.panel("Paths");
    await expect(paths.getByRole("rowheader", { name: "/etc/hosts" })).toHaveText("/etc/hosts");
  });

  await test.step("in the table: a mark and a word per target, by keys, and only what differs", async () => {
    await page.keyboard.press("Alt+0");
    await expect(standing.cells(stub)).toHaveText(["Rejected", "Widened", "Widened"]);
    await expect(standing.cells("/etc/hosts r,")).toHaveText(["Enforced", "Enforced", "Enforced"]);
    await standing.table.getByRole("button", { name: stub }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("button", { name: /^Debian 13: widened/ })).toBeFocused();
    const detail = standing.panel.getByRole("region", { name: "The chosen rule" });
    await expect(detail).toContainText("Debian 13, Debian sid: widened.");
    await checkAccessibility();
    await page.keyboard.press("Enter");
    await expect(page.locator(".monaco-editor .line-selected")).toHaveCount(1);
    await standing.panel.getByRole("button", { name: /^Only what differs/ }).click();
    await expect(standing.cells("/etc/hosts r,")).toHaveCount(0);
    await expect(standing.cells(stub)).toHaveCount(3);
  });

  await test.step("a change of the text asks again: the coarse rule is enforced", async () => {
    await workbench.cursorToEndOfLine(5);
    await page.keyboard.press("Shift+Home");
    await workbench.writeText("network inet stream,");
    await expect(standing.marks("rejected")).toHaveCount(0);
    await expect(standing.panel.getByRole("status").first()).toHaveText(/rules, enforced on every target$/);
    await expect(standing.panel).toContainText("Nothing differs");
  });
});

test("what ships to a release is chosen by a click, and undone", async ({ workbench, page, checkAccessibility }) => {
  const standing = new Standing(workbench);
  const rule = "network inet dgram peer=(ip=127.0.0.53 port=53),";
  await workbench.open();
  await workbench.openFiles(files(profile.replace(stub, rule)));
  await page.keyboard.press("Alt+l");
  await expect(standing.shipment).toContainText("One place is lost; nothing is chosen yet.");
  await expect(standing.shipment).toContainText("The parser of Debian 12 (3.0.8) accepts what ships.");
  const loss = standing.loss(rule);
  await expect(loss).toContainText(
    "No Debian kernel up to 7.2 can allow DNS over UDP and refuse other UDP by AppArmor alone.",
  );
  await expect(loss).toContainText("data carried out in packets");
  await checkAccessibility();

  const way = loss.getByRole("button", { name: /^No internet socket: lookups by systemd-resolved/ });
  await way.click();
  await expect(way).toHaveAttribute("aria-pressed", "true");
  await expect(standing.shipment).toContainText("One place is lost, and what ships instead is chosen.");
  await expect(standing.shipment.locator(".modified .view-lines").last()).toContainText("io.systemd.Resolve");
  await expect(standing.shipment).toContainText("The parser of Debian 12 (3.0.8) accepts what ships.");

  await test.step("rules of one's own ship in its place", async () => {
    await loss.getByText("Rules of your own instead").click();
    await loss.getByRole("textbox", { name: /^Rules that ship instead of/ }).fill("network inet stream,");
    await loss.getByRole("button", { name: "Ship these rules" }).click();
    await expect(standing.shipment.locator(".modified .view-lines").last()).toContainText("network inet stream,");
    await expect(standing.shipment).toContainText("The parser of Debian 12 (3.0.8) accepts what ships.");
    await way.click();
  });

  await test.step("another release is another choice", async () => {
    await standing.shipment.getByRole("combobox", { name: "Target" }).click();
    await page.getByRole("option", { name: /^Debian 13/ }).click();
    await expect(standing.loss(rule)).toContainText("not chosen yet");
    await expect(standing.shipment).toContainText("The parser of Debian 13 (4.1.0) accepts what ships.");
  });

  await test.step("a choice for every target that loses the rule", async () => {
    await loss.getByRole("button", { name: /^No internet socket: lookups by systemd-resolved/ }).click();
    await loss.getByRole("button", { name: /^Choose it for every target/ }).click();
    await standing.shipment.getByRole("combobox", { name: "Target" }).click();
    await page.getByRole("option", { name: /^Debian sid/ }).click();
    await expect(standing.shipment).toContainText("One place is lost, and what ships instead is chosen.");
  });

  await standing.shipment.getByRole("button", { name: "Close" }).last().click();
  await expect(workbench.undoButton).toHaveAccessibleName(/choose for every target: text for/);
  for (let step = 0; step < 5; step += 1) await workbench.undoButton.click();
  await page.keyboard.press("Alt+l");
  await expect(standing.shipment).toContainText("One place is lost; nothing is chosen yet.");
});

test("each way out of a lost lookup by UDP is applied by a click on every release, and taken back", async ({
  workbench,
  page,
}) => {
  const standing = new Standing(workbench);
  const rule = "network (connect, send, receive) inet dgram peer=(ip=127.0.0.53 port=53),";
  const ships = standing.shipment.locator(".modified .view-lines").last();
  // The editor's blanks are no-break ones; the rule that ships stands right before the next one.
  const coarse = /[^`]network\s[^#`]*inet\sdgram,\s+\/etc\/hosts/;
  // The name of each way, and what ships by it.
  const ways = [
    [/^Allow network/, coarse],
    [/^Allow it, and let systemd keep the peer/, coarse],
    [/^Allow it, and let nftables keep the peer/, coarse],
    [/^No internet socket: lookups by systemd-resolved/, /io\.systemd\.Resolve\srw,\s+\/etc\/hosts/],
    [/^Allow nothing of it/, /Left\sout\sfor/],
  ] as const;
  await workbench.open();
  await workbench.openFiles(
    files(profile.replace("profile app /usr/bin/app", "profile rustnet /usr/bin/rustnet").replace(stub, rule)),
  );
  await page.keyboard.press("Alt+l");
  for (const [label, parser] of [
    ["Debian 12", "3.0.8"],
    ["Debian 13", "4.1.0"],
    ["Debian sid", "5.0.2"],
  ] as const) {
    await test.step(label, async () => {
      await standing.shipment.getByRole("combobox", { name: "Target" }).click();
      await page.getByRole("option", { name: new RegExp(`^${label} \\(`) }).click();
      const loss = standing.loss(rule);
      await expect(loss).toContainText(
        "No Debian kernel up to 7.2 can allow DNS over UDP and refuse other UDP by AppArmor alone.",
      );
      await expect(loss.getByRole("group").getByRole("button")).toHaveCount(ways.length);
      for (const [name, text] of ways) {
        const way = loss.getByRole("button", { name });
        await way.click();
        await expect(way).toHaveAttribute("aria-pressed", "true");
        await expect(standing.shipment).toContainText("One place is lost, and what ships instead is chosen.");
        await expect(ships).toContainText(text);
        await expect(standing.shipment).toContainText(`The parser of ${label} (${parser}) accepts what ships.`);
        await loss.getByRole("button", { name: /^Take the choice back/ }).click();
        await expect(standing.shipment).toContainText("One place is lost; nothing is chosen yet.");
      }
    });
  }

  await test.step("a companion's wish comes with the choice, and goes with its undo", async () => {
    await standing.shipment.getByRole("button", { name: "Close" }).last().click();
    const peers = (await workbench.panel("Network")).getByRole("region", { name: "Peers" });
    await expect(peers.getByRole("rowheader")).toHaveText(/connects to 127\.0\.0\.53\s*UDP 53/);
    while ((await peers.getByRole("rowheader").count()) > 0) await workbench.undoButton.click();
    await expect(workbench.undoButton).not.toHaveAccessibleName(/nftables/);
  });
});

test("five releases at 800 pixels, and a service that is gone", async ({
  workbench,
  page,
  service,
  faults,
  checkAccessibility,
}) => {
  faults.expect(/Failed to load resource|net::ERR_/);
  const standing = new Standing(workbench);
  await page.setViewportSize({ width: 800, height: 800 });
  await workbench.open();
  await workbench.openFiles(files(profile, [...targets, "kernel-with-addresses", "ubuntu-24.04"]));
  await page.keyboard.press("Alt+0");
  // That kernel could tell addresses apart, but this abi does not ask it to.
  await expect(standing.cells(stub)).toHaveText(["Rejected", "Widened", "Widened", "Widened", "Undecided"]);
  await checkAccessibility();
  await service.stop();
  await workbench.setCapability("chown", "allow");
  await page.keyboard.press("Alt+0");
  await expect(standing.panel.getByRole("status").filter({ hasText: "Not known for" })).toContainText(
    "service does not answer",
  );
  await expect(standing.cells("capability chown,").first()).toHaveText("Not known");
  await expect(standing.cells(stub).first()).toHaveText("Rejected");
  await service.start();
  await expect(standing.cells("capability chown,").first()).toHaveText("Enforced");
});
