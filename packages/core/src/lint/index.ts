export { diagnose, syntaxDiagnostics } from "./diagnose.ts";
export { lintDesign } from "./lint-design.ts";
export type { LintContext, LintExample, LintRule } from "./lint-rule.ts";
export { lintRules } from "./registry.ts";
