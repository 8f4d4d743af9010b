import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { noQualifiers, type FileRuleValue } from "../rules/index.ts";
import { checkPath, addRule, meantPath } from "./index.ts";

/** Suggestions as one line each: `owner` where it is wise, and the path. */
const meant = (text: string): string[] => meantPath(text).map(({ owner, path }) => (owner ? `owner ${path}` : path));

describe("what a typed path means", () => {
  test.each<[typed: string, ...means: string[]]>([
    ["~/.config/x", "owner @{HOME}/.config/x"],
    ["~/.config/x/", "owner @{HOME}/.config/x/", "owner @{HOME}/.config/x/**", "owner @{HOME}/.config/x/*"],
    ["~bob/x", "@{HOMEDIRS}/bob/x"],
    ["$HOME/x", "owner @{HOME}/x"],
    ["${HOME}/x", "owner @{HOME}/x"],
    ["$XDG_RUNTIME_DIR/bus", "owner @{run}/user/@{uid}/bus"],
    ["$XDG_CONFIG_HOME/x/y", "owner @{HOME}/.config/x/y"],
    ["$NOBODY_KNOWS/x"],
    ["%h/x", "owner /root/x", "owner @{HOME}/x"],
    ["%t/x.sock", "@{run}/x.sock", "owner @{run}/user/@{uid}/x.sock"],
    ["%S/x", "/var/lib/x", "owner @{HOME}/.local/state/x"],
    ["%C/x", "/var/cache/x", "owner @{HOME}/.cache/x"],
    ["%L/x", "/var/log/x", "owner @{HOME}/.local/state/log/x"],
    ["%E/x", "/etc/x", "owner @{HOME}/.config/x"],
    ["%S/x@%i", "/var/lib/x@*", "owner @{HOME}/.local/state/x@*"],
    ["/var/lib/x/%i", "/var/lib/x/*"],
    ["/home/me/x", "owner @{HOME}/x"],
    ["/home/me", "owner @{HOME}/", "owner @{HOME}/**", "owner @{HOME}/*"],
    ["/home/*/x", "owner @{HOME}/x"],
    ["/home/me/Downloads/x", "owner @{HOME}/Downloads/x", "owner @{HOME}/@{XDG_DOWNLOAD_DIR}/x"],
    ["/home/me/my music/a b", "owner @{HOME}/my music/a b"],
    ["/root/.bashrc", "owner @{HOME}/.bashrc"],
    ["/run/user/1000/bus", "owner @{run}/user/@{uid}/bus"],
    ["/run/x", "@{run}/x"],
    ["/var/run/x", "@{run}/x"],
    ["/var/lock/x", "@{run}/lock/x"],
    ["/proc/1234/status", "owner @{PROC}/@{pid}/status"],
    ["/proc/1234/task/1235/comm", "owner @{PROC}/@{pid}/task/@{tid}/comm"],
    ["/proc/self/fd/", "owner @{PROC}/@{pid}/fd/", "owner @{PROC}/@{pid}/fd/**", "owner @{PROC}/@{pid}/fd/*"],
    ["/proc/1/cgroup", "@{PROC}/1/cgroup"],
    ["/proc/sys/kernel/random/boot_id", "@{PROC}/sys/kernel/random/boot_id"],
    ["/proc/net/tcp", "@{PROC}/@{pid}/net/tcp"],
    ["/sys/class/net/", "@{sys}/class/net/", "@{sys}/class/net/**", "@{sys}/class/net/*"],
    ["/lib/x86_64-linux-gnu/libc.so.6", "/{usr/,}lib/@{multiarch}/libc.so.6"],
    ["/usr/lib/aarch64-linux-gnu/x/**", "/{usr/,}lib/@{multiarch}/x/**", "/usr/lib/@{multiarch}/x/**"],
    ["/bin/sh", "/{usr/,}bin/sh"],
    ["/lib64/ld-linux-x86-64.so.2", "/{usr/,}lib64/ld-linux-x86-64.so.2"],
    ["/usr/bin/id"],
    ["/dev/pts/3", "owner /dev/pts/[0-9]*"],
    ["/dev/null"],
    ["/etc/x/", "/etc/x/**", "/etc/x/*"],
    ["./logs/x", "owner @{HOME}/logs/x", "/logs/x", "/**/logs/x"],
    ["../x", "owner @{HOME}/x", "/x", "/**/x"],
    ["config.yml", "owner @{HOME}/config.yml", "/config.yml", "/**/config.yml"],
    ["/a//b/../c", "/a/c"],
    ["/a/..", "/"],
    ['"/opt/my app/x"', "/opt/my app/x"],
    ["/opt/my\\ app/x", "/opt/my app/x"],
    ["file:///home/me/x", "owner @{HOME}/x", "/home/me/x"],
    ["C:\\Users\\me"],
    ["@{HOME}/x"],
    ["  "],
  ])("%s", (typed, ...means) => expect(meant(typed)).toEqual(means));
});

test("says which tunables a path needs, and whether the file has them", () => {
  const without = viewFile("apparmor.d/x", "profile x {\n}\n");
  const having = viewFile("apparmor.d/x", "include <tunables/global>\nprofile x {\n}\n");
  expect(meantPath("~/x", without)).toMatchObject([{ needs: "tunables/global", included: false }]);
  expect(meantPath("~/x", having)).toMatchObject([{ needs: "tunables/global", included: true }]);
  expect(meantPath("/bin/sh", without)[0]).not.toHaveProperty("needs");
});

test("every suggestion can be written as a rule, whatever was typed", () => {
  const file = viewFile("apparmor.d/x", "profile x {\n}\n");
  const [profile] = file.profiles;
  if (profile === undefined) throw new Error("the example has no profile");
  const rule: FileRuleValue = {
    kind: "file",
    qualifiers: noQualifiers,
    keyword: false,
    path: "/a",
    permissions: ["r"],
    exec: null,
    execTarget: null,
    permissionsFirst: false,
    safety: null,
  };
  const typed = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "~", "/", "//", "..", ".", "%h", "%", "$HOME", "${", "/home/me/", "/proc/", "self/", "12", " ", '"', "'", "\\", ",",
          "{", "}", "[", "@{X}", "\n", "x", "/run/user/", "/var", "/lib/x86_64-linux-gnu/", "file://", "C:\\",
        ), // prettier-ignore
        { maxLength: 7 },
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(typed, (text) => {
      for (const { path, why } of meantPath(text)) {
        expect(checkPath(path)).toBe(null);
        expect(why).not.toBe("");
        expect(addRule(file, profile, { ...rule, path })).toMatchObject({ ok: true });
      }
    }),
    { numRuns: 1500 },
  );
});
