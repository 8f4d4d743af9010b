import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe does not look into: the inside of Monaco's own elements, which are not ours to change. Nothing else. */
export const axeExclusions: readonly string[] = [".monaco-editor"];

/** The rules of axe whose answers depend on colours. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * Every finding of axe that is serious or critical, as a line with the rule and the elements.
 *
 * @param rules `colours`: only those that another theme may break, where the page was looked at whole in one theme.
 */
export async function seriousFindings(page: Page, rules: "all" | "colours" = "all"): Promise<string[]> {
  // The page has no frames: one run within it tells all, in a tenth of the time that a run in parts takes.
  let axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ["violations"],
    ...(rules === "colours" && { runOnly: colourRules }),
  });
  for (const exclusion of axeExclusions) axe = axe.exclude(exclusion);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
