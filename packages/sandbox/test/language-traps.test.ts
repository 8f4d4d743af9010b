import { allRules, viewFile } from "@hauberk/core/design";
import { takeOutOfBlock } from "@hauberk/core/edit";
import { diagnose } from "@hauberk/core/lint";
import { applyEdits } from "@hauberk/core/text";
import { sayRule } from "@hauberk/core/words";
import { afterAll, expect, test } from "vitest";
import { createSandbox } from "../src/index.ts";

/** What core says of the language's traps, held against Debian 12's own parser. docs/apparmor-facts.md lists them. */
const sandbox = createSandbox({ perClient: 2 });
afterAll(() => sandbox.close());

const textOf = (rules: string): string => `abi <abi/3.0>,\nprofile x {\n${rules}\n}\n`;

/** The hash of the compiled policy, or `refused`. */
const compiled = (rules: string): Promise<string> => compiledText(textOf(rules));

async function compiledText(text: string): Promise<string> {
  const files = [{ path: "apparmor.d/x", text }];
  for await (const { verdict } of sandbox.validate({ name: "traps", files, targets: ["debian-12"], effort: "full" })) {
    return verdict.compiled?.sha256 ?? "refused";
  }
  throw new Error("the sandbox gave no verdict");
}

function sentenceOf(rule: string): string {
  const file = viewFile("apparmor.d/x", textOf(rule));
  return allRules(file)
    .map((placed) => sayRule(file.tree, placed).sentence)
    .join(" ");
}

const codes = (rules: string): string[] => codesOf(textOf(rules));

const codesOf = (text: string): string[] =>
  diagnose([viewFile("apparmor.d/x", text)], { config: null })
    .filter(({ severity }) => severity !== "info")
    .map(({ code }) => code);

test.each(["capability chown,", "network inet dgram,", "unix,", "signal,", "ptrace,", "mount,", "set rlimit nofile <= 3,", "^h { /a r, }"])(
  "%s is forgotten in a block, and core says so",
  async (rule) => {
    expect(await compiled(`{ ${rule} }`)).toBe(await compiled(""));
    expect(await compiled(rule)).not.toBe(await compiled(""));
    expect(codes(`{ ${rule} }`)).toEqual(["lint/rules-in-block"]);
  },
); // prettier-ignore

test.each(["/a w,", "link /a -> /b,", "change_profile -> b,"])("%s is kept in a block", async (rule) => {
  expect(await compiled(`{ ${rule} }`)).toBe(await compiled(rule));
  expect(codes(`{ ${rule} }`)).toEqual([]);
});

const whole = (rules: string): string => `abi <abi/3.0>,\n$on = true\nprofile x {\n${rules}\n}\n`;

test.each([
  "network inet dgram,",
  "signal,",
  "unix,",
  "ptrace,",
  "mount,",
  "set rlimit nofile <= 3,",
  "deny network inet,",
])("AppArmor 3 forgets %s in a conditional, and core says so", async (rule) => {
  expect(await compiledText(whole(`if $on { ${rule} }`))).toBe(await compiledText(whole("")));
  expect(await compiledText(whole(rule))).not.toBe(await compiledText(whole("")));
  expect(codesOf(whole(`if $on { ${rule} }`))).toContain("lint/rules-in-conditional");
});

test.each(["/a w,", "link /a -> /b,", "capability chown,", "change_profile -> b,"])(
  "%s is kept in a conditional",
  async (rule) => {
    expect(await compiledText(whole(`if $on { ${rule} }`))).toBe(await compiledText(whole(rule)));
    expect(codesOf(whole(`if $on { ${rule} }`))).toEqual([]);
  },
);

test("AppArmor 3 gives no policy for a conditional below a network rule, and core says so before", async () => {
  const text = whole("network inet stream,\nif $on { /a r, }");
  expect(await compiledText(text)).toBe("refused");
  expect(codesOf(text)).toEqual(["lint/network-before-conditional"]);
  expect(await compiledText(whole("if $on { /a r, }\nnetwork inet stream,"))).not.toBe("refused");
});

