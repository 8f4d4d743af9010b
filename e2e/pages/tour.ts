import type { Locator, Page } from "@playwright/test";

/** The tour beside the work, by what a person reads on it. */
export class Tour {
  readonly card: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.card = page.getByRole("complementary", { name: "Tour" });
  }

  /** Begins it from the menu of the top bar. */
  async begin(): Promise<void> {
    await this.#page.getByRole("button", { name: "Help", exact: true }).click();
    await this.#page.getByRole("menuitem", { name: "Take the five-minute tour" }).click();
    await this.card.waitFor();
  }

  /** The heading of the step that is shown. */
  get title(): Locator {
    return this.card.getByRole("heading");
  }

  async press(button: string): Promise<void> {
    await this.card.getByRole("button", { name: button, exact: true }).click();
  }
}
