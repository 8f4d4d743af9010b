import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerDesign } from "./index.ts";
import { measuredTargets } from "./test/measured-targets.test-data.ts";

/** Rules of every dialect, each on a line of its own. */
const rules = [
  "/etc/hosts r,",
  "owner @{HOME}/.config/x rw, # settings",
  "capability net_raw,",
  "network inet stream,",
  "network (create, bind) inet6 stream,",
  "network inet dgram peer=(ip=127.0.0.53 port=53),",
  "network peer=(ip=192.0.2.1),",
  "network inet interface=eth0,",
  "deny network inet dgram peer=(ip=192.0.2.1),",
  "deny network unix,",
  "unix (connect) type=stream peer=(addr=@x),",
  "deny unix (send) peer=(addr=@y),",
  "userns create,",
  "deny io_uring,",
  "mqueue r /q,",
  "dbus send bus=system,",
  "all,",
  "priority=3 /etc/shadow r,",
  "deny /etc/shadow r,",
  "priority=-1 deny capability net_raw,",
  "prompt /home/x r,",
  "mount options=(ro, nosymfollow) /a -> /b,",
  "@{exec_path} mr,",
  "include <abstractions/base>",
  "include <abstractions/elsewhere>",
  "if $on and not $off { network inet raw, /a r, } else { /b r, }",
  "deny { /i w, audit /j rw, }",
  "/c r, network inet6 dgram port=53, /d r,",
];

const head = "abi <abi/5.0>,\ninclude <tunables/global>\n$on = true\n$off = not $on\n";
const profileOf = (lines: readonly string[], eol: string): string =>
  [
    ...head.trimEnd().split("\n"),
    "profile x /usr/bin/x flags=(kill.signal=term) {",
    ...lines.map((line) => `  ${line}`),
    "}",
    "",
  ].join(eol);

const profile = fc
  .tuple(fc.array(fc.constantFrom(...rules), { maxLength: 12 }), fc.constantFrom("\n", "\r\n"))
  .map(([lines, eol]) => ({ lines, eol, text: profileOf(lines, eol) }));

const lowered = (text: string, target: (typeof measuredTargets)[number]) =>
  lowerDesign({ name: "x", files: [{ path: "apparmor.d/x", text }] }, target);

describe.each(measuredTargets)("for $id", (target) => {
  it("takes any text, and leaves one alone in which nothing is lost", () => {
    const begun = fc.constantFrom(...rules).map((rule) => `profile x {${rule}`);
    const leavesAlone = fc.property(fc.oneof(fc.string({ unit: "binary" }), begun), (text) => {
      const { files, lost, rewritten } = lowered(text, target);
      return lost.length + rewritten.length > 0 || files[0]?.text === text;
    });
    expect(fc.check(leavesAlone, { numRuns: 60 })).toMatchObject({ failed: false });
  });

  it("loses nothing more the second time, and changes no byte then", () => {
    fc.assert(
      fc.property(profile, ({ text }) => {
        const first = lowered(text, target);
        const second = lowered(first.files[0]?.text ?? "", target);
        expect([...second.lost, ...second.rewritten]).toEqual([]);
        expect(second.files).toEqual(first.files);
      }),
      { numRuns: 60 },
    );
  });

  it("leaves every line alone on which nothing is lost, with its line end", () => {
    fc.assert(
      fc.property(profile, ({ text, eol }) => {
        const { files, lost, rewritten } = lowered(text, target);
        const touched = new Set([...lost, ...rewritten].map(({ line }) => line));
        const shipped = files[0]?.text ?? "";
        let at = 0;
        for (const [index, line] of text.split(eol).entries()) {
          // The line of a head above which a comment stands is still whole behind it.
          if (touched.has(index + 1)) continue;
          const found = shipped.indexOf(line + eol, at);
          expect([line, found >= at || index === text.split(eol).length - 1]).toEqual([line, true]);
          at = Math.max(at, found);
        }
        expect(shipped.replaceAll("\r\n", "").includes(eol === "\r\n" ? "\n" : "\r")).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("places each loss where it stands in the source, and answers it at first by what is offered first", () => {
    fc.assert(
      fc.property(profile, ({ text }) => {
        for (const loss of lowered(text, target).lost) {
          expect(text.slice(loss.start, loss.end).replaceAll(/\s+/gu, " ")).toContain(
            loss.rule.replace(/^flags=\(|\)$/gu, ""),
          );
          expect([loss.choice, loss.answer]).toEqual(["default", loss.answers[0]?.id]);
          expect(loss.why).toMatch(/[.]$/u);
        }
      }),
      { numRuns: 30 },
    );
  });
});
