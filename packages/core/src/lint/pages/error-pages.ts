import { lintRules } from "../registry.ts";
import type { ErrorPage } from "./error-page.ts";
import { wholePages } from "./policy-pages.ts";
import { rulePages } from "./rule-pages.ts";
import { syntaxPages } from "./syntax-pages.ts";

const lintPages: readonly ErrorPage[] = lintRules.map(({ id, title, explanation, bad, good }) => ({
  code: `lint/${id}`,
  title,
  ...explanation,
  bad: bad.text,
  good: good.text,
}));

/** A page for every kind of finding, in the order of a list of them: what can't be read, what is refused, what is unwise. */
export const errorPages: readonly ErrorPage[] = [...syntaxPages, ...rulePages, ...wholePages, ...lintPages];

const byCode = new Map(errorPages.map((page) => [page.code, page]));

/** The page of a finding's code; undefined where there is none. */
export function errorPage(code: string): ErrorPage | undefined {
  return byCode.get(code);
}
