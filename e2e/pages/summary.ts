import type { Locator, Page } from "@playwright/test";
import type { Workbench } from "./workbench.ts";

/** The panel "In words". It asserts nothing. */
export class Summary {
  readonly #page: Page;
  readonly #workbench: Workbench;

  constructor(page: Page, workbench: Workbench) {
    this.#page = page;
    this.#workbench = workbench;
  }

  /** Shows the panel and gives its contents. */
  async open(): Promise<Locator> {
    await this.#workbench.panel("In words");
    return this.panel;
  }

  get panel(): Locator {
    return this.#page.getByRole("region", { name: "In words", exact: true });
  }

  /** The sentences on one subject. */
  section(title: string): Locator {
    return this.panel.getByRole("region", { name: title, exact: true });
  }

  /** The list entry that holds these words. */
  saying(words: string | RegExp): Locator {
    return this.panel.getByRole("listitem").filter({ hasText: words });
  }

  /** The places that a sentence comes from, as links into the text. */
  linesOf(words: string | RegExp): Locator {
    return this.saying(words).getByRole("button", { name: /^Show what says this in the text, line \d+$/ });
  }

  get onlyGrave(): Locator {
    return this.panel.getByRole("button", { name: /^High danger only/ });
  }

  get copyButton(): Locator {
    return this.panel.getByRole("button", { name: "Copy as text" });
  }
}
