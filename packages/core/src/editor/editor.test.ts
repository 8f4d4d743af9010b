import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { viewFile } from "../design/index.ts";
import { applyEdits, LineIndex } from "../text/index.ts";
import { codeActions, fixesAt } from "./code-actions.ts";
import { diagnoseDesign, toLspDiagnostics } from "./diagnostics.ts";
import { documentSymbols, outline } from "./document-symbols.ts";
import { hover } from "./hover.ts";
import { fromLspPosition, toLspPosition } from "./lsp.ts";
import { elementAt } from "./rule-at.ts";
import { encodeSemanticTokens, semanticTokens } from "./semantic-tokens.ts";

const path = "apparmor.d/usr.bin.x";
const text = `abi <abi/3.0>,
include <tunables/global>
@{DATA} = /srv/x
# about x
profile x /usr/bin/x flags=(complain) {
  include <abstractions/base>
  audit capability net_raw,
  network inet stream,
  owner @{DATA}/** rw,
  /bin/sh Pix,

  ^worker {
    /etc/x r,
  }
}
`;
const view = viewFile(path, text);
const at = (words: string) => text.indexOf(words);

/** Pieces of profiles put together at random: mostly broken, as text is while it is typed. */
const scraps = fc
  .array(
    fc.constantFrom(
      "profile x {",
      "}",
      "\n",
      "\r\n",
      " /a rw,",
      "capability",
      " net_raw,",
      "@{X}",
      "#c",
      '"',
      "deny ",
      "é😀",
      "^h {",
      "include <a>",
    ),
  )
  .map((parts) => parts.join(""));

describe("semantic tokens", () => {
  it("are in order, apart, not empty, and never blank, whatever the text is", () => {
    fc.assert(
      fc.property(scraps, (broken) => {
        let end = 0;
        for (const token of semanticTokens(viewFile(path, broken).tree)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(broken.slice(token.start, token.end).trim()).not.toBe("");
          end = token.end;
        }
      }),
    );
  });

  it("of a part of the text are those of the whole that touch it", () => {
    fc.assert(
      fc.property(scraps, fc.nat(100), fc.nat(100), (broken, a, b) => {
        const range = { start: Math.min(a, b), end: Math.max(a, b) };
        const { tree } = viewFile(path, broken);
        const inside = semanticTokens(tree).filter((token) => token.end > range.start && token.start < range.end);
        const part = semanticTokens(tree, range).filter((token) => token.end > range.start && token.start < range.end);
        expect(part).toEqual(inside);
      }),
    );
  });

  it("tell a variable inside a path", () => {
    const tokens = semanticTokens(view.tree).map((token) => [token.type, text.slice(token.start, token.end)]);
    expect(tokens).toContainEqual(["variable", "@{DATA}"]);
    expect(tokens).toContainEqual(["path", "/**"]);
    expect(tokens).toContainEqual(["keyword", "capability"]);
    expect(tokens).toContainEqual(["permissions", "rw"]);
    expect(tokens).toContainEqual(["comment", "# about x"]);
  });

  it("can be read back from the protocol's numbers", () => {
    const tokens = semanticTokens(view.tree);
    const data = encodeSemanticTokens(text, tokens);
    const lines = new LineIndex(text);
    let line = 0;
    let character = 0;
    const starts: number[] = [];
    for (let index = 0; index < data.length; index += 5) {
      const deltaLine = data[index] ?? 0;
      line += deltaLine;
      character = (deltaLine === 0 ? character : 0) + (data[index + 1] ?? 0);
      starts.push(fromLspPosition(lines, { line, character }));
    }
    expect(starts).toEqual(tokens.map((token) => token.start));
  });
});

describe("positions", () => {
  it("go to the protocol's and back", () => {
    fc.assert(
      fc.property(scraps, fc.nat(200), (broken, place) => {
        const lines = new LineIndex(broken);
        const offset = place % (broken.length + 1);
        expect(fromLspPosition(lines, toLspPosition(lines, offset))).toBe(offset);
      }),
    );
  });
});

/** What the hover says at a place of the example. */
const hoverWords = (place: number) => hover(view, place)?.paragraphs.join(" ") ?? "";

/** What the hover says at the beginning of rules in a profile. */
function ruleHover(rules: string): string {
  const source = `profile x {\n${rules}\n}\n`;
  return hover(viewFile(path, source), source.indexOf("\n") + 3)?.paragraphs.join(" ") ?? "";
}

