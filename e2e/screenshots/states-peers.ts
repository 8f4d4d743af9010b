import { expect } from "../fixtures.ts";
import * as designs from "./designs.ts";
import type { Stage, State } from "./states.ts";

/** The panel of peers and companions. */
export const states: readonly State[] = [
  {
    name: "peers",
    shows: "peers as wishes, with who holds each",
    async prepare(stage) {
      await openPeers(stage, "Peers");
    },
  },
  {
    name: "peers-narrow",
    shows: "the same in a narrow window",
    width: 800,
    async prepare(stage) {
      await openPeers(stage, "Peers");
    },
  },
  {
    name: "peer-details",
    shows: "what each of them holds of a peer, in words",
    async prepare(stage) {
      const peers = await openPeers(stage, "Peers");
      await peers.getByText("Who holds what").first().click();
    },
  },
  {
    name: "peer-form",
    shows: "a peer that can't be meant as typed",
    async prepare(stage) {
      const peers = await openPeers(stage, "Peers");
      await peers.getByRole("button", { name: "Add a peer" }).click();
      const form = peers.getByRole("form", { name: "New peer" });
      await form.getByRole("combobox", { name: "Address, range or name" }).fill("10.0.0.5/24");
      await form.getByRole("button", { name: "Add" }).click();
    },
  },
  {
    name: "companion",
    shows: "the companion's files, one of them open",
    async prepare(stage) {
      const companion = await openPeers(stage, "Companion");
      await companion.getByText("/etc/hauberk/nftables/rustnet.nft").click();
    },
  },
  {
    name: "companion-service",
    shows: "which service runs under the profile",
    async prepare(stage) {
      const companion = await openPeers(stage, "Companion");
      await companion.getByRole("button", { name: "Change the service" }).click();
    },
  },
];

async function openPeers({ workbench }: Stage, region: "Peers" | "Companion") {
  await workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(designs.rustnetConfig) },
  ]);
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
  const panel = await workbench.panel("Network");
  const section = panel.getByRole("region", { name: region, exact: true });
  await section.evaluate((element) => element.scrollIntoView());
  return section;
}
