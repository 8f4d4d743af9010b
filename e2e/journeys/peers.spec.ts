import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";

const profile = `abi <abi/3.0>,
include <tunables/global>

profile agent /usr/bin/agent {
  include <abstractions/base>

  network inet stream,
}
`;

test("a peer is wished for, held by a companion, looked at, downloaded, and taken back", async ({
  workbench,
  page,
  checkAccessibility,
}) => {
  await workbench.open();
  await workbench.openFiles([{ name: "agent", bytes: Buffer.from(profile) }]);
  const panel = await workbench.panel("Network");
  const peers = panel.getByRole("region", { name: "Peers" });
  const companion = panel.getByRole("region", { name: "Companion" });

  await test.step("a wish that can't be meant is refused with what to write", async () => {
    await peers.getByRole("button", { name: "Add a peer" }).click();
    const form = peers.getByRole("form", { name: "New peer" });
    await form.getByRole("combobox", { name: "Address, range or name" }).fill("10.0.0.5/24");
    await form.getByRole("textbox", { name: "Their port" }).fill("443,8443");
    await form.getByRole("textbox", { name: "Interface" }).fill("eth0");
    await page.keyboard.press("Enter");
    await expect(form).toContainText("write 10.0.0.0/24 for the range");
    await checkAccessibility();
    await form.getByRole("combobox", { name: "Address, range or name" }).fill("10.0.0.0/24");
    await form.getByRole("button", { name: "Add" }).click();
    await expect(peers.getByRole("rowheader")).toContainText("connects to 10.0.0.0/24");
    await expect(peers).toContainText("Nobody holds the address, the peer's port and the interface");
  });

  await test.step("with its service named, nftables holds it whole", async () => {
    await companion.getByRole("button", { name: "Say which service" }).click();
    await companion.getByRole("textbox", { name: "Unit" }).fill("agent");
    await page.keyboard.press("Enter");
    await expect(companion).toContainText("the full name of a service unit");
    await companion.getByRole("textbox", { name: "Unit" }).fill("agent.service");
    await page.keyboard.press("Enter");
    await expect(peers).toContainText("Held whole, once the companion is in place.");
    await expect(
      peers
        .getByRole("row", { name: /10\.0\.0\.0\/24/ })
        .getByRole("cell")
        .first(),
    ).toHaveText("kind only");
    await peers.getByText("Who holds what").click();
    await expect(peers).toContainText("Its parser refuses a rule with an address or a port.");
    await checkAccessibility();
  });

  await test.step("its files can be read, copied and downloaded", async () => {
    await companion.getByText("/etc/hauberk/nftables/agent.nft").click();
    const text = companion.getByRole("textbox", { name: "Text of agent.nft" });
    await expect(text).toHaveValue(/oifname "eth0" ip daddr 10\.0\.0\.0\/24 tcp dport \{ 443, 8443 \}/);
    const arrives = page.waitForEvent("download");
    await companion.getByRole("button", { name: "Download agent.nft" }).click();
    const file = await arrives;
    expect(readFileSync(await file.path(), "utf8")).toBe(await text.inputValue());
    await companion.getByRole("button", { name: "Copy agent.nft" }).click();
    await expect(page.getByText("Copied agent.nft.")).toBeVisible();
    await checkAccessibility();
  });

  await test.step("undo names what it takes back, and takes it back", async () => {
    await expect(workbench.undoButton).toHaveAccessibleName(/say which service runs under agent/i);
    await workbench.undoButton.click();
    await expect(workbench.undoButton).toHaveAccessibleName(/add peer 10\.0\.0\.0\/24 tcp 443,8443/i);
    await workbench.undoButton.click();
    await expect(workbench.undoButton).toHaveAccessibleName(/^Nothing to undo/);
    await expect.poll(() => workbench.visibleText()).not.toContain("10.0.0.0/24");
  });
});

test("a kernel that mediates addresses is shown to hold what no release's does", async ({ workbench }) => {
  const config = {
    format: 1,
    name: "agent",
    targets: ["debian-12", "debian-sid", "kernel-with-addresses"],
    peers: [
      { id: "a", profile: "agent", direction: "connect", protocol: "udp", address: "127.0.0.53", port: 53 },
      { id: "b", profile: "agent", direction: "both", protocol: "tcp", address: "10.0.0.0/8", port: null },
    ],
  };
  await workbench.page.setViewportSize({ width: 1280, height: 800 });
  await workbench.open();
  await workbench.openFiles([
    { name: "agent", bytes: Buffer.from(profile) },
    { name: "hauberk.json", bytes: Buffer.from(JSON.stringify(config)) },
  ]);
  const peers = (await workbench.panel("Network")).getByRole("region", { name: "Peers" });
  const cells = (peer: RegExp) => peers.getByRole("row", { name: peer }).getByRole("cell");
  await expect(cells(/127\.0\.0\.53/)).toContainText(["kind only", "part", "whole"]);
  await expect(cells(/10\.0\.0\.0\/8/)).toContainText(["kind only", "kind only", "kind only"]);
  await peers.getByText("Who holds what").first().click();
  await expect(peers).toContainText("Addresses and ports count only under an abi that names af_inet");
});
