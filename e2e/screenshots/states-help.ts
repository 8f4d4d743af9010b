import { Tour } from "../pages/tour.ts";
import type { State } from "./states.ts";

/** Help and the tour. */
export const states: readonly State[] = [
  {
    name: "help-panel",
    shows: "what a panel is about, unfolded above it",
    async prepare({ page, workbench }) {
      await workbench.newProfile("/usr/bin/leaflet", "leaflet");
      await workbench.panel("Programs");
      await page.getByRole("button", { name: "What is this?" }).click();
    },
  },
  {
    name: "help-finding",
    shows: "the page of a finding, with an example",
    async prepare({ page, workbench }) {
      await workbench.pasteProfile(
        "abi <abi/3.0>,\n\nprofile x /usr/bin/x {\n  network inet,stream,\n}\n",
        "usr.bin.x",
      );
      await workbench.problem(/comma/i).first().getByRole("button", { name: "Why, and what to do" }).click();
      await page.getByRole("dialog", { name: "Help" }).waitFor();
    },
  },
  {
    name: "tour",
    shows: "the tour at its trap",
    async prepare({ page, workbench }) {
      const tour = new Tour(page);
      await tour.begin();
      for (let step = 0; step < 4; step++) {
        await tour.press("Do it for me");
        await tour.press("Next");
      }
      await tour.press("Do it for me");
      await workbench.problem("mailbox shared").waitFor();
    },
  },
];
