import type { Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import type { PageFaults } from "../page-faults.ts";
import type { Workbench } from "../pages/workbench.ts";
import type { Service } from "../service.ts";
import * as designs from "./designs.ts";
import { includeStates } from "./states-includes.ts";
import { states as draftStates } from "./states-draft.ts";
import { states as galleryStates } from "./states-gallery.ts";
import { states as helpStates } from "./states-help.ts";
import { states as pathStates } from "./states-paths.ts";
import { states as peerStates } from "./states-peers.ts";
import { states as reviewStates } from "./states-review.ts";
import { states as ruleStates } from "./states-rules.ts";
import { states as shellStates } from "./states-shell.ts";
import { states as standingStates } from "./states-standing.ts";
import { states as targetStates } from "./states-targets.ts";
import { states as wordStates } from "./states-words.ts";
import { states as programStates } from "./states-programs.ts";

/** What a state may use to come about. */
export interface Stage {
  readonly page: Page;
  readonly workbench: Workbench;
  readonly service: Service;
  readonly faults: PageFaults;
}

/** A state of the designer that is drawn and checked, in light and dark. */
export interface State {
  /** Names its pictures: `NAME-light.png`, `NAME-dark.png`. */
  readonly name: string;
  /** What is to be seen, in a line. */
  readonly shows: string;
  /** The window's width in pixels where it is not the usual 1440. */
  readonly width?: number;
  readonly height?: number;
  /** Brings the state about in an open designer. */
  readonly prepare: (stage: Stage) => Promise<void>;
}

/** Every state with a picture. The list is the whole of it: a new state is an entry here. */
export const states: readonly State[] = [
  { name: "start", shows: "the ways to begin", prepare: () => Promise.resolve() },
  {
    name: "new-profile",
    shows: "the dialog for a new profile, filled in",
    async prepare({ page }) {
      await page.getByRole("button", { name: "New profile" }).click();
      await page.getByRole("dialog").getByRole("textbox", { name: "Program" }).fill("/usr/bin/rustnet");
    },
  },
  {
    name: "import-paste",
    shows: "a profile's text pasted, before it is taken in",
    async prepare({ page }) {
      await page.getByRole("button", { name: "Paste a profile" }).click();
      await page.getByRole("dialog").getByRole("textbox", { name: "Profile text" }).fill(designs.rustnet);
    },
  },
  {
    name: "profile",
    shows: "what the profile is, includes and variables",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.panel("Profile");
    },
  },
  {
    name: "capabilities",
    shows: "capabilities, one just ticked and one open",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.setCapability("dac_override", "deny");
      await stage.page.getByRole("button", { name: "dac_override", exact: true }).click();
      await accepted(stage);
    },
  },
  {
    name: "paths",
    shows: "the table of paths with a row chosen",
    async prepare(stage) {
      await openRustnet(stage);
      const panel = await stage.workbench.panel("Paths");
      await panel.getByRole("button", { name: /^write for \/usr\/share\/GeoIP/ }).click();
      await accepted(stage);
    },
  },
  {
    name: "paths-many",
    shows: "three hundred paths",
    async prepare(stage) {
      await openFile(stage, "usr.bin.many", designs.many);
      await stage.workbench.panel("Paths");
      await accepted(stage);
    },
  },
  {
    name: "network",
    shows: "the grid of sockets with a cell chosen",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.tickSocket("inet", "stream");
      await accepted(stage);
    },
  },
  {
    name: "problems",
    shows: "impossible wishes with what mends them",
    async prepare(stage) {
      await openFile(stage, "usr.bin.rustnet", designs.naiveRustnet);
      await expect(stage.workbench.verdict("Debian 12").getByRole("status")).toHaveText("Rejected");
    },
  },
  {
    name: "rejected",
    shows: "the parser's complaint at its line",
    async prepare(stage) {
      await openFile(stage, "usr.bin.broken", designs.broken);
      const verdict = stage.workbench.verdict("Debian 12");
      await expect(verdict.getByRole("status")).toHaveText("Rejected");
      await verdict.getByRole("list").getByRole("button").first().click();
    },
  },
  {
    name: "accepted",
    shows: "a profile that the parser accepts, a rule chosen in its text",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.cursorToEndOfLine(24);
      await stage.workbench.panel("Paths");
    },
  },
  {
    name: "service-away",
    shows: "the service gone: everything but verdicts works",
    async prepare(stage) {
      stage.faults.expect(/Failed to load resource|net::ERR_/);
      await openRustnet(stage);
      await stage.service.stop();
      await stage.workbench.setCapability("net_admin", "allow");
      await expect(stage.workbench.verdict("Debian 12")).toContainText("does not answer");
      await expect(stage.page.getByText("Service away")).toBeVisible();
    },
  },
  {
    name: "bulk-paste",
    shows: "many paths pasted, with what becomes of each line",
    async prepare(stage) {
      await openRustnet(stage);
      const panel = await stage.workbench.panel("Paths");
      await panel.getByRole("button", { name: "Paste many" }).first().click();
      await stage.page.getByRole("dialog").getByRole("textbox", { name: "Paths and rules" }).fill(designs.manyLines);
    },
  },
  {
    name: "download",
    shows: "the bundle before it is handed over",
    async prepare(stage) {
      await openRustnet(stage);
      await stage.page.getByRole("button", { name: "Download", exact: true }).click();
      const dialog = stage.page.getByRole("dialog", { name: "Download bundle" });
      await expect(dialog.getByRole("button", { name: "Download .tar.gz" })).toBeEnabled();
    },
  },
  {
    name: "long-names",
    shows: "names and paths longer than any column",
    async prepare(stage) {
      await openFile(stage, "opt.a-very-long-name-that-somebody-chose-because-a-tool-made-it", designs.long);
      await stage.workbench.panel("Paths");
      await expect(stage.workbench.verdict("Debian 12").getByRole("status")).not.toHaveText("Checking");
    },
  },
  {
    name: "mixed-line-ends",
    shows: "a file that an editor would change by showing it",
    async prepare(stage) {
      await openFile(stage, "usr.bin.rustnet", designs.mixedLineEnds);
      await accepted(stage);
    },
  },
  {
    name: "empty-profile",
    shows: "a profile without rules, and paths without a row",
    async prepare(stage) {
      await openFile(stage, "usr.bin.empty", designs.empty);
      await stage.workbench.panel("Paths");
      await accepted(stage);
    },
  },
  {
    name: "width-1280",
    shows: "a laptop's window",
    width: 1280,
    height: 720,
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.panel("Paths");
    },
  },
  {
    name: "width-800",
    shows: "half a screen",
    width: 800,
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.panel("Paths");
    },
  },
  {
    name: "width-560",
    shows: "a narrow window: everything below one another",
    width: 560,
    async prepare(stage) {
      await openRustnet(stage);
      await stage.workbench.panel("Capabilities");
    },
  },
  ...galleryStates,
  ...helpStates,
  ...wordStates,
  ...ruleStates,
  ...peerStates,
  ...draftStates,
  ...programStates,
  ...pathStates,
  ...includeStates,
  ...shellStates,
  ...targetStates,
  ...standingStates,
  ...reviewStates,
];

async function openFile({ workbench }: Stage, name: string, text: string): Promise<void> {
  await workbench.openFiles([{ name, bytes: Buffer.from(text) }]);
}

async function openRustnet(stage: Stage): Promise<void> {
  await stage.workbench.openFiles([
    { name: "usr.bin.rustnet", bytes: Buffer.from(designs.rustnet) },
    { name: "hauberk.json", bytes: Buffer.from(designs.rustnetConfig) },
  ]);
  await accepted(stage);
}

async function accepted({ workbench }: Stage): Promise<void> {
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
}
