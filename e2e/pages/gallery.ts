import type { Locator, Page } from "@playwright/test";

/** The examples to start from, their form and the explanation of what came out. It asserts nothing. */
export class Gallery {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The form of the example that is open. */
  form(title: string): Locator {
    return this.page.getByRole("dialog", { name: title });
  }

  /** What the form would write. */
  preview(title: string): Locator {
    return this.form(title).getByRole("region", { name: "Preview" });
  }

  /** The way through the open design. */
  get explanation(): Locator {
    return this.page.getByRole("complementary", { name: "Explanation" });
  }

  /** Chooses an example on the start page. */
  async choose(title: string): Promise<void> {
    await this.page.getByRole("list", { name: "Examples" }).getByRole("button", { name: title }).click();
    await this.form(title).waitFor();
  }

  /** Answers a question of the form. */
  async answer(title: string, label: string, answer: string): Promise<void> {
    await this.form(title).getByRole("textbox", { name: label, exact: true }).fill(answer);
  }

  /** Makes the design and waits until it is open and explained. */
  async create(title: string): Promise<void> {
    await this.form(title).getByRole("button", { name: "Create design" }).click();
    await this.explanation.waitFor();
  }
}
