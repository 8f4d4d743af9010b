import { readRuleText } from "@hauberk/core/rules";
import { describe, expect, it } from "vitest";

import { ruleDraft } from "../../panel/rule-form/index.ts";
import { ipcPresets } from "./ipc-presets.ts";
import { standingOfKind, standingOfRule } from "./ipc-standing.ts";

const debian12 = { label: "Debian 12", parser: "3.0.8", kernel: "6.1" };
const debian13 = { label: "Debian 13", parser: "4.1.0", kernel: "6.12" };
const newest = { label: "Debian sid", parser: "5.0.2", kernel: "7.2" };

function rule(text: string) {
  const value = readRuleText(text);
  if (value === undefined) throw new Error(`no rule: ${text}`);
  return value;
}

describe("presets of IPC", () => {
  const all = Object.values(ipcPresets).flat();

  it.each(all.map((preset) => [preset.label, preset.value] as const))("%s: a rule that no parser minds", (_, value) => {
    const { refusal, problems, words } = ruleDraft(value);
    expect([refusal, problems]).toEqual([null, []]);
    expect(words?.sentence).not.toBe("");
  });

  it("are told apart by their labels", () => {
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
  });
});

describe("what becomes of a unix rule", () => {
  it("is said where the kernel knows no single sockets", () => {
    const value = rule("unix (connect) type=stream peer=(addr=@x),");
    expect(standingOfRule(value, [debian12])).toEqual([expect.stringContaining("`unix type=stream,`")]);
    expect(standingOfRule(value, [debian13])).toEqual([expect.stringContaining("addresses and peers are dropped")]);
    expect(standingOfRule(value, [newest])).toEqual([]);
  });

  it("is said of operations that 3.0.8 leaves out, and of denies that all leave out", () => {
    expect(standingOfRule(rule("unix (connect),"), [debian12])).toEqual([expect.stringContaining("every unix socket")]);
    const deny = rule("deny unix,");
    expect(standingOfRule(deny, [debian12, debian13])).toEqual([expect.stringContaining("refuses nothing")]);
    expect(standingOfRule(deny, [newest])).toEqual([]);
  });

  it("is not said where the rule holds as it reads, or nobody knows the target", () => {
    expect(standingOfRule(rule("unix,"), [debian12])).toEqual([]);
    expect(standingOfRule(rule("unix (send),"), [{ label: "host", parser: null, kernel: null }])).toEqual([]);
    expect(standingOfRule(rule("signal peer=a,"), [debian12])).toEqual([]);
  });
});

describe("what becomes of a kind", () => {
  it("is said for D-Bus before 7.2 and for message queues everywhere", () => {
    expect(standingOfKind("dbus", [debian12, newest])).toEqual([expect.stringContaining("Debian 12")]);
    expect(standingOfKind("dbus", [newest])).toEqual([]);
    expect(standingOfKind("mqueue", [newest])).toHaveLength(1);
    expect(standingOfKind("signal", [debian12])).toEqual([]);
  });
});
