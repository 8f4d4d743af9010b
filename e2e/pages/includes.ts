import type { Locator, Page } from "@playwright/test";
import type { Workbench } from "./workbench.ts";

/** The panel of includes and variables, and the dialogs that read the policy. It asserts nothing. */
export class IncludesPage {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  get page(): Page {
    return this.#workbench.page;
  }

  /** Shows the abstractions. */
  async abstractions(): Promise<Locator> {
    const panel = await this.#workbench.panel("Includes");
    await panel.getByRole("button", { name: "Abstractions", exact: true }).click();
    return panel;
  }

  /** Shows the tunables and variables. */
  async variables(): Promise<Locator> {
    const panel = await this.#workbench.panel("Includes");
    await panel.getByRole("button", { name: "Tunables & variables" }).click();
    return panel;
  }

  /** The row of an abstraction among all of them. */
  abstraction(path: string): Locator {
    const box = this.page.getByRole("checkbox", { name: `Include ${path}`, exact: true });
    return this.page.getByRole("list", { name: "Abstractions" }).getByRole("listitem").filter({ has: box });
  }

  /** The row of something that is included. */
  included(path: string): Locator {
    const remove = this.page.getByRole("button", { name: `Remove the include of ${path}`, exact: true });
    return this.page.getByRole("region", { name: "Included" }).getByRole("listitem").filter({ has: remove });
  }

  /** Ticks an abstraction, found by a search. */
  async tick(path: string, search: string): Promise<void> {
    await this.page.getByRole("searchbox", { name: "Find an abstraction" }).fill(search);
    await this.abstraction(path).getByRole("checkbox").click();
  }

  /** The dialog that shows a policy file to read. */
  reader(path: string): Locator {
    return this.page.getByRole("dialog", { name: path, exact: true });
  }

  /** Opens the search, from wherever the keys are. */
  async search(text: string, by: "Text" | "Path"): Promise<Locator> {
    await this.page.keyboard.press("Control+Shift+F");
    const dialog = this.page.getByRole("dialog", { name: "Search design and target" });
    await dialog.getByRole("button", { name: by, exact: true }).click();
    await dialog.getByRole("searchbox").fill(text);
    return dialog;
  }
}
