import type { Locator, Page } from "@playwright/test";
import type { Workbench } from "./workbench.ts";

/** The programs of a profile, and the parts of the profile that they run under. It asserts nothing. */
export class ProgramsPage {
  readonly #workbench: Workbench;
  readonly #page: Page;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#page = workbench.page;
  }

  /** The picture of who becomes whom. */
  get picture(): Locator {
    return this.#page.getByRole("group", { name: "Picture of who becomes whom" });
  }

  /** A node of the picture, by how its words begin. */
  node(name: string): Locator {
    return this.picture.getByRole("button", { name: new RegExp(`^${name} (profile|child profile|hat|missing)\\b`) });
  }

  /** The row of a program in the table. */
  row(program: string): Locator {
    return this.#page
      .getByRole("grid", { name: /^Programs of/ })
      .getByRole("row")
      .filter({ has: this.#page.getByRole("button", { name: new RegExp(`^${program}`) }) });
  }

  /** Lets the profile start a program; `mode` as the list says it, for example `Px`. */
  async start(program: string, mode: string, target = ""): Promise<void> {
    const panel = await this.#workbench.panel("Programs");
    const form = panel.getByRole("form", { name: "Add a program" });
    await form.getByRole("combobox", { name: "New program", exact: true }).fill(program);
    await form.getByRole("combobox", { name: "How it runs" }).click();
    const list = this.#page.getByRole("listbox");
    await list.getByRole("option", { name: new RegExp(`^${mode}\\b`) }).click();
    if (target !== "") await form.getByRole("combobox", { name: /^Profile that/ }).fill(target);
    await form.getByRole("button", { name: "Add", exact: true }).click();
  }

  /** Changes how a program of the table runs. */
  async setMode(program: string, mode: string): Promise<void> {
    await this.#page
      .getByRole("combobox", { name: `How ${program} runs` })
      .first()
      .selectOption(mode);
  }

  /** Adds a child profile that a program is started under. */
  async addChild(name: string, program: string): Promise<void> {
    const panel = await this.#workbench.panel("Profile");
    await panel.getByRole("button", { name: "Add a child profile" }).click();
    const dialog = this.#page.getByRole("dialog", { name: "New child profile" });
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("textbox", { name: /^Start this program/ }).fill(program);
    await dialog.getByRole("button", { name: "Add child profile" }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Adds a hat. */
  async addHat(name: string): Promise<void> {
    const panel = await this.#workbench.panel("Profile");
    await panel.getByRole("button", { name: "Add a hat" }).click();
    const dialog = this.#page.getByRole("dialog", { name: "New hat" });
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("button", { name: "Add hat" }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Moves the rules whose text fits into a child of the shown profile. */
  async moveInto(child: string, rule: RegExp): Promise<void> {
    const panel = await this.#workbench.panel("Profile");
    await panel.getByRole("button", { name: `More for ${child}` }).click();
    await this.#page.getByRole("menuitem", { name: /^Move rules into it/ }).click();
    const dialog = this.#page.getByRole("dialog", { name: `Move rules into ${child}` });
    await dialog.getByRole("checkbox", { name: rule }).click();
    await dialog.getByRole("button", { name: "Move 1 rule" }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Puts the rules whose text fits under a new condition. */
  async putUnder(condition: string, rule: RegExp): Promise<void> {
    const panel = await this.#workbench.panel("Profile");
    await panel.getByRole("button", { name: "Put rules under a condition" }).click();
    const dialog = this.#page.getByRole("dialog", { name: "Rules under a condition" });
    await dialog.getByRole("textbox", { name: "Condition" }).fill(condition);
    await dialog.getByRole("checkbox", { name: rule }).click();
    await dialog.getByRole("button", { name: "Put under the condition" }).click();
    await dialog.waitFor({ state: "hidden" });
  }
}
