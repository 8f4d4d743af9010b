import type { Page } from "@playwright/test";

/** The designer, by the roles and names that a person (or a screen reader) finds its parts by. It asserts nothing. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the designer and waits until it can be used. */
  async open(): Promise<void> {
    await this.page.goto("/");
    await this.page.getByRole("main").waitFor();
  }
}
