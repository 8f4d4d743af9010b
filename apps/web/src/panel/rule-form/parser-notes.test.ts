import { readRuleText } from "@hauberk/core/rules";
import { describe, expect, it } from "vitest";

import { compareVersions, parserNotes, type TargetParser } from "./parser-notes.ts";
import { ruleFields } from "./rule-fields.ts";

const debian12 = { label: "Debian 12", parser: "3.0.8", kernel: "6.1" };
const debian13 = { label: "Debian 13", parser: "4.1.0", kernel: "6.12" };

function notesOf(text: string, targets: readonly TargetParser[] = [debian12, debian13]): readonly string[] {
  const value = readRuleText(text);
  if (value === undefined) throw new Error(`no rule: ${text}`);
  return parserNotes(value, ruleFields(value), targets);
}

describe("parserNotes", () => {
  it.each([
    ["userns create,", "`userns`"],
    ["all,", "`all`"],
    ["priority=3 mount,", "`priority=`"],
    ["prompt mount,", "`prompt`"],
    ["signal (send) set=tstp,", "`tstp`"],
    ["mount options=(ro, nosymfollow) /a -> /b,", "`nosymfollow`"],
    ["network (create) inet,", "`create`"],
  ])("%s: says that 3.0.8 refuses it, and 4.1.0 not", (text, words) => {
    const notes = notesOf(text);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(words);
    expect(notes[0]).toContain("Debian 12");
  });

  it("says that only 5.0.2 takes a deny of everything", () => {
    expect(notesOf("deny all,")).toHaveLength(2);
  });

  it("says nothing of what every parser takes, and of targets nobody knows", () => {
    expect(notesOf("signal (send) set=term,")).toEqual([]);
    expect(notesOf("userns,", [{ label: "host", parser: null, kernel: null }])).toEqual([]);
  });

  it("says that no parser takes quiet", () => {
    const value = readRuleText("deny mount,");
    if (value === undefined) throw new Error("no rule");
    const quiet = { ...value, qualifiers: { ...value.qualifiers, quiet: true } };
    expect(parserNotes(quiet, ruleFields(quiet), [])).toEqual([expect.stringContaining("`quiet`")]);
  });
});

describe("compareVersions", () => {
  it("goes by numbers", () => {
    expect(compareVersions("6.1", "6.12")).toBeLessThan(0);
    expect(compareVersions("4.1.0", "4.1")).toBe(0);
    expect(compareVersions("10.0", "9.9")).toBeGreaterThan(0);
    expect(compareVersions("4.0.1-2ubuntu3", "4.1.0")).toBeLessThan(0);
  });
});
