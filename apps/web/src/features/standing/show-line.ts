import { designStore } from "../../store/index.ts";
import type { RuleLine } from "./standing-table.ts";

/** Shows a rule of the table in the text. */
export function showLine({ path, range }: RuleLine): void {
  designStore.getState().select({ path, range }, "panel");
}
