import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { writeRule } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import { addRule, changeRule, removeRule, setCapability, setFlag, setName, setNetwork } from "./index.ts";
import { allProfiles, brokenLaw, ruleOf, ticksOf } from "./ticks.test-data.ts";

const rules = [
  "capability net_admin,",
  "capability chown fowner,",
  "deny capability sys_ptrace,",
  "network inet dgram,",
  "network netlink raw,",
  "deny network unix,",
  "/etc/passwd r,",
  "/etc/passwd   r,",
  "owner @{HOME}/.config/** rwk,",
  "audit deny /etc/shadow w,",
  '"/opt/my app/**" mr,',
  "rw /tmp/x,",
  "/usr/bin/id Px -> other,",
  "file /bin/sh ix,",
  "/a wr,",
  "owner # whose\n /b r,",
  "signal send set=hup peer=x,",
  "ptrace (read),",
  "include <abstractions/base>",
  "#include <abstractions/nameservice>",
  "@{run}/x/{a,b}/[0-9]* rw,",
];

/** Profiles as people write them, with every habit of spacing: tabs, groups, comments, one line, no line end at the end. */
const profileText = fc
  .record({
    eol: fc.constantFrom("\n", "\r\n"),
    indent: fc.constantFrom("  ", "\t", "    ", ""),
    head: fc.constantFrom(
      "profile x {",
      "profile x /usr/bin/x flags=(audit) {",
      "/usr/bin/x {",
      "profile x (audit,debug)  {",
      "profile x\n{",
    ),
    oneLine: fc.boolean(),
    lines: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...rules) },
        { weight: 2, arbitrary: fc.constantFrom("", "  ", "# about what follows") },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "/c r, # why",
            "/c r,  /d w,",
            "deny { /e w, }",
            "^hat {\n  /h r,\n}",
            "if $x {\n /i r,\n}",
          ),
        },
      ),
      { maxLength: 9 },
    ),
    close: fc.constantFrom("}", "} # end", "\n}"),
    preamble: fc.constantFrom(
      "",
      "abi <abi/3.0>,\n\n",
      "# licence\n\n",
      "# vim\ninclude <tunables/global>\n\n",
      "@{X} = /a\n",
      "\n\n",
    ),
    end: fc.constantFrom("", "\n", "\n\n", "\nprofile z { }\n"),
  })
  .map(({ eol, indent, head, oneLine, lines, close, preamble, end }) => {
    const oneLined = lines.filter((line) => line.trim() !== "" && !line.includes("#") && !line.includes("\n"));
    const body = oneLine
      ? ` ${oneLined.map((line) => `${line} `).join("")}}`
      : `\n${lines.map((line) => `${line.trim() === "" ? line : indent + line}\n`).join("")}${close}`;
    return `${preamble}${head}${body}${end}`.replaceAll("\n", eol);
  });

