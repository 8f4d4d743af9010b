import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { viewFile } from "../design/index.ts";
import { applyEdits, conflictingEdit } from "../text/index.ts";
import { badFixes } from "./bad-fixes.test-data.ts";
import { diagnose, fixesFor } from "./index.ts";

const context = { config: null };

/** Pieces of profiles, right, wrong and broken, in any order and mix. */
const pieces = fc.constantFrom(
  "abi <abi/3.0>,\n",
  "include <tunables/global>\n",
  "@{X_LOG_DIR} = /var/log/x/\n",
  "profile x /usr/bin/x {\n",
  "profile y flags=(unconfined) {\n",
  "  ^hat {\n",
  "}\n",
  "  deny {\n",
  "  owner {\n",
  "  if $a {\n",
  "  ./logs/x.log rw,\n",
  "  r ../a,\r\n",
  "  owner @{HOME}/** rwk,\n",
  "  /tmp/** rw,\n",
  "  /usr/bin/a Px -> b,\n",
  "  /usr/bin/a Cx,",
  "  deny /usr/bin/a ix,\n",
  "  /usr/bin/a x\n",
  "  network inet stream peer=(addr=10.0.0.1 port=53),\n",
  "  network peer=(ip=::1), network interface=lo,\n",
  "  deny network,\n",
  "  deny network raw,\n",
  "  deny network stream,\n",
  "  network packet raw,\n",
  "  deny network netlink raw,\n",
  "  deny unix,\n",
  "  include <abstractions/nameservice>\n",
  "  capability CAP_SYS_ADMIN bpf,\n",
  "  capability sys_admin,\n",
  "  deny capability bpf perfmon,\n",
  "  set rlimit as <= 512,\n",
  "  set rlimit cpu <= 100ms,\n",
  "  set rlimit nofile <= 1K,\n",
  "  include if exists <local/x>\n",
  "# a comment\n",
  " ",
  "{",
  '"',
);
const rules = [
  "./logs/x.log rw,",
  "r ../a,",
  "owner ./a r,",
  "owner @{HOME}/** rwk,",
  "/home/*/** r,",
  "/tmp/** rw,",
  "/usr/bin/a Px -> b,",
  "/usr/bin/a Cx,",
  "deny /usr/bin/a ix,",
  "/usr/bin/a x,",
  "network inet stream peer=(addr=10.0.0.1 port=53),",
  "network peer=(ip=::1), network interface=lo,",
  "deny network inet dgram ip=10.0.0.1,",
  "deny network,",
  "deny network raw,",
  "deny network stream,",
  "network packet raw,",
  "network,",
  "deny network netlink raw,",
  "deny unix,",
  "include <abstractions/nameservice>",
  "capability CAP_SYS_ADMIN bpf,",
  "capability sys_admin net_raw,",
  "capability,",
  "deny capability bpf perfmon net_raw,",
  "set rlimit as <= 512,",
  "set rlimit cpu <= 100ms,",
  "set rlimit nofile <= 1K,",
  "set rlimit rttime <= 5,",
  "include if exists <local/x>",
  "deny { network unix, /b ix, capability net_raw, }",
  "owner { /tmp/** rw, }",
  "# a comment",
  "",
];

/** Whole profiles out of the rules that checks look at, in LF and CR LF. */
const profile = fc
  .tuple(
    fc.subarray(["abi <abi/3.0>,", "include <tunables/global>", "@{X_LOG_DIR} = /var/log/x/"]),
    fc.constantFrom("profile x /usr/bin/x {", "profile x flags=(unconfined) {", "/usr/bin/x flags=(complain, audit) {"),
    fc.array(fc.constantFrom(...rules), { maxLength: 12 }),
    fc.constantFrom("\n", "\r\n"),
  )
  .map(([preamble, head, inside, eol]) =>
    [...preamble, head, ...inside.map((rule) => (rule === "" ? "" : `  ${rule}`)), "}", ""].join(eol),
  );

const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);

describe("for every text", () => {
  it("lint says its piece without throwing, and every place lies in the text", () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const { range } of diagnose([viewFile("apparmor.d/x", source)], context)) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("no fix overlaps itself, and each changes the text", () => {
    fc.assert(
      fc.property(text, (source) => {
        const fixes = diagnose([viewFile("apparmor.d/x", source)], context).flatMap((finding) => finding.fixes ?? []);
        for (const { edits, title } of fixes) {
          for (const { path, edits: inFile } of edits) {
            expect(path).toBe("apparmor.d/x");
            expect(conflictingEdit(inFile)).toBeUndefined();
            if (applyEdits(source, inFile) === source) throw new Error(`"${title}" changes nothing`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("in a whole profile, a fix takes its own finding away and makes no error", () => {
    fc.assert(
      fc.property(profile, (source) => {
        const view = viewFile("apparmor.d/x", source);
        expect(badFixes(view, diagnose([view], context))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a profile with many findings of a kind", () => {
  const many = Array.from({ length: 60 }, () => "  /tmp/** rw,\n").join("");
  const files = [
    viewFile("apparmor.d/x", `abi <abi/3.0>,\n\nprofile x {\n${many}\n  include if exists <local/x>\n}\n`),
  ];

  it("brings the fixes of the first along, and makes those of the others when asked", () => {
    const found = diagnose(files, context).filter(({ code }) => code === "lint/shared-tmp");
    expect(found).toHaveLength(60);
    const [first, last] = [found[0], found.at(-1)];
    if (first === undefined || last === undefined) throw new Error("nothing is found");
    expect(first.fixesLater).toBeUndefined();
    expect(last.fixes).toBeUndefined();
    expect(last.fixesLater).toBe(true);
    expect(fixesFor(files, context, first)).toEqual(first.fixes);
    const later = fixesFor(files, context, last);
    expect(later.map(({ title }) => title)).toEqual(first.fixes?.map(({ title }) => title));
    expect(later[0]?.edits[0]?.edits[0]?.range.start).toBeGreaterThanOrEqual(last.range.start);
  });
});

describe("a long profile", () => {
  it("of 4,000 sound rules gives no finding", () => {
    const thousands = Array.from({ length: 4000 }, (_, index) => `  /srv/data${index}/** r,\n`).join("");
    const file = viewFile(
      "apparmor.d/x",
      `abi <abi/3.0>,\n\nprofile x {\n${thousands}\n  include if exists <local/x>\n}\n`,
    );
    expect(diagnose([file], context)).toEqual([]);
  });
});
