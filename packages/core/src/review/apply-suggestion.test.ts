import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { allRules, viewFile, type DesignFile } from "../design/index.ts";
import { applyEdits } from "../text/index.ts";
import { applySuggestion, makeAnchor, type SuggestionOutcome } from "./index.ts";

const text = `include <tunables/global>
@{DATA} = /srv

profile agent /usr/bin/agent {
  # the configuration
  /etc/agent/config   r,   # read at start
  capability chown,
  if $debug {
    /var/log/debug w,
  }
  profile child { /etc/hosts r, }
}
`;
const path = "apparmor.d/usr.bin.agent";

function suggest(at: string, suggestion: string, file: DesignFile = { path, text }): SuggestionOutcome {
  const start = file.text.indexOf(at);
  const anchor = makeAnchor(viewFile(file.path, file.text), { start, end: start });
  if (anchor === null) throw new Error(`nothing stands at ${at}`);
  return applySuggestion([file, { path: "hauberk.json", text: "{}" }], anchor, suggestion);
}

/** The text afterwards, or the reason why not. */
function result(outcome: SuggestionOutcome, before = text): string {
  if (!outcome.ok) return outcome.reason;
  return outcome.edits.reduce((now, { edits }) => applyEdits(now, edits), before);
}

describe("a suggestion", () => {
  it("stands in the place of its rule, and nothing else changes", () => {
    const outcome = suggest("/etc/agent/config", "/etc/agent/** r,");
    expect(outcome).toMatchObject({ label: "apply the suggestion for `/etc/agent/config r,`" });
    expect(result(outcome)).toBe(text.replace("/etc/agent/config   r,", "/etc/agent/** r,"));
  });

  it("of several lines is indented as its rule is, and its lines end as the file's do", () => {
    const suggestion = "\n    # own logs\n    owner /var/log/debug w,\n      /var/log/other w,\n";
    const lines = ["# own logs", "    owner /var/log/debug w,", "      /var/log/other w,"];
    expect(result(suggest("/var/log/debug", suggestion))).toBe(text.replace("/var/log/debug w,", lines.join("\n")));
    const crlf = text.replaceAll("\n", "\r\n");
    expect(result(suggest("/var/log/debug", suggestion, { path, text: crlf }), crlf)).toBe(
      crlf.replace("/var/log/debug w,", lines.join("\r\n")),
    );
  });

  it("that is empty takes the rule away with its line", () => {
    expect(result(suggest("capability", "  \n"))).toBe(text.replace("  capability chown,\n", ""));
  });

  it("changes settings outside of profiles, and rules of abstractions", () => {
    expect(result(suggest("@{DATA}", "@{DATA} = /srv /mnt"))).toBe(text.replace("/srv", "/srv /mnt"));
    const piece = { path: "apparmor.d/abstractions/agent", text: "/etc/a r,\n" };
    expect(result(suggest("/etc/a", "/etc/b r,", piece), piece.text)).toBe("/etc/b r,\n");
  });

  it.each([
    ["no rule", "capability", "please don't", /^the suggestion can't be read in its line 1: /u],
    ["half a rule", "capability", "/etc/x r", /^the suggestion can't be read in its line 1: /u],
    ["the second line wrong", "capability", "/etc/x r,\n/etc/y q", /in its line 2: /u],
    ["the end of the profile", "capability", "/etc/x r, } profile evil /x { /** rwix,", /^the suggestion /u],
    [
      "a profile",
      "capability",
      "profile evil { /** rw, }",
      "the suggestion holds a profile; only rules can be suggested",
    ],
    ["a comment that hides what follows", "/etc/hosts", "/etc/x r, # and", /^it would (?:break|change)/u],
    ["a rule that no parser takes", "capability", "capability flying,", /^no parser would accept it: /u],
    ["what stands there already", "capability", "capability chown,", "the rule says so already"],
    ["a head", "profile agent", "profile agent /bin/x", /^this is the head of a profile/u],
  ])("is refused: %s", (_name, at, suggestion, reason) => {
    const outcome = suggest(at, suggestion);
    expect(outcome.ok).toBe(false);
    expect(result(outcome)).toMatch(reason);
  });

  it("is refused where its rule is another one by now, or the file is gone", () => {
    const place = { file: path, profile: "agent", start: 0, end: 5, text: "/etc/x r," };
    expect(applySuggestion([{ path, text }], place, "/etc/y r,")).toEqual({
      ok: false,
      reason: "the rule has been changed since this was suggested; look at it as it stands now",
    });
    expect(applySuggestion([], place, "/etc/y r,")).toMatchObject({ ok: false });
  });
});

function rules(file: string): string[] {
  return allRules(viewFile(path, file)).map(({ rule: { node } }) => file.slice(node.start, node.end));
}

test("whatever is suggested, the edits are refused or leave all other rules as they are", () => {
  const words = fc.constantFrom(
    "/etc/x r,",
    "deny",
    "{",
    "}",
    "#",
    "\n",
    "profile",
    " ",
    "capability",
    "if",
    '"',
    "(",
    ",",
  );
  const suggestion = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 8 }).map((parts) => parts.join(" ")),
  );
  fc.assert(
    fc.property(suggestion, fc.constantFrom("/etc/agent/config", "capability", "/etc/hosts"), (made, at) => {
      const outcome = suggest(at, made);
      const after = outcome.ok ? result(outcome) : text;
      const rest = rules(text).filter((rule) => !rule.startsWith(at));
      expect(rules(after)).toEqual(expect.arrayContaining(rest));
      expect(viewFile(path, after).profiles).toHaveLength(1);
    }),
  );
});