test.each(["audit { capability chown, }", "owner { audit { /b r, } signal, }", "{ deny /a w, }"])(
  "what is taken out of %s holds",
  async (text) => {
    const file = viewFile("apparmor.d/x", textOf(text));
    const outcome = takeOutOfBlock(file, file.profiles[0]?.rules.slice(-1) ?? []);
    expect(outcome.ok).toBe(true);
    const edits = outcome.ok ? (outcome.edits[0]?.edits ?? []) : [];
    const after = applyEdits(file.tree.text, edits);
    const inside = after.slice(after.indexOf("{\n") + 2, after.lastIndexOf("\n}"));
    expect(await compiled(inside)).not.toBe("refused");
    expect(codes(inside)).toEqual([]);
  },
);

test.each([
  ["deny { /a w, }", "lint/deny-block"],
  ["deny file,", "rule/deny-exec-mode"],
  ["network inet,}", "rule/clinging-comma"],
  ["network # c\ninet dgram,", "syntax/comment-in-rule"],
  ["{ change_profile /a -> b, }", "policy/block-change-profile"],
])("%s is refused, and core says so", async (rule, code) => {
  expect(await compiled(rule)).toBe("refused");
  expect(codes(rule)).toContain(code);
});

test.each([
  ["foo r,", "lint/bare-word-path"],
  ["/a all,", "syntax/expected"],
])("%s is accepted, and core warns", async (rule, code) => {
  expect(await compiled(rule)).not.toBe("refused");
  expect(codes(rule)).toEqual([code]);
});

test.each([
  ["unix (connect, send) type=stream peer=(addr=@x),", "unix type=stream,"],
  ["unix (connect) type=stream,", "unix type=stream,"],
  ["unix (connect) peer=(label=b),", "unix,"],
  ["unix type=stream,", "network unix stream,"],
])("AppArmor 3 makes %s the same as %s on 6.1, and the sentence says so", async (rule, wider) => {
  expect(await compiled(rule)).toBe(await compiled(wider));
  const narrowed = rule.includes("(");
  expect(sentenceOf(rule)).toMatch(narrowed ? /AppArmor 3|elsewhere such sockets are open/u : /^May use unix sockets/u);
});

test.each(["deny unix,", "audit deny unix,", "deny unix type=stream,", "deny unix (connect) peer=(addr=@x),"])(
  "%s refuses nothing on 6.1, and core says so",
  async (deny) => {
    expect(await compiled(deny)).toBe(await compiled(""));
    expect(await compiled(`unix, ${deny}`)).toBe(await compiled("unix,"));
    expect(codes(deny)).toEqual(["lint/deny-unix"]);
    expect(sentenceOf(deny)).toContain("it has no effect");
  },
);

test("deny network unix does refuse", async () => {
  expect(await compiled("network unix, deny network unix,")).toBe(await compiled("deny network unix,"));
  expect(await compiled("deny network unix,")).not.toBe(await compiled(""));
});

test.each([
  ["mount,", ["mount options=bind,", "mount options=move,", "remount options=ro,"]],
  ["mount /s/ -> /t/,", ["mount options=bind /s/ -> /t/,", "mount options=move /s/ -> /t/,"]],
  ["mount -> /t/,", ["mount options=(remount, ro) -> /t/,", "mount options=bind /s/ -> /t/,"]],
  ["mount options in (bind, ro) /s/ -> /t/,", ["mount options=bind /s/ -> /t/,", "mount options=ro /s/ -> /t/,"]],
])("%s takes in %s", async (rule, others) => {
  for (const other of others) expect(await compiled(`${rule} ${other}`)).toBe(await compiled(rule));
});

test.each([
  ["umount fstype=tmpfs options=ro /t/,", "umount /t/,"],
  ["remount,", "remount options=(rw, suid),"],
  ["mount options=ro options=nodev /s/ -> /t/,", "mount options=(ro, nodev) /s/ -> /t/,"],
  ["file,", "/{**,} rwmlkix,"],
  ["/bin/a Cx -> &b,", "/bin/a Px -> x//&b,"],
  ["change_profile,", "change_profile -> **,"],
])("%s is the same as %s", async (rule, other) => {
  expect(await compiled(rule)).not.toBe("refused");
  expect(await compiled(rule)).toBe(await compiled(other));
});
