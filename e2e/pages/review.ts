import type { BrowserContext, Locator, Page } from "@playwright/test";

/** What a link may let do, as the form calls it. */
export type LinkRight = "read" | "comment" | "approve" | "edit";

/** The designer's side of a saved design: saving, sharing, the gate. It asserts nothing. */
export class SavedDesign {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Where the open design stands beside its revisions. */
  get state(): Locator {
    return this.page.getByRole("button", { name: /^Revision \d+ (saved|is there)|not saved/ });
  }

  /** Saves the open design for the first time and gives the address with the owner's key. */
  async saveFirst(name: string): Promise<string> {
    await this.page.getByRole("button", { name: "Save and share" }).click();
    const dialog = this.page.getByRole("dialog", { name: "Save and share" });
    await dialog.getByRole("textbox", { name: "Your name" }).fill(name);
    await dialog.getByRole("button", { name: "Save on the service" }).click();
    const saved = this.page.getByRole("dialog", { name: "Saved as revision 1" });
    const key = await saved.getByRole("textbox", { name: "Address with the owner’s key" }).textContent();
    await saved.getByRole("button", { name: "Done" }).click();
    return key ?? "";
  }

  /** Asks for a further revision; what comes of it is for the journey to see. */
  async saveRevision(message: string): Promise<void> {
    await this.choose(/^Save revision/);
    const dialog = this.page.getByRole("dialog", { name: /^Save as revision/ });
    await dialog.getByRole("textbox", { name: "Message" }).fill(message);
    await dialog.getByRole("button", { name: "Save revision" }).click();
  }

  /** Chooses from the menu of the saved design. */
  async choose(entry: RegExp): Promise<void> {
    await this.state.click();
    await this.page.getByRole("menuitem", { name: entry }).click();
  }

  /** Opens the dialog of the links. */
  async openShare(): Promise<Locator> {
    await this.choose(/^Share/);
    return this.page.getByRole("dialog", { name: "Share" });
  }

  /** Makes a link in the open dialog and gives its address. */
  async makeLink(share: Locator, label: string, right: LinkRight, passphrase?: string): Promise<string> {
    const form = share.getByRole("form", { name: "New link" });
    await form.getByRole("textbox", { name: "For whom" }).fill(label);
    await form.getByRole("combobox", { name: "May" }).click();
    await this.page.getByRole("option", { name: new RegExp(`^${right}`) }).click();
    if (passphrase !== undefined) await form.getByRole("textbox", { name: /^Passphrase/ }).fill(passphrase);
    await form.getByRole("button", { name: "Make a link" }).click();
    await share.getByText(`The link for “${label}”`).waitFor();
    return (await share.getByRole("textbox", { name: "New link" }).textContent()) ?? "";
  }

  /** Sets how many approvals a bundle needs, in the open dialog of the links. */
  async setGate(share: Locator, words: string): Promise<void> {
    await share.getByRole("combobox", { name: "A bundle needs" }).click();
    await this.page.getByRole("option", { name: words, exact: true }).click();
  }

  /** Opens the review in the tab of its own that the designer makes. */
  async openReview(context: BrowserContext): Promise<Page> {
    const arriving = context.waitForEvent("page");
    await this.choose(/^Open the review/);
    return await arriving;
  }
}

/** The page of a review. It asserts nothing. */
export class ReviewPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get gate(): Locator {
    return this.page.getByRole("status", { name: "Gate" });
  }

  /** Says who reads. */
  async sayName(name: string): Promise<void> {
    const field = this.page.getByRole("textbox", { name: "Your name" });
    await field.fill(name);
    await field.press("Enter");
  }

  /** The row of the rule that holds these words. */
  rule(words: string): Locator {
    return this.page
      .getByRole("list", { name: /^Rules of / })
      .getByRole("listitem")
      .filter({ hasText: words })
      .first();
  }

  async comment(rule: string, text: string): Promise<void> {
    const row = this.rule(rule);
    await row.getByRole("button", { name: /^Comment on line/ }).click();
    await row.getByRole("textbox", { name: "Comment" }).fill(text);
    await row.getByRole("button", { name: "Comment", exact: true }).click();
  }

  async suggest(rule: string, instead: string, text: string): Promise<void> {
    const row = this.rule(rule);
    await row.getByRole("button", { name: /^Suggest a change of line/ }).click();
    await row.getByRole("textbox", { name: /^The rule as it should be/ }).fill(instead);
    await row.getByRole("textbox", { name: "Comment" }).fill(text);
    await row.getByRole("button", { name: "Send the suggestion" }).click();
  }

  thread(by: string): Locator {
    return this.page.getByRole("group", { name: `Thread of ${by}` });
  }

  get decisions(): Locator {
    return this.page.getByRole("list", { name: "Decisions" });
  }

  get history(): Locator {
    return this.page.getByRole("region", { name: "History" });
  }
}
