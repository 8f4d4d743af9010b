import { expect } from "../fixtures.ts";
import { IncludesPage } from "../pages/includes.ts";
import * as designs from "./designs.ts";
import type { Stage, State } from "./states.ts";

async function open(stage: Stage): Promise<IncludesPage> {
  await stage.workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(designs.rustnetConfig) },
  ]);
  await expect(stage.workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
  return new IncludesPage(stage.workbench);
}

/** The editor measures how long keys take, and stumbles over the clock that stands still for the pictures. */
function letKeysBeMeasured({ faults }: Stage): void {
  faults.expect(/reading 'duration'/);
}

/** Includes, variables, the reader of policy files, search and completion. */
export const includeStates: readonly State[] = [
  {
    name: "includes",
    shows: "abstractions with what they bring and open, a kind of it listed",
    async prepare(stage) {
      const includes = await open(stage);
      const panel = await includes.abstractions();
      await panel.getByRole("button", { name: /^List \d+ network by includes/ }).click();
    },
  },
  {
    name: "includes-library",
    shows: "the abstractions that open the network, found by that",
    async prepare(stage) {
      const includes = await open(stage);
      const panel = await includes.abstractions();
      const search = panel.getByRole("searchbox", { name: "Find an abstraction" });
      await search.fill("opens");
      await search.scrollIntoViewIfNeeded();
      await panel.getByRole("list", { name: "Abstractions" }).getByRole("listitem").nth(3).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "includes-variables",
    shows: "variables of the design and of the target, with values and uses",
    async prepare(stage) {
      const includes = await open(stage);
      await includes.variables();
    },
  },
  {
    name: "includes-view",
    shows: "an abstraction of the target to read, its rules in words",
    async prepare(stage) {
      const includes = await open(stage);
      await includes.abstractions();
      await includes.included("abstractions/nameservice").getByRole("button", { name: "Read" }).click();
      await includes.reader("abstractions/nameservice").getByText("read only").waitFor();
    },
  },
  {
    name: "includes-800",
    shows: "includes in half a screen",
    width: 800,
    async prepare(stage) {
      const includes = await open(stage);
      await includes.abstractions();
    },
  },
  {
    name: "abstraction-file",
    shows: "a file of loose rules, each in words",
    async prepare(stage) {
      const { workbench } = stage;
      letKeysBeMeasured(stage);
      await workbench.openFiles([
        { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
        { name: "hauberk.json", bytes: Buffer.from(designs.rustnetConfig) },
      ]);
      const includes = new IncludesPage(workbench);
      const panel = await includes.abstractions();
      await panel.getByRole("button", { name: "New abstraction" }).click();
      await panel.getByRole("textbox", { name: "Name below abstractions/" }).fill("rustnet-geoip");
      await panel.getByRole("button", { name: "Create" }).click();
      await workbench.page.getByRole("textbox", { name: "Policy editor" }).focus();
      await workbench.page.keyboard.press("Control+End");
      await workbench.writeText(
        "/usr/share/GeoIP/** r,\nowner @{HOME}/.local/share/rustnet/geoip/** rw,\nnetwork inet stream,\n",
      );
      await (await workbench.panel("Paths")).getByRole("list", { name: "Rules" }).waitFor();
    },
  },
  {
    name: "search",
    shows: "which rules speak of a path, in the design and on the target",
    async prepare(stage) {
      const includes = await open(stage);
      const dialog = await includes.search("/home/ada/.ssh/id_ed25519", "Path");
      await dialog.getByRole("list", { name: "Places found" }).waitFor();
    },
  },
  {
    name: "completion",
    shows: "what could stand at the cursor, and what it means",
    async prepare(stage) {
      await open(stage);
      const { workbench } = stage;
      letKeysBeMeasured(stage);
      await workbench.cursorToEndOfLine(16);
      await workbench.page.keyboard.press("Enter");
      await workbench.page.keyboard.type("include <");
      await workbench.page.getByRole("option", { name: /^abstractions\/X/ }).waitFor();
      await workbench.page.keyboard.press("Control+Space");
    },
  },
];
