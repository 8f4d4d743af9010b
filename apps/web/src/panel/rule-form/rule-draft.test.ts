import { readRuleText } from "@hauberk/core/rules";
import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import { ruleDraft } from "./rule-draft.ts";

function draftOf(text: string) {
  const value = readRuleText(text);
  if (value === undefined) throw new Error(`no rule: ${text}`);
  return ruleDraft(value);
}

describe("ruleDraft", () => {
  it("says a rule and writes it", () => {
    const draft = draftOf("signal (send) set=(hup, term) peer=foo,");
    expect(draft.text).toBe("signal (send) set=(hup, term) peer=foo,");
    expect(draft.refusal).toBeNull();
    expect(draft.problems).toEqual([]);
    expect(draft.words?.sentence).toMatch(/hup/);
  });

  it.each([
    ["signal (send) set=(hup, SIGTERM),", "local:set", "SIGTERM"],
    ["signal (fly),", "permissions", "fly"],
    ["unix (bind) peer=(label=x),", "permissions", "bind"],
    ["unix peer=(type=stream),", "peer:type", "type="],
    ["unix addr=/run/x,", "local:addr", "/run/x"],
    ["mqueue type=sysv /a,", "operand", "/a"],
    ["mount options=(ro, flying) /a -> /b,", "local:options", "flying"],
    ["dbus (bind, send) name=x,", "permissions", "send"],
    ["set rlimit nofile <= 1KB,", "value", "takes no unit"],
    ["priority=2000 capability kill,", "qualifiers", "priority"],
    ["capability NET_RAW,", "name", "NET_RAW"],
  ])("%s: the problem stands at its field", (text, field, words) => {
    const { problems } = draftOf(text);
    expect(problems).toContainEqual({ field, message: expect.stringContaining(words) });
  });

  it.each([
    ["mount fstype=tmpfs -> /mnt/[a,", "target", "not closed"],
    ["mount /dev/{a -> /mnt/,", "source", "not closed"],
    ["unix addr=a,", "local:addr", "`@`"],
    ["unix peer=(addr=a),", "peer:addr", "`@`"],
    ["signal peer=t//ch{,", "local:peer", "not closed"],
    ["set rlimit nofile <= -3,", "value", "below 0"],
  ])("%s: can't be saved, and says so at its field instead of a sentence", (text, field, words) => {
    const { refusal, problems, words: said } = draftOf(text);
    expect(problems).toEqual([{ field, message: expect.stringContaining(words) }]);
    expect([refusal, said]).toEqual([problems[0]?.message, null]);
  });

  it("says why what is no one rule can't be written", () => {
    const mount = readRuleText("mount fstype=tmpfs -> /mnt/,");
    const limit = readRuleText("set rlimit as <= 1MB,");
    if (mount?.kind !== "mount" || limit?.kind !== "rlimit") throw new Error("no rule");
    expect(ruleDraft({ ...mount, target: '/mnt/"q"/' }).refusal).toContain('`\\"`');
    expect(ruleDraft({ ...mount, target: '/mnt/\\"q\\"/' }).refusal).toBeNull();
    expect(ruleDraft({ ...limit, value: "1.5" })).toMatchObject({
      refusal: expect.stringContaining("whole number"),
      problems: [{ field: "value" }],
    });
  });

  it("refuses what would be two rules, and never throws", () => {
    const value = readRuleText("ptrace (read) peer=a,");
    if (value?.kind !== "ptrace") throw new Error("no rule");
    const peer = (text: string) => ({ ...value, local: [{ key: "peer", operator: "=" as const, values: [text] }] });
    expect(ruleDraft(peer("a,\n  capability sys_admin")).refusal).not.toBeNull();
    assert(
      property(string(), (text) => {
        expect(typeof ruleDraft(peer(text)).text).toBe("string");
      }),
    );
  });
});
