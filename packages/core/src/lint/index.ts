export { diagnose } from "./diagnose.ts";
export { fixesFor, lintDesign } from "./lint-design.ts";
export type { LintContext, LintExample, LintRule } from "./lint-rule.ts";
export { lintRules } from "./registry.ts";
