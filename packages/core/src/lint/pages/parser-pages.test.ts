import { describe, expect, test } from "vitest";
import { parserPage, parserPages } from "./parser-pages.ts";

/** Messages as parsers wrote them. */
const messages = [
  ["profile has merged rule with conflicting x modifiers", "parser/exec-conflict"],
  ["Could not open 'abstractions/no-such-thing'", "parser/missing-file"],
  ["Found reference to variable NOWHERE, but is never declared", "parser/unset-variable"],
  ["variable @{DATA} was previously declared: already defined", "parser/defined-twice"],
  ["downgrading extended network unix socket rule to generic network rule", "parser/not-enforced"],
  ["syntax error, unexpected TOK_ID, expecting TOK_MODE", "parser/syntax"],
] as const;

describe("pages for the parser's own messages", () => {
  test.each(messages)("%s", (message, code) => expect(parserPage(message)?.code).toBe(code));

  test("every page is reached by a message that parsers write", () => {
    expect(new Set(messages.map(([, code]) => code))).toEqual(new Set(parserPages.map(({ code }) => code)));
  });

  test("what nobody knows gets no page", () => {
    expect(parserPage("Cache write disabled")).toBeUndefined();
  });
});
