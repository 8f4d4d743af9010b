import type { Locator, Page } from "@playwright/test";

/** What surrounds the panels: palette, menus, files and their tabs, history. It asserts nothing. */
export class Shell {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get palette(): Locator {
    return this.page.getByRole("dialog", { name: "Commands and places" });
  }

  /** The line of the palette. */
  get paletteLine(): Locator {
    return this.palette.getByRole("combobox");
  }

  /** The entry of the palette that Enter would take. */
  get chosen(): Locator {
    return this.palette.getByRole("option", { selected: true });
  }

  /** Opens the palette by its key and types. */
  async find(words: string): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await this.paletteLine.waitFor();
    await this.page.keyboard.type(words);
  }

  /** Does what the palette finds first for the words. */
  async command(words: string): Promise<void> {
    await this.find(words);
    await this.page.keyboard.press("Enter");
    await this.palette.waitFor({ state: "hidden" });
  }

  get outline(): Locator {
    return this.page.getByRole("region", { name: "Outline" });
  }

  /** A profile of the outline. */
  profile(name: string): Locator {
    return this.outline.getByRole("button", { name, exact: true });
  }

  /** The kind of rules of a profile in the outline, with its count. */
  kind(profile: string, kind: string): Locator {
    return this.outline.getByRole("list", { name: `Rules of ${profile}` }).getByRole("button", { name: kind });
  }

  /** A file of the list, however many problems it has. */
  file(name: string): Locator {
    const list = this.page.getByRole("list", { name: "Files of the design" });
    return list.getByRole("listitem").filter({ hasText: name }).getByRole("button").first();
  }

  /** The row of a path in the table. */
  pathRow(path: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("button", { name: path, exact: true }) });
  }

  /** Chooses an entry of the open menu. */
  async menu(name: string | RegExp): Promise<void> {
    await this.page.getByRole("menuitem", { name }).click();
  }
}
