import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parse } from "./parse.ts";
import { plain } from "./plain.test-data.ts";
import { reparse } from "./reparse.ts";

const golden = join(import.meta.dirname, "golden", "ok");
const samples = readdirSync(golden)
  .filter((name) => name.endsWith(".txt"))
  .map((name) => readFileSync(join(golden, name), "utf8"))
  .filter((text) => parse(text).errors.length === 0);

/** Lines of a body, each without error by itself; some look at what stands behind them. */
const line = fc.constantFrom(
  "  /usr/lib/x/** mr,",
  "  owner @{HOME}/.config/{a,b}/** rwk, # why",
  "  # a comment, with a comma and a { brace",
  "",
  "  deny /srv/** w, audit /etc/y r,",
  '  "/a path/with blanks" r,',
  "  /usr/bin/x Px -> y,",
  "  signal (send) set=(term,\n    kill) peer=x,",
  "  unix (connect) type=stream peer=(addr=@a),",
  "  dbus send bus=session\n       path=/org/x,",
  "  include <abstractions/base>",
  "  #include if exists <local/x>",
  "  capability chown, capability\n    kill,",
  "  network inet stream,\r",
  "  owner {\n    /a r,\n  }",
  "  if $a { /b r, } else { /c w, }",
  "  if defined @{X} {\n    /d r,\n  }",
  "  profile child /usr/bin/c {\n    /e r,\n    ^deep { /f r, }\n  }",
  "  ^hat flags=(complain) {\n  /g r,\n}",
  "  /usr/bin/z {\n    /h r,\n  }",
  "  set rlimit nofile <= 10,",
  "  file,",
  "  r /i,",
  "  mount options=(ro, bind) /a -> /b,",
  "  @{exec_path} mr,",
);

const policy = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.boolean())
  .map(([lines, two]) =>
    [
      "abi <abi/4.0>,",
      "@{X} = /x /y",
      "profile p /bin/p {",
      ...lines,
      "}",
      two ? "profile q {\n  /q r,\n}\n" : "",
    ].join("\n"),
  );

const written = fc.oneof(
  line,
  fc.constantFrom(
    ...'{ } ( ) , = -> " # \\ \n \r\n \t @{X} else if ^h /a rw Px owner audit profile ,\n #x\n {\n }\n'.split(" "),
  ),
  fc.string({ maxLength: 3 }),
);

interface Edit {
  readonly place: number;
  readonly length: number;
  readonly text: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({ place: fc.nat(), length: fc.oneof(fc.nat(3), fc.nat(40)), text: written });

function edited(text: string, { place, length, text: put }: Edit): string {
  const at = place % (text.length + 1);
  return text.slice(0, at) + put + text.slice(at + length);
}

function expectSame(text: string, edits: readonly Edit[]): void {
  let tree = parse(text);
  let now = text;
  for (const each of edits) {
    now = edited(now, each);
    tree = reparse(tree, now).tree;
    expect(plain(tree)).toEqual(plain(parse(now)));
  }
}

describe("a tree of a changed text", () => {
  it("is the tree of that text, whatever was changed in a policy of any lines", () => {
    fc.assert(fc.property(policy, fc.array(edit, { minLength: 1, maxLength: 4 }), expectSame), { numRuns: 600 });
  });

  it("is the tree of that text for whole lines put in and taken out", () => {
    const lines = fc.record({ place: fc.nat(), count: fc.nat(3), put: fc.array(line, { maxLength: 3 }) });
    fc.assert(
      fc.property(policy, lines, (text, { place, count, put }) => {
        const all = text.split("\n");
        const next = all.toSpliced(place % (all.length + 1), count, ...put).join("\n");
        expect(plain(reparse(parse(text), next).tree)).toEqual(plain(parse(next)));
      }),
      { numRuns: 400 },
    );
  });

  it("is the tree of that text for the samples", () => {
    fc.assert(fc.property(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 3 }), expectSame), {
      numRuns: 400,
    });
  });

  it("reads only the first rule again where only that changed", () => {
    const rules = Array.from({ length: 50 }, (_, at) => `  /file-${at} r,`);
    const old = parse(["profile x {", ...rules, "}", ""].join("\n"));
    const { tree, kept } = reparse(old, old.text.replace("/file-0 r,", "/file-0 rk,"));
    expect(plain(tree)).toEqual(plain(parse(tree.text)));
    expect(kept?.after).toBeGreaterThan(90);
  });

  it("takes over what lies before the change, and moves what lies behind it", () => {
    const rules = Array.from({ length: 50 }, (_, at) => `  /file-${at} r,`);
    const old = parse(["profile x {", ...rules, "}", ""].join("\n"));
    const text = old.text.replace("/file-20 r,", "/file-20 rw,");
    const { tree, kept } = reparse(old, text);
    expect(plain(tree)).toEqual(plain(parse(text)));
    expect(kept?.to.children.slice(0, kept.before)).toEqual(kept?.from.children.slice(0, kept.before));
    expect(kept?.to.children[5]).toBe(kept?.from.children[5]);
    expect(kept === null ? 0 : kept.to.children.length - kept.before - kept.after).toBeLessThan(8);
  });
});
