import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Markdown } from "./Markdown.tsx";
import { takesLong } from "./markdown-bounds.ts";

function drawn(text: string): string {
  return renderToStaticMarkup(createElement(Markdown, { text })).replace(/^<div[^>]*>(.*)<\/div>$/su, "$1");
}

/** As text, and as nothing else. */
function plain(text: string): string {
  return `<pre><code>${text.replaceAll(">", "&gt;")}</code></pre>`;
}

const deep = [
  `${">".repeat(2_500)} x`,
  "1. ".repeat(3_333),
  "> - ".repeat(2_500),
  `${"*".repeat(4_995)}a${"*".repeat(4_990)}`,
  `${"*_".repeat(2_500)}a`,
  `${">".repeat(300)}a\n${"a\n".repeat(4_000)}`,
];

it("does not read what would take long", () => {
  for (const text of deep) {
    expect(takesLong(text)).toBe(true);
    expect(drawn(text)).toBe(plain(text));
  }
});

it("draws as text what nests deep without many marks in a line", () => {
  const items = Array.from({ length: 90 }, (_, at) => `${"  ".repeat(at)}- a`).join("\n");
  const emphasis = `${"*a ".repeat(60)}b${" a*".repeat(60)}`;
  for (const text of [items, emphasis]) {
    expect(takesLong(text)).toBe(false);
    expect(drawn(text).trim()).toBe(plain(`${text}\n`));
  }
});

it("reads what people write: lists in lists, answers in answers, rules with globs, rows of marks", () => {
  const rules = "    owner @{HOME}/.cache/**/*_[0-9]* rwk,\n".repeat(200);
  expect(drawn(`${">".repeat(10)} **yes**`)).toContain("<strong>yes</strong>");
  expect(drawn(`${"  ".repeat(8)}\n- a\n  - b\n    1. c\n       > d`)).toContain("<blockquote>");
  expect(drawn(`# What for\n\n${rules}`)).toContain("<strong>What for</strong>");
  expect(drawn("*".repeat(120))).toBe("<hr/>");
});