describe("a tick shows in the view, is one hunk, and its untick gives the bytes back", () => {
  test("in profiles of every style", () => {
    fc.assert(
      fc.property(profileText, fc.nat(), (text, choice) => {
        const file = viewFile("apparmor.d/x", text);
        fc.pre(file.tree.errors.length === 0);
        const ticks = ticksOf(file, (count) => [...Array(count).keys()]);
        const broken = [0, 1, 2, 3].flatMap((step) => {
          const tick = ticks[(choice + step * 7919) % ticks.length];
          return tick === undefined ? [] : [brokenLaw(file, tick)];
        });
        // A rule that the example has already is told, not added twice.
        expect(broken.filter((law) => law !== null && !/already/u.test(law))).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  const corpus = join(
    process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12"),
    "etc/apparmor.d",
  );
  const files = existsSync(corpus)
    ? readdirSync(corpus, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== "README")
        .map(({ name }) => name)
    : [];
  if (files.length === 0)
    console.log(`edit laws: no packaged profiles below ${corpus}; only written examples are tried`);

  test.runIf(files.length > 0)("in Debian's packaged profiles, also with CR LF and without a last line end", () => {
    const broken: string[] = [];
    let count = 0;
    for (const name of files) {
      const text = readFileSync(join(corpus, name), "utf8");
      for (const variant of [text, text.replaceAll("\n", "\r\n"), text.trimEnd()]) {
        const file = viewFile(`apparmor.d/${name}`, variant);
        for (const tick of ticksOf(file, (rulesThere) => [0, rulesThere >> 1, rulesThere - 1])) {
          const law = brokenLaw(file, tick);
          count += 1;
          if (law !== null && !/already/u.test(law)) broken.push(`${name}: ${law}`);
        }
      }
    }
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(1000);
  });
});

describe("text from outside stays in its place", () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "/a",
          " ",
          ",",
          "\n",
          "}",
          "{",
          '"',
          "\\",
          "#",
          "rw",
          "@{X}",
          "->",
          ")",
          "(",
          "=",
          "capability,",
          "profile y { /** rw, }",
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join("")),
  );
  const text = "profile x {\n  /a r,\n}\n";

  /** Whatever the wish was, there is still one profile, and at most one rule more or another one in the place of `/a r,`. */
  function check(outcome: ReturnType<typeof addRule>): void {
    if (!outcome.ok) return;
    const file = viewFile("apparmor.d/x", applyEdits(text, outcome.edits[0]?.edits ?? []));
    expect(file.tree.errors).toEqual([]);
    expect(allProfiles(file)).toHaveLength(1);
    expect(file.looseRules).toEqual([]);
    expect(file.variables).toEqual([]);
    const found = (file.profiles[0]?.rules ?? []).map(({ rule }) => writeRule(rule.value));
    expect(found.length).toBeLessThanOrEqual(2);
    if (found.length === 2) expect(found).toContain("/a r,");
  }

  test("whatever is given as a path, target, name, capability, family or flag", () => {
    const file = viewFile("apparmor.d/x", text);
    const [profile] = file.profiles;
    const [placed] = profile?.rules ?? [];
    if (profile === undefined || placed?.rule.value.kind !== "file") throw new Error("the example is not as it was");
    const { rule } = placed;
    const value = placed.rule.value;
    fc.assert(
      fc.property(hostile, (word) => {
        check(addRule(file, profile, { ...value, path: word }));
        check(addRule(file, profile, { ...value, path: `/${word}` }));
        check(addRule(file, profile, { ...value, path: "/b", exec: "Px", execTarget: word }));
        check(changeRule(file, rule, { ...value, path: `/${word}` }));
        check(changeRule(file, rule, { ...value, exec: "Cx", execTarget: word }));
        check(setCapability(file, profile, word, { access: "allow" }));
        check(setNetwork(file, profile, { domain: word, type: word }, { access: "deny" }));
        check(setFlag(file, profile, word, true));
        check(setName(file, profile, word));
        check(addRule(file, profile, { ...value, kind: "capability", names: [word] }));
        const signal = ruleOf("signal send peer=x,");
        if (signal.kind === "signal") {
          check(addRule(file, profile, { ...signal, local: [{ key: "peer", operator: "=", values: [word] }] }));
          check(addRule(file, profile, { ...signal, local: [{ key: word, operator: "=", values: ["x"] }] }));
          check(addRule(file, profile, { ...signal, permissions: [word] }));
        }
        const rlimit = ruleOf("set rlimit nofile <= 1,");
        if (rlimit.kind === "rlimit") check(addRule(file, profile, { ...rlimit, value: word }));
      }),
      { numRuns: 400 },
    );
  });

  test("no edit throws on a text that is no policy", () => {
    const pieces = fc.array(
      fc.constantFrom(
        ...rules,
        "profile x {",
        "}",
        "{",
        "\n",
        ",",
        '"',
        "^h {",
        "flags=(",
        "abi <a>",
        "@{X} =",
        "if $x {",
        "é",
      ),
      { maxLength: 14 },
    );
    const words = fc.oneof(
      pieces.map((parts) => parts.join(" ")),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(words, (broken) => {
        const file = viewFile("apparmor.d/x", broken);
        for (const tick of ticksOf(file, (count) => [...Array(count).keys()])) {
          const outcome = tick.tick(file);
          if (outcome.ok) applyEdits(broken, outcome.edits[0]?.edits ?? []);
        }
        for (const { rule } of [...file.looseRules, ...allProfiles(file).flatMap((profile) => profile.rules)]) {
          const outcome = removeRule(file, rule);
          if (outcome.ok) applyEdits(broken, outcome.edits[0]?.edits ?? []);
        }
      }),
      { numRuns: 300 },
    );
  });
});
