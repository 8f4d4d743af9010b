import type { Locator } from "@playwright/test";
import type { PanelName, Workbench } from "./workbench.ts";

/** The panels that list rules and make them by forms: IPC and System. It asserts nothing. */
export class RulePanels {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** A section of a panel, by its heading. */
  async section(panel: PanelName, title: string): Promise<Locator> {
    return (await this.#workbench.panel(panel)).getByRole("region", { name: title, exact: true });
  }

  /** Opens the form for a new rule, filled from a preset: by its button where there is no rule yet, else by the menu. */
  async begin(section: Locator, preset: string): Promise<Locator> {
    const add = section.getByRole("button", { name: /^Add / });
    if (await add.isVisible()) {
      await add.click();
      await this.#workbench.page.getByRole("menuitem", { name: preset }).first().click();
    } else {
      await section.getByRole("button", { name: preset }).click();
    }
    return section.getByRole("form", { name: /^New / });
  }

  /** The row of the rule with this text. */
  row(section: Locator, rule: string): Locator {
    return section.getByRole("listitem").filter({ hasText: rule });
  }

  /** Saves a new rule. */
  async save(form: Locator): Promise<void> {
    await form.getByRole("button", { name: "Add the rule" }).click();
    await form.waitFor({ state: "hidden" });
  }
}
