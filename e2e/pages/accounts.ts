import type { Locator, Page } from "@playwright/test";

/** Signing in at the provider of accounts, and the workspaces of an account. It asserts nothing. */
export class Accounts {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Signs in at the provider's own pages, to which the link leads, and comes back. */
  async signIn(within: Locator, user: string): Promise<void> {
    const before = this.page.url();
    await within.getByRole("link", { name: "Sign in" }).click();
    await this.page.getByPlaceholder("Enter any login").fill(user);
    await this.page.getByPlaceholder("and password").fill("any");
    await this.page.getByRole("button", { name: "Sign-in" }).click();
    await this.page.getByRole("button", { name: "Continue" }).click();
    await this.page.waitForURL(before);
  }

  /** Goes to the provider's pages and says no there. */
  async refuse(within: Locator): Promise<void> {
    await within.getByRole("link", { name: "Sign in" }).click();
    await this.page.getByRole("link", { name: "[ Cancel ]" }).click();
  }

  /** Makes a workspace in the open dialog, and lets somebody in who may do this with its designs. */
  async makeWorkspace(name: string, member: string, right: string): Promise<Locator> {
    const dialog = this.page.getByRole("dialog", { name: "Workspaces" });
    await dialog.getByRole("textbox", { name: "New workspace" }).fill(name);
    await dialog.getByRole("button", { name: "Make a workspace" }).click();
    const form = dialog.getByRole("form", { name: "New member" });
    await form.getByRole("textbox", { name: "E-mail address" }).fill(member);
    await form.getByRole("combobox", { name: "With designs" }).click();
    await this.page.getByRole("option", { name: right, exact: true }).click();
    await form.getByRole("button", { name: "Let them in" }).click();
    return dialog;
  }
}