describe("hover", () => {
  it("says what a capability lets a program do and how dangerous it is", () => {
    expect(hoverWords(at("net_raw") + 2)).toMatch(/`net_raw`: .*Danger: high/s);
  });

  it("says the whole rule in words, with its danger", () => {
    expect(ruleHover("  owner /srv/x rwk,")).toMatch(
      /May read, write and lock `\/srv\/x`, but only what belongs to the user it runs as/,
    );
    expect(ruleHover("/bin/sh Ux,")).toMatch(/May start `\/bin\/sh`, to run without any profile\. Danger: high/);
    expect(ruleHover("network,")).toMatch(/May use sockets of every kind\. Danger: high/);
    expect(ruleHover("capability,")).toMatch(/every capability.* Danger: total/);
    expect(ruleHover("deny capability chown,")).toMatch(
      /Is never allowed to give files to any user or group \(`chown`\)\. Attempts are not logged/,
    );
    expect(ruleHover("{ capability chown, }")).toMatch(/No parser keeps this rule/);
    expect(ruleHover("set rlimit nofile <= 3,")).toBe("May have at most 3 files and sockets open at once.");
  });

  it("says what includes, heads, hats and the lines of the preamble come to", () => {
    const source =
      "abi <abi/3.0>,\n$b = true\nalias /a -> /b,\nprofile x /usr/bin/x {\n include <abstractions/nameservice>\n ^guest { /g r, }\n}\n";
    const said = (needle: string) => hover(viewFile(path, source), source.indexOf(needle))?.paragraphs.join(" ");
    expect(said("<abi")).toMatch(/Is written for the features in `abi\/3\.0`/);
    expect(said("$b")).toBe("The switch `$b` is on.");
    expect(said("/a ->")).toBe(
      "What rules say of paths that begin with `/a` holds for those that begin with `/b` as well, denies too.",
    );
    expect(said("/usr/bin/x")).toMatch(/^The profile `x` confines `\/usr\/bin\/x`/);
    expect(said("<abstractions")).toMatch(/^Takes in the rules for looking up names .* Danger: medium/);
    expect(said("guest")).toMatch(/^The hat `guest` is for parts of a program under `x`/);
  });

  it("says what each permission of a rule means", () => {
    const said = hoverWords(at(" rw,") + 1);
    expect(said).toContain("`r`:");
    expect(said).toContain("`w`:");
    expect(hoverWords(at("Pix") + 1)).toContain("`Pix`:");
  });

  it("says what a variable stands for here", () => {
    expect(hoverWords(at("@{DATA}/**") + 3)).toContain("/srv/x");
  });

  it("says nothing in blanks and comments, and throws nowhere", () => {
    expect(hover(view, at("# about") + 3)).toBeNull();
    fc.assert(
      fc.property(scraps, fc.integer({ min: -5, max: 300 }), (broken, place) => {
        hover(viewFile(path, broken), place);
      }),
    );
  });
});

describe("outline", () => {
  it("counts the rules of each profile and hat by kind", () => {
    const [item] = outline(view);
    expect(item?.rules.map(({ kind, count }) => `${count} ${kind}`)).toEqual([
      "1 include",
      "1 capability",
      "1 network",
      "2 file",
    ]);
    expect(item?.children.map((child) => [child.form, child.rules[0]?.count])).toEqual([["hat", 1]]);
  });

  it("has the protocol's shape: each selection range lies in its range", () => {
    const symbols = documentSymbols(view);
    expect(symbols.map((symbol) => symbol.name)).toEqual(["@{DATA}", "x"]);
    expect(symbols[1]?.selectionRange.start).toEqual(symbols[1]?.range.start);
    expect(symbols[0]?.detail).toMatch(/^@\{DATA\} stands for /u);
    expect(symbols[1]?.detail).toMatch(
      /^The profile x confines \/usr\/bin\/x, .* 1 include, 1 capability rule, 1 network rule, 2 file rules\.$/u,
    );
  });
});

describe("the element at a place", () => {
  it("is the whole rule, with the innermost profile around it", () => {
    const found = elementAt(view, at("/etc/x") + 1);
    expect(text.slice(found.range?.start, found.range?.end)).toBe("/etc/x r,");
    expect(found.profile?.form).toBe("hat");
    const rule = elementAt(view, at("net_raw"));
    expect(text.slice(rule.range?.start, rule.range?.end)).toBe("audit capability net_raw,");
    expect(elementAt(view, at("# about")).range).toBeNull();
  });
});

describe("diagnostics and fixes", () => {
  const broken = text.replace("abi <abi/3.0>,\n", "").replace("stream,", "stream");

  it("stand within the text, sorted by place, whatever the text is", () => {
    fc.assert(
      fc.property(scraps, (words) => {
        let last = 0;
        for (const { range } of diagnoseDesign([{ path, text: words }])) {
          expect(range.start).toBeGreaterThanOrEqual(last);
          expect(range.end).toBeLessThanOrEqual(words.length);
          last = range.start;
        }
      }),
      { numRuns: 60 },
    );
  });

  it("tell syntax errors and lint in the protocol's shape", () => {
    const found = toLspDiagnostics(path, broken, diagnoseDesign([{ path, text: broken }]));
    expect(found.some((each) => each.code.startsWith("syntax/") && each.severity === 1)).toBe(true);
    for (const { range } of found) expect(range).not.toEqual({ start: range.end, end: range.end });
  });

  it("offer a fix where its finding stands, as edits that can be made", () => {
    const found = diagnoseDesign([{ path, text: broken }]);
    const fixable = found.find((each) => each.fixes !== undefined && each.fixes.length > 0);
    expect(fixable).toBeDefined();
    if (fixable === undefined) return;
    const offered = fixesAt(found, path, fixable.range);
    expect(offered[0]?.preferred).toBe(true);
    const actions = codeActions(offered, new Map([[path, broken]]));
    expect(actions[0]?.title).toBe(offered[0]?.fix.title);
    const lines = new LineIndex(broken);
    const edits = (actions[0]?.edit.changes[path] ?? []).map(({ range, newText }) => ({
      range: { start: fromLspPosition(lines, range.start), end: fromLspPosition(lines, range.end) },
      newText,
    }));
    expect(applyEdits(broken, edits)).not.toBe(broken);
    expect(codeActions(offered, new Map())).toEqual([]);
  });

  it("tell what is wrong in hauberk.json beside the rest", () => {
    const found = diagnoseDesign([
      { path: "hauberk.json", text: "{" },
      { path, text },
    ]);
    expect(found.some((each) => each.path === "hauberk.json" && each.severity === "error")).toBe(true);
  });
});
