import type { Locator } from "@playwright/test";
import type { Workbench } from "./workbench.ts";

/** What rules come to on the targets: the table, the marks beside the text, and what ships. It asserts nothing. */
export class Standing {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** The panel with the table of rules by targets. */
  get panel(): Locator {
    return this.#workbench.page.getByRole("tabpanel", { name: "Standing" });
  }

  get table(): Locator {
    return this.panel.getByRole("grid", { name: "Rules by targets" });
  }

  /** The cells of a rule, one for each target. */
  cells(rule: string): Locator {
    return this.table.getByRole("row").filter({ hasText: rule }).getByRole("gridcell");
  }

  /** The marks of one kind beside the text. */
  marks(mark: "enforced" | "widened" | "dropped" | "rejected" | "undecided" | "asking"): Locator {
    return this.#workbench.page.locator(`.monaco-editor .glyph-${mark}`);
  }

  /** The dialog that tells what the rule at the cursor comes to. */
  get ofRule(): Locator {
    return this.#workbench.page.getByRole("dialog", { name: "What the rule comes to" });
  }

  get shipment(): Locator {
    return this.#workbench.page.getByRole("dialog", { name: "What ships to each target" });
  }

  /** What is lost of a rule, in the dialog of what ships. */
  loss(rule: string): Locator {
    return this.shipment.getByRole("article", { name: `Lost: ${rule}` });
  }
}
