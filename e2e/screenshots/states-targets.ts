import { expect } from "../fixtures.ts";
import * as designs from "./designs.ts";
import type { Stage, State } from "./states.ts";

/** A release of each parser, one that is only approximated, and one that is no release. */
const many = ["debian-12", "debian-13", "debian-13-kernel-7.2", "debian-sid", "kernel-with-addresses", "ubuntu-22.04"];

/** The choice of targets, and the verdicts of many. */
export const states: readonly State[] = [
  {
    name: "targets",
    shows: "which targets there are, and how far the verdicts of each reach",
    width: 1280,
    async prepare(stage) {
      await openForMany(stage);
      await stage.page.getByRole("button", { name: "Targets…" }).click();
      await stage.page.getByRole("group", { name: "For trying" }).waitFor();
    },
  },
  {
    name: "verdicts-narrow",
    shows: "the verdicts of six targets in a narrow window",
    width: 800,
    prepare: openForMany,
  },
];

async function openForMany({ workbench, page }: Stage): Promise<void> {
  const config: unknown = JSON.parse(designs.rustnetConfig);
  await workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(JSON.stringify(Object.assign({}, config, { targets: many }))) },
  ]);
  const verdicts = page.getByRole("region", { name: "Verdicts" }).getByRole("status");
  await expect(verdicts).toHaveText(["Accepted", "Accepted", "Accepted", "Accepted", "Accepted", "Approximate"]);
}
