import { Shell } from "../pages/shell.ts";
import { larder, makePackage } from "../../packages/core/src/draft/made-package.test-data.ts";
import { DraftDialog } from "../pages/draft.ts";
import type { Stage, State } from "./states.ts";

async function dropLarder({ page }: Stage): Promise<DraftDialog> {
  const draft = new DraftDialog(page);
  await draft.drop({ name: "larder_1.2-3_amd64.deb", bytes: await makePackage(larder) });
  await draft.line("capability setuid,").waitFor();
  return draft;
}

/** A first draft from a package: what is asked for, what was found, what came out. */
export const states: readonly State[] = [
  {
    name: "draft-dialog",
    shows: "what a draft can be made from",
    async prepare({ page }) {
      await page.getByRole("button", { name: "Start from a program" }).click();
      await page.getByText("A list of installed files").click();
      await page.getByRole("textbox", { name: "Installed files" }).fill("/usr/sbin/larderd\n/etc/larder/larder.conf\n");
    },
  },
  {
    name: "draft-found",
    shows: "the lines found in a package, each with its reasons",
    async prepare(stage) {
      const draft = await dropLarder(stage);
      await draft.line("/run/larder/{,**} rwk,").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "draft-text",
    shows: "the text of a draft before it is made",
    async prepare(stage) {
      const draft = await dropLarder(stage);
      await draft.show("Text");
      await draft.text.getByText("profile larderd").waitFor();
    },
  },
  {
    name: "draft-result",
    shows: "a draft as a design, judged by the real parser",
    async prepare(stage) {
      const draft = await dropLarder(stage);
      await draft.create();
      await stage.workbench.editorReady();
      await stage.workbench.verdict("Debian 12").getByText("Accepted").waitFor();
    },
  },
  {
    name: "draft-origins",
    shows: "where the lines of a draft came from, asked for afterwards",
    async prepare(stage) {
      const draft = await dropLarder(stage);
      await draft.create();
      await stage.workbench.editorReady();
      await new Shell(stage.page).command("where each line");
      await stage.page.getByRole("dialog", { name: "Where each line came from" }).waitFor();
    },
  },
];
