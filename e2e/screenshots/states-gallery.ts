import { startingPoints } from "@hauberk/core/gallery";
import { expect } from "../fixtures.ts";
import { Gallery } from "../pages/gallery.ts";
import type { Stage, State } from "./states.ts";

/** Examples to start from: the cards, a form, the explanation, and what each example writes. */
export const states: readonly State[] = [
  {
    name: "gallery",
    shows: "examples to start from, asked for beside an open design",
    async prepare(stage) {
      await stage.workbench.newProfile("/usr/bin/leaflet", "leaflet");
      await stage.page.getByRole("button", { name: "Import" }).click();
      await stage.page.getByRole("menuitem", { name: "Start from an example…" }).click();
      await stage.page.getByRole("dialog", { name: "Start from an example" }).waitFor();
    },
  },
  {
    name: "gallery-form",
    shows: "the form of an example, an answer wrong",
    async prepare({ page }) {
      const gallery = new Gallery(page);
      await gallery.choose("Node.js web service");
      await gallery.answer("Node.js web service", "Data folder", "/var/lib/my app");
      await gallery.answer("Node.js web service", "Log folder", "/var/log");
    },
  },
  {
    name: "gallery-words",
    shows: "what an example would write, each rule in words",
    async prepare({ page }) {
      const gallery = new Gallery(page);
      await gallery.choose("Packet monitor");
      await gallery.preview("Packet monitor").getByRole("button", { name: "In words" }).click();
    },
  },
  {
    name: "gallery-lacks",
    shows: "what AppArmor can’t do for an example",
    async prepare({ page }) {
      const gallery = new Gallery(page);
      await gallery.choose("Erlang cluster node");
      await gallery.preview("Erlang cluster node").getByRole("button", { name: "What AppArmor can’t do" }).click();
    },
  },
  {
    name: "gallery-steps",
    shows: "a design explained, the lines of a step marked in the text",
    async prepare(stage) {
      await begin(stage, "HTTP/2 agent");
      const { explanation } = new Gallery(stage.page);
      await explanation.getByRole("button", { name: "Name lookups" }).click();
    },
  },
  {
    name: "gallery-steps-800",
    shows: "the explanation in half a screen, at its end",
    width: 800,
    async prepare(stage) {
      await begin(stage, "Twisted service with a management port");
      const { explanation } = new Gallery(stage.page);
      await explanation.getByRole("button", { name: "What AppArmor can’t do" }).click();
    },
  },
  ...startingPoints.map(({ id, title }): State => ({
    name: `start-${id}`,
    shows: `what the example ${title} writes`,
    async prepare(stage) {
      await begin(stage, title);
      const panel = await stage.workbench.panel("Paths");
      await panel.getByRole("form", { name: "Add a path" }).waitFor();
    },
  })),
];

async function begin({ page, workbench }: Stage, title: string): Promise<void> {
  const gallery = new Gallery(page);
  await gallery.choose(title);
  await gallery.create(title);
  await workbench.editorReady();
  await expect(workbench.verdict("Debian 12").getByRole("status")).toHaveText("Accepted");
}
