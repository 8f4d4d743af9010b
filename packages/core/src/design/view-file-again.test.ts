import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { plain } from "../syntax/plain.test-data.ts";
import { viewFile, viewFileAgain } from "./index.ts";

const line = fc.constantFrom(
  "  /usr/lib/x/** mr,",
  "  deny /srv/** w, audit /etc/y r,",
  "  # a comment",
  "  owner {\n    /a r,\n    deny /b w,\n  }",
  "  if $a { /b r, } else { /c w, }",
  "  profile child /usr/bin/c {\n    /e r,\n    /f Px,\n  }",
  "  include <abstractions/base>",
  "  capability chown, signal,",
  "  set rlimit nofile <= 10,",
);

const body = fc.array(line, { maxLength: 16 });

function fileOf(lines: readonly string[]): string {
  return ["abi <abi/4.0>,", "profile p /bin/p {", ...lines, "}", "profile q {", "  /q r,", "}", ""].join("\n");
}

function threeProfiles(path: string): string {
  return `profile a {\n  /a r,\n}\n${fileOf(["", "  profile c { /c r, }", "", "  /d r,", path])}`;
}

describe("the view of a changed text", () => {
  it("is the view of that text, whatever lines were put in and taken out, step after step", () => {
    const change = fc.record({ place: fc.nat(), count: fc.nat(3), put: fc.array(line, { maxLength: 2 }) });
    fc.assert(
      fc.property(body, fc.array(change, { minLength: 1, maxLength: 4 }), (lines, changes) => {
        let now: readonly string[] = lines;
        let view = viewFile("x", fileOf(now));
        for (const { place, count, put } of changes) {
          now = now.toSpliced(place % (now.length + 1), count, ...put);
          view = viewFileAgain(view, fileOf(now));
          expect(plain(view)).toEqual(plain(viewFile("x", fileOf(now))));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is the view of a text in which characters were put in and taken out", () => {
    const change = fc.record({ place: fc.nat(), count: fc.nat(4), put: fc.string({ maxLength: 3 }) });
    fc.assert(
      fc.property(body, fc.array(change, { minLength: 1, maxLength: 4 }), (lines, changes) => {
        let now = fileOf(lines);
        let view = viewFile("x", now);
        for (const { place, count, put } of changes) {
          const at = place % (now.length + 1);
          now = now.slice(0, at) + put + now.slice(at + count);
          view = viewFileAgain(view, now);
          expect(plain(view)).toEqual(plain(viewFile("x", now)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keeps the rules before the change, and the values of those behind it", () => {
    const rules = Array.from({ length: 60 }, (_, at) => `  /file-${at} r,`);
    const old = viewFile("x", fileOf(rules));
    const view = viewFileAgain(old, fileOf(rules.with(30, "  /another rwk,")));
    const before = old.profiles[0]?.rules ?? [];
    const after = view.profiles[0]?.rules ?? [];
    expect(after[10]).toBe(before[10]);
    expect(after[30]?.rule.value).toMatchObject({ path: "/another" });
    expect(after[50]?.rule.node).not.toBe(before[50]?.rule.node);
    expect(after[50]?.rule.value).toBe(before[50]?.rule.value);
  });

  it("keeps the profiles before the change, and no other", () => {
    const old = viewFile("x", threeProfiles("  /e r,"));
    const view = viewFileAgain(old, threeProfiles("  /else r,"));
    expect(view.profiles[0]).toBe(old.profiles[0]);
    expect(view.profiles[1]?.children[0]).toBe(old.profiles[1]?.children[0]);
    expect(view.profiles[1]).not.toBe(old.profiles[1]);
    expect(view.profiles[2]).not.toBe(old.profiles[2]);
  });
});
