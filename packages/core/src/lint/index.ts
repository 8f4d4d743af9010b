export { diagnose } from "./diagnose.ts";
export { fixesFor, lintDesign } from "./lint-design.ts";
export type { LintContext, LintExample, LintRule } from "./lint-rule.ts";
export { lintRules } from "./registry.ts";
export { errorPage, errorPages } from "./pages/error-pages.ts";
export type { ErrorPage } from "./pages/error-page.ts";
export { parserPage, parserPages, type ParserPage } from "./pages/parser-pages.ts";
