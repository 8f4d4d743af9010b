import * as fc from "fast-check";
import { expect, test } from "vitest";
import { viewFile, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import { unreadParts } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import { sayProfile, sayRule } from "../words/index.ts";
import {
  addRule,
  changeRule,
  changeRules,
  copyRules,
  moveRules,
  removeRule,
  renameProfile,
  setCapability,
  setNetwork,
  setQualifiers,
  takeOutOfBlock,
  type EditOutcome,
} from "./index.ts";
import { ruleLines } from "./profile-text.test-data.ts";

/** A profile with a rule in its fourth line. */
function withRule(line: string): {
  readonly file: FileView;
  readonly profile: ProfileView;
  readonly rule: ProfileRule;
} {
  const file = viewFile("apparmor.d/x", `profile x {\n  /before r,\n  # about it\n  ${line}\n  /behind r,\n}\n`);
  const [profile] = file.profiles;
  const rule = profile?.rules[1];
  if (profile === undefined || rule === undefined) throw new Error(`no rule is found in ${line}`);
  return { file, profile, rule };
}

/** Rules with a part that can't be read, and that part. */
const unreadable = [
  ["/srv/a r foo,", "foo"],
  ["/usr/bin/k Px -> a b,", "b"],
  ["/srv/c rw bar", "bar"],
  ["capability chown kill !!,", "!!"],
  ["mount options!=(rw) fstype!=ext4 /dev/a -> /mnt/,", "!=(rw) fstype!=ext4 /dev/a -> /mnt/"],
  ['signal send peer=~"foo",', '"foo"'],
  ["set rlimit data <= unlimited,", "unlimited"],
  ["network inet stream foo,", "foo"],
  ["mount /dev/a # which\n  -> /mnt/,", "# which"],
  ["/usr/bin/k Px ->,", "->"],
  ["mount /dev/a ->,", "->"],
  ["r ,", "r"],
  ["priority=x /a r,", "=x"],
] as const;

test.each(unreadable)("%s is changed by nothing, says which part is why, and can be taken away", (line, part) => {
  const { file, profile, rule } = withRule(line);
  const reason = `\`${part}\` in line 4 can't be read as part of this rule; mend it in the text first`;
  const { value } = rule.rule;
  const audited = { ...value, qualifiers: { ...value.qualifiers, audit: true } };
  const refused = { ok: false, reason };
  expect(changeRule(file, rule, audited)).toEqual(refused);
  expect(changeRule(file, rule, value)).toEqual(refused);
  expect(
    changeRules(
      file,
      profile.rules.map((placed) => ({ placed, to: placed.rule.value })),
    ),
  ).toEqual(refused);
  expect(setQualifiers(file, profile.rules, { audit: true })).toEqual(refused);
  expect(sayRule(file.tree, rule).sentence).toContain(
    `A part of it can't be read, and may say otherwise: \`${part}\`.`,
  );
  const said = sayProfile(file, profile).sections.flatMap(({ sayings }) => sayings);
  const own = said.filter(({ sentence }) => sentence.includes(`can't be read, and may say otherwise: \`${part}\``));
  expect(own.flatMap(({ from }) => from.map(({ start }) => start))).toContain(rule.rule.node.start);
  expect(after(file, removeRule(file, rule.rule))).toBe(file.tree.text.replace(`  ${line}\n`, ""));
});

test.each(["/srv/a,", "~/x r,", "/srv/a r", "capability chown", "network inet,", "/a wr,"])(
  "%s is read whole",
  (line) => {
    const { file, profile } = withRule(line);
    expect(profile.rules.flatMap(({ rule }) => unreadParts(file.tree, rule))).toEqual([]);
  },
);

test("a box leaves a rule alone of which a part can't be read, also where unticking would remove it", () => {
  const { file, profile } = withRule("capability chown kill !!,");
  const capability = withRule("capability chown !!,");
  const network = withRule("network inet stream foo,");
  const box = { domain: "inet", type: "stream" };
  expect([
    setCapability(file, profile, "chown", { access: "allow", audit: true }),
    setCapability(file, profile, "chown", { access: "none" }),
    setCapability(capability.file, capability.profile, "chown", { access: "none" }),
    setCapability(capability.file, capability.profile, "chown", { access: "deny" }),
    setNetwork(network.file, network.profile, box, { access: "deny" }),
    setNetwork(network.file, network.profile, box, { access: "none" }),
  ]).toEqual(["!!", "!!", "!!", "!!", "foo", "foo"].map(refusedBy));
  expect(setCapability(file, profile, "sys_ptrace", { access: "allow" }).ok).toBe(true);
});

function refusedBy(part: string): unknown {
  return { ok: false, reason: `\`${part}\` in line 4 can't be read as part of this rule; mend it in the text first` };
}

test("a rule that can't be read whole is not the same as another, nor named anew, nor taken out of its block", () => {
  const { file, profile, rule } = withRule("/srv/a r foo,");
  expect(addRule(file, profile, rule.rule.value).ok).toBe(true);

  const two = viewFile("apparmor.d/x", "profile x {\n  /srv/a r foo,\n}\nprofile y {\n  /srv/a r,\n}\n");
  const [from, to] = two.profiles;
  const garbage = from?.rules.slice(0, 1) ?? [];
  if (to === undefined) throw new Error("no second profile");
  expect(after(two, moveRules(two, garbage, { file: two, profile: to }))).toContain("  /srv/a r foo,\n");
  expect(after(two, copyRules(two, garbage, { file: two, profile: to })).split("/srv/a r foo,")).toHaveLength(3);

  const named = viewFile("apparmor.d/x", "profile x {\n  /a Px -> y b,\n}\nprofile y { }\n");
  const y = named.profiles[1];
  if (y === undefined) throw new Error("no second profile");
  const renamed = renameProfile([named], { path: "apparmor.d/x", profile: y }, "z");
  expect(renamed.ok ? "" : renamed.reason).toContain("`b` in line 2 can't be read");

  const block = viewFile("apparmor.d/x", "profile x {\n  audit {\n    /a r foo,\n  }\n}\n");
  expect(takeOutOfBlock(block, block.profiles[0]?.rules ?? []).ok).toBe(false);
});

/** The text after an edit; as it was where it is refused. */
function after(file: FileView, outcome: EditOutcome): string {
  return outcome.ok
    ? applyEdits(
        file.tree.text,
        outcome.edits.flatMap(({ edits }) => edits),
      )
    : file.tree.text;
}

/** True where all that is not white space in one text stands in the other, in this order. */
function keeps(all: string, part: string): boolean {
  let at = 0;
  for (const letter of part.replaceAll(/\s/gu, "")) {
    at = all.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

test("whatever stands in a rule that can't be read, a tick that adds a word takes none away", () => {
  const lines = ruleLines.filter((line) => !/include|^audit/u.test(line));
  const garbage = fc.constantFrom(
    "foo",
    "!!",
    '"x y"',
    "->",
    "=",
    "!=(rw)",
    "(",
    ")",
    "a=",
    '~"b"',
    "é",
    "rw",
    "/b",
    "peer=(",
    "<=",
    "owner",
    "\\",
    "@{",
    ":",
  );
  const kinds = [
    ...lines,
    "mount fstype=ext4 /dev/a -> /mnt/,",
    "set rlimit nofile <= 10,",
    "unix (send) peer=(label=x),",
    "change_profile /a -> b,",
    "umount /mnt/,",
    "dbus send bus=system,",
    "link /a -> /b,",
    "pivot_root /a /b,",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), garbage, fc.nat(), fc.boolean(), (line, word, place, blank) => {
      const gaps = [...line.matchAll(/\s|,|=|$/gu)].map(({ index }) => index);
      const at = gaps[place % gaps.length] ?? 0;
      const space = blank ? " " : "";
      const file = viewFile("apparmor.d/x", `profile x {\n  ${line.slice(0, at)}${space}${word}${line.slice(at)}\n}\n`);
      fc.pre(file.tree.errors.length > 0);
      const rules = file.profiles.flatMap((profile) => profile.rules);
      const texts = rules.flatMap((placed) => {
        const { value } = placed.rule;
        const outcome = changeRule(file, placed, { ...value, qualifiers: { ...value.qualifiers, audit: true } });
        return value.qualifiers.audit || !outcome.ok ? [] : [after(file, outcome)];
      });
      expect(texts.filter((text) => !keeps(text, file.tree.text))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
