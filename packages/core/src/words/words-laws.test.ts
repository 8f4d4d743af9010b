import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { viewFile } from "../design/index.ts";
import { type Condition, noQualifiers, type Qualifiers, type RuleValue, writeRule } from "../rules/index.ts";
import { execModes, rlimits } from "../vocabulary/index.ts";
import { sayFileLines, sayPaths, sayProfile, sayRule, sayValue } from "./index.ts";

/** What no sentence may hold: traces of a value that nobody thought of. */
const broken = /undefined|\bnull\b|NaN|\[object|\bunknown\b| {2}|,,|^\s*$|\s[.,]/u;

/** The sentence without what the user wrote, which may hold anything. */
function ownWords(sentence: string): string {
  return sentence.replaceAll(/`[^`]*`/gu, "`x`");
}

const word = fc.stringMatching(/^[a-z][a-z_0-9]{0,8}$/u);
const glob = fc
  .array(
    fc.constantFrom(
      "/",
      "a",
      "lib",
      "*",
      "**",
      "?",
      "[a-z]",
      "[^.]",
      "{a,b}",
      "{,**}",
      "@{HOME}",
      "@{pid}",
      "`",
      ".so",
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => `/${parts.join("")}`);
const anyText = fc.oneof(glob, word, fc.string({ maxLength: 20 }));
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

const qualifiers: fc.Arbitrary<Qualifiers> = fc.record({
  priority: orNull(fc.integer({ min: -99, max: 99 })),
  audit: fc.boolean(),
  quiet: fc.boolean(),
  access: fc.constantFrom(null, "allow", "deny", "prompt"),
  owner: fc.constantFrom(null, "owner", "other"),
});
const conditions: fc.Arbitrary<Condition[]> = fc.array(
  fc.record({
    key: fc.constantFrom(
      "peer",
      "set",
      "label",
      "addr",
      "ip",
      "port",
      "type",
      "bus",
      "path",
      "name",
      "member",
      "interface",
      "fstype",
      "options",
      "oldroot",
      "what",
    ),
    operator: fc.constantFrom("=", "in"),
    values: fc.array(anyText, { maxLength: 3 }),
  }),
  { maxLength: 3 },
);
const permissions = fc.array(
  fc.constantFrom("send", "receive", "r", "w", "rw", "read", "trace", "create", "bind", "eavesdrop", "open", "x"),
  { maxLength: 3 },
);

const values: fc.Arbitrary<RuleValue> = fc.oneof(
  fc.record({
    kind: fc.constant("file"),
    qualifiers,
    keyword: fc.boolean(),
    path: orNull(anyText),
    permissions: fc.uniqueArray(fc.constantFrom("r", "w", "a", "k", "l", "m"), { maxLength: 6 }),
    exec: orNull(fc.constantFrom(...execModes.map(({ name }) => name))),
    execTarget: orNull(anyText),
    permissionsFirst: fc.boolean(),
    safety: fc.constantFrom(null, "safe", "unsafe"),
  }),
  fc.record({
    kind: fc.constant("capability"),
    qualifiers,
    names: fc.array(fc.oneof(word, fc.constantFrom("setuid", "sys_admin")), { maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant("network"),
    qualifiers,
    permissions,
    domain: orNull(fc.oneof(word, fc.constantFrom("inet", "inet6", "unix", "ipx"))),
    type: orNull(fc.oneof(word, fc.constantFrom("stream", "raw", "rdm"))),
    protocol: orNull(fc.constantFrom("tcp", "udp", "icmp")),
    local: conditions,
    peer: conditions,
  }),
  fc.record({
    kind: fc.constantFrom("signal", "ptrace", "unix", "dbus", "mqueue", "io_uring", "userns"),
    qualifiers,
    permissions,
    local: conditions,
    peer: conditions,
    operand: orNull(anyText),
  }),
  fc.record({
    kind: fc.constantFrom("mount", "remount", "umount", "pivot_root"),
    qualifiers,
    conditions,
    source: orNull(anyText),
    target: orNull(anyText),
    transition: orNull(anyText),
  }),
  fc.record({ kind: fc.constant("link"), qualifiers, subset: fc.boolean(), path: anyText, target: anyText }),
  fc.record({
    kind: fc.constant("change_profile"),
    qualifiers,
    safety: fc.constantFrom(null, "safe", "unsafe"),
    exec: orNull(anyText),
    target: orNull(anyText),
  }),
  fc.record({
    kind: fc.constant("rlimit"),
    qualifiers,
    resource: fc.oneof(word, fc.constantFrom(...rlimits.map(({ name }) => name))),
    value: fc.oneof(anyText, fc.constantFrom("0", "infinity", "12 KB", "3min", "-5", "1s")),
  }),
  fc.record({ kind: fc.constant("all"), qualifiers }),
);

describe("every rule value", () => {
  it("has a sentence of its own words, whole and not too long, whatever it holds", () => {
    fc.assert(
      fc.property(values, (value) => {
        const { sentence, parts } = sayValue(value);
        expect(ownWords(sentence)).not.toMatch(broken);
        expect(sentence).toMatch(/^(?:May|Is never allowed to)\b.*\.$/u);
        expect(sentence.length).toBeLessThan(4000);
        expect([`${parts.lead} ${parts.act}.`, ...parts.notes].join(" ")).toBe(sentence);
        expect((sentence.match(/`/gu) ?? []).length % 2).toBe(0);
      }),
    );
  });

  it("is said the same where it stands in a profile", () => {
    const file = viewFile("apparmor.d/p", "profile p {\n  owner @{HOME}/** rw,\n}\n");
    const [placed] = file.profiles[0]?.rules ?? [];
    if (placed === undefined) throw new Error("no rule");
    expect(sayRule(file.tree, placed).sentence).toBe(sayValue(placed.rule.value).sentence);
    expect(sayRule(file.tree, placed)).toBe(sayRule(file.tree, placed));
  });
});

describe("paths", () => {
  it("are never empty words, and say a plain path as it is", () => {
    fc.assert(
      fc.property(fc.array(glob, { minLength: 1, maxLength: 4 }), (patterns) => {
        const { words } = sayPaths(patterns);
        expect(ownWords(words)).not.toMatch(broken);
      }),
    );
    expect(sayPaths(["/etc/x"]).words).toBe("`/etc/x`");
  });

  it("take no long time over what explodes when it is written out", () => {
    const huge = `/${"{a,b,c,d}".repeat(40)}/${"{".repeat(60)}x${",y}".repeat(60)}/**`;
    expect(sayPaths([huge]).words).toContain("of the form");
  });
});

describe("a whole profile", () => {
  const files = fc.array(fc.record({ path: glob, deny: fc.boolean(), write: fc.boolean() }), { maxLength: 12 });

  it("says every rule at least once, by its place", () => {
    fc.assert(
      fc.property(files, (rules) => {
        const lines = rules.map(({ path, deny, write }) =>
          writeRule({
            kind: "file",
            qualifiers: { ...noQualifiers, access: deny ? "deny" : null },
            keyword: false,
            path: path.replaceAll("`", ""),
            permissions: write ? ["r", "w"] : ["r"],
            exec: null,
            execTarget: null,
            permissionsFirst: false,
            safety: null,
          }),
        );
        const file = viewFile("apparmor.d/p", `profile p {\n${lines.join("\n")}\n}\n`);
        const [profile] = file.profiles;
        if (profile === undefined) return;
        const said = new Set(
          sayProfile(file, profile).sections.flatMap(({ sayings }) =>
            sayings.flatMap(({ from }) => from.map(({ start }) => start)),
          ),
        );
        expect(profile.rules.filter(({ rule }) => !said.has(rule.node.start))).toEqual([]);
      }),
    );
  });

  it("says what a deny cuts out of a folder beside the rule that opens it", () => {
    const text = "profile p {\n  /srv/** rw,\n  deny /srv/ro/** w,\n  deny /etc/x w,\n  deny /srv/run x,\n}\n";
    const file = viewFile("apparmor.d/p", text);
    const [profile] = file.profiles;
    const change = profile && sayProfile(file, profile).sections.find(({ id }) => id === "change");
    expect(change?.sayings.map(({ sentence }) => sentence)).toEqual([
      "May read and write anything under `/srv/`, at any depth, except to write anything under `/srv/ro/`, at any depth.",
    ]);
    expect(change?.sayings[0]?.from.map(({ start }) => text.slice(start, start + 6))).toEqual(["/srv/*", "deny /"]);
  });

  it("says what the variables stand for that it names, and where no abi leaves the network open", () => {
    const file = viewFile("apparmor.d/p", "@{LOGS} = /var/log/p\n@{OTHER} = /x\nprofile p {\n  @{LOGS}/** w,\n}\n");
    const [profile] = file.profiles;
    const sections = profile === undefined ? [] : sayProfile(file, profile).sections;
    expect(sections.find(({ id }) => id === "names")?.sayings.map(({ sentence }) => sentence)).toEqual([
      "`@{LOGS}` stands for `/var/log/p`.",
    ]);
    expect(sections.find(({ id }) => id === "network")?.notes).toEqual([expect.stringContaining("states no `abi`")]);
  });

  it("says of includes and profiles inside it where they hold, as of rules", () => {
    const file = viewFile(
      "apparmor.d/p",
      [
        "profile p {",
        "  include <abstractions/base>",
        "  if $X {",
        "    include if exists <abstractions/ssl_certs>",
        "    ^h { /a r, }",
        "  }",
        "  audit deny {",
        "    include <abstractions/nameservice>",
        "    ^lost { /a r, }",
        "  }",
        "}",
        "",
      ].join("\n"),
    );
    const [profile] = file.profiles;
    const sections = profile === undefined ? [] : sayProfile(file, profile).sections;
    const said = (id: string) =>
      sections.find((section) => section.id === id)?.sayings.map(({ sentence }) => sentence.replace(/^[^.]*\./u, "…"));
    const inBlock = "It stands in a block `audit deny { … }`: the parser keeps only its rules about files";
    expect(said("includes")?.toSorted()).toEqual([
      "…",
      `… ${inBlock}, and gives them what the block says.`,
      "… This holds only if `$X` is true.",
    ]);
    expect(said("children")).toEqual([
      "… This holds only if `$X` is true.",
      "… No parser keeps it: it stands in a block `audit deny { … }`, which keeps only rules about files.",
    ]);
    const lines = sayFileLines(file).map(({ sentence }) => sentence);
    expect(lines.filter((line) => line.endsWith("This holds only if `$X` is true."))).toHaveLength(2);
  });

  it("puts the most dangerous first, and says once what holds for all", () => {
    const file = viewFile(
      "apparmor.d/p",
      "profile p {\n  capability kill,\n  capability sys_admin,\n  dbus bus=system,\n  dbus bus=session,\n}\n",
    );
    const [profile] = file.profiles;
    const sections = profile === undefined ? [] : sayProfile(file, profile).sections;
    const capability = sections.find(({ id }) => id === "capabilities");
    expect(capability?.sayings.map(({ danger }) => danger)).toEqual(["total", "medium"]);
    const ipc = sections.find(({ id }) => id === "ipc");
    expect(ipc?.notes).toEqual(["Of Debian's kernels only 7.2 lets the bus hold programs to rules about D-Bus."]);
    expect(ipc?.sayings[0]?.sentence).toBe(
      "May send and receive messages over the system's D-Bus, own any name there and see everybody's messages there.",
    );
  });
});
