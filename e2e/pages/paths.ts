import type { Locator, Page } from "@playwright/test";

/** The table of paths and what is around it. It asserts nothing. */
export class Paths {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get panel(): Locator {
    return this.page.getByRole("region", { name: "Paths", exact: true });
  }

  /** The table, as a list or as a tree of folders. */
  get table(): Locator {
    return this.panel.getByRole("grid").or(this.panel.getByRole("treegrid")).first();
  }

  /** The button of a path's row that holds the path. */
  path(path: string): Locator {
    return this.table.getByRole("button", { name: path, exact: true });
  }

  /** The line to write a new path into. */
  get newPath(): Locator {
    return this.panel.getByRole("combobox", { name: "New path" });
  }

  /** What is offered for a typed path. */
  get meant(): Locator {
    return this.page.getByRole("listbox", { name: "What is probably meant" }).getByRole("option");
  }

  /** What can be done to the chosen rules. */
  get many(): Locator {
    return this.panel.getByRole("group", { name: /rules chosen$/ });
  }

  /** A letter or qualifier for all chosen rules. */
  ofAll(words: RegExp): Locator {
    return this.many.getByRole("button", { name: words });
  }

  /** Chooses one of the filters. */
  async showOnly(name: RegExp): Promise<void> {
    await this.panel.getByRole("combobox", { name: "Which rules are shown" }).click();
    await this.page.getByRole("option", { name }).click();
  }

  /** Chooses an order. */
  async orderBy(name: string): Promise<void> {
    await this.panel.getByRole("combobox", { name: "Order of the rules" }).click();
    await this.page.getByRole("option", { name }).click();
  }
}
