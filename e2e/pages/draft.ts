import type { Locator, Page } from "@playwright/test";

/** A file as it is dropped on the window. */
export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The dialog that drafts a profile from a program. It asserts nothing. */
export class DraftDialog {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: "Start from a program" });
  }

  /** The box of a line that the draft may have. */
  line(text: string): Locator {
    return this.dialog.getByRole("checkbox", { name: text, exact: true });
  }

  /** The box of a program that may get a profile. */
  program(path: string): Locator {
    return this.dialog.getByRole("group", { name: /^Program/ }).getByRole("checkbox", { name: path });
  }

  /** Where a program is named that was not found. */
  get programName(): Locator {
    return this.dialog.getByRole("textbox", { name: "Program" });
  }

  /** What has to be known before the profile is loaded, or why no program was found. */
  get warning(): Locator {
    return this.dialog.getByRole("status");
  }

  get text(): Locator {
    return this.dialog.getByRole("tabpanel", { name: "Text" });
  }

  /** Drops files anywhere on the window. */
  async drop(...files: readonly DroppedFile[]): Promise<void> {
    const given = files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }));
    await this.page.evaluate((list) => {
      const data = new DataTransfer();
      for (const { name, bytes } of list) data.items.add(new File([Uint8Array.from(bytes)], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, given);
    await this.dialog.waitFor();
  }

  /** Opens one of the parts of what was found. */
  async show(part: "Lines" | "Text" | "Not known"): Promise<void> {
    await this.dialog.getByRole("tab", { name: part }).click();
  }

  async create(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Create design" }).click();
    await this.dialog.waitFor({ state: "hidden" });
  }
}
