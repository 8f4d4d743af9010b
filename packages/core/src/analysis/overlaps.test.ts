import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { overlaps, type PolicyTree } from "./index.ts";

const tunables = (text: string): PolicyTree => ({
  target: "t",
  files: new Map([
    ["tunables/global", text],
    ["abstractions/logs", "audit /usr/bin/* ix,\n"],
    ["abstractions/plain", "audit /etc/x r,\n/usr/bin/* ix,\n"],
  ]),
});
const policy = tunables(
  "@{HOME}=@{HOMEDIRS}/*/ /root/\n@{HOMEDIRS}=/home/\n@{run}=/run/ /var/run/\n@{bin}=/usr/bin/\n",
);

/** What is said of the rules of a profile: the kind, the rule and the one that makes it needless. */
function found(rules: readonly string[], known: PolicyTree | null = policy): string[] {
  const text = `include <tunables/global>\nprofile x {\n${rules.join("\n")}\n}\n`;
  const file = viewFile("apparmor.d/x", text);
  const [profile] = file.profiles;
  if (profile === undefined || file.tree.errors.length > 0) throw new Error(`the example can't be read: ${text}`);
  const words = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  return overlaps(file, profile, { policy: known }).map(
    ({ kind, rule, by }) => `${kind}: ${words(rule.rule.node)} by ${words(by.rule.node)}`,
  );
}

/** What is said first of the rules of a profile. */
function firstWords(...rules: string[]): string {
  const file = viewFile("apparmor.d/x", `profile x {\n${rules.join("\n")}\n}\n`);
  const [first] = file.profiles.flatMap((profile) => overlaps(file, profile));
  return first?.words ?? "";
}

describe("rules that others make needless", () => {
  test.each<[rules: string[], ...says: string[]]>([
    [["/a rw,", "/a wr,"], "duplicate: /a wr, by /a rw,"],
    [["/a r,", "file r /a,", 'allow "/a" r,'], "duplicate: file r /a, by /a r,", 'duplicate: allow "/a" r, by /a r,'],
    [
      ["signal (send, receive) peer=x,", "signal (receive send) peer=x,"],
      "duplicate: signal (receive send) peer=x, by signal (send, receive) peer=x,",
    ],
    [["/a/b r,", "/a/** rw,"], "covered: /a/b r, by /a/** rw,"],
    [["/a/ r,", "/a/** rw,"]],
    [["/a/b/c r,", "/a/* rw,"]],
    [["/a/*.so r,", "/a/* r,", "/a/x*.so r,"], "covered: /a/*.so r, by /a/* r,", "covered: /a/x*.so r, by /a/* r,"],
    [["/{a,b}/c r,", "/[ab]/c r,"], "covered: /[ab]/c r, by /{a,b}/c r,"],
    [["/a{,/**} r,", "/a r,", "/a/ r,"], "covered: /a r, by /a{,/**} r,", "covered: /a/ r, by /a{,/**} r,"],
    [["owner /a r,", "/a rw,"], "covered: owner /a r, by /a rw,"],
    [["/a r,", "owner /a rw,"]],
    [["audit /a r,", "/a rw,"]],
    [["/a r,", "audit /a rw,"], "covered: /a r, by audit /a rw,"],
    [["/a rw,", "deny /** rw,"], "unreachable: /a rw, by deny /** rw,"],
    [["/a rwk,", "deny /** rw,"]],
    [["audit /a rw,", "deny /** rw,"]],
    [["deny /a r,", "deny /** rw,"], "covered: deny /a r, by deny /** rw,"],
    [["deny /a r,", "audit deny /** rw,"]],
    [["/bin/* Px,", "/bin/sh Px,"], "covered: /bin/sh Px, by /bin/* Px,"],
    [["/bin/* Px,", "/bin/sh px,"]],
    [["/bin/* rix,", "/bin/sh ix,"], "covered: /bin/sh ix, by /bin/* rix,"],
    [["/bin/* ix,", "owner /bin/sh ix,"], "covered: owner /bin/sh ix, by /bin/* ix,"],
    [["owner /bin/* ix,", "/bin/sh ix,"]],
    // The rule on one path keeps from the log what the other would log.
    [["audit /bin/* ix,", "/bin/sh ix,"]],
    [["audit /bin/* ix,", "/bin/s* ix,"]],
    [["/bin/* ix,", "/bin/sh ix,", "audit /*/sh ix,"]],
    [["/bin/* ix,", "/bin/sh ix,", "audit {\n/*/sh ix,\n}"]],
    [["/bin/* ix,", "/bin/sh ix,", "include <abstractions/unknown>"]],
    [["/bin/* ix,", "/bin/sh ix,", "include <abstractions/logs>"]],
    [["/bin/* ix,", "/bin/sh ix,", "include <abstractions/plain>"], "covered: /bin/sh ix, by /bin/* ix,"],
    [["deny /bin/sh x,", "/bin/sh px,"], "unreachable: /bin/sh px, by deny /bin/sh x,"],
    [["deny /bin/** mx,", "/bin/sh ix,"], "unreachable: /bin/sh ix, by deny /bin/** mx,"],
    [["deny /bin/** x,", "/bin/sh ix,"], "never-runs: /bin/sh ix, by deny /bin/** x,"],
    [["deny /bin/** rx,", "/bin/sh rPix,"], "never-runs: /bin/sh rPix, by deny /bin/** rx,"],
    [["deny /bin/** x,", "/bin/sh px -> t,"], "never-runs: /bin/sh px -> t, by deny /bin/** x,"],
    [
      ["deny /bin/** x,", "/bin/sh px,", "audit /b* r,", "audit /*/sh ux,"],
      "never-runs: /bin/sh px, by deny /bin/** x,",
    ],
    [["deny /bin/** x,", "/bin/sh rix,"]],
    [["deny owner /bin/** x,", "/bin/sh ix,"]],
    [["deny /bin/** x,", "audit /bin/sh ix,"]],
    [["deny /bin/** r,", "/bin/sh ix,"]],
    [["file,", "/a r,", "owner /a/** rwkl,", "//x r,", "@{X}/x a,"], ...["/a r,", "owner /a/** rwkl,", "//x r,", "@{X}/x a,"].map((rule) => `covered: ${rule} by file,`)], // prettier-ignore
    [["/a r,", "file,"], "covered: /a r, by file,"],
    [["file,", "/a mrix,", "/b/* ix,"], "covered: /a mrix, by file,", "covered: /b/* ix, by file,"],
    [["file,", "/a px,", "/b ux,", "audit /c r,", "deny /d r,"]],
    [["owner file,", "/a r,"]],
    [["owner file,", "owner /a r,", "file,"], "covered: owner file, by file,", "covered: owner /a r, by owner file,"],
    // Another way to run one path may take the mapping from it.
    [["file,", "/a m,", "/a/* ix,", "/a w,", "/b px,"], "covered: /a w, by file,"],
    [["file,", "/a m,", "/a w,", "include <abstractions/unknown>"], "covered: /a w, by file,"],
    [["if $y {\nfile,\n}", "/a r,"]],
    [["/bin/** Px,", "/bin/*sh Px,"], "covered: /bin/*sh Px, by /bin/** Px,"],
    [["/bin/** Px,", "/bin/*sh Px -> t,"]],
    [["@{HOME}/.x/y r,", "@{HOME}/.x/** rw,"], "covered: @{HOME}/.x/y r, by @{HOME}/.x/** rw,"],
    [["@{run}/x/y r,", "/{var/,}run/** rw,"], "covered: @{run}/x/y r, by /{var/,}run/** rw,"],
    [["@{bin}/x/y r,", "/usr/** r,"], "covered: @{bin}/x/y r, by /usr/** r,"],
    [["/a/?x r,", "/a/\\*x r,"], "covered: /a/\\*x r, by /a/?x r,"],
    [["/a/é r,", "/a/? r,"]],
    [["/a/é r,", "/a/?? r,"], "covered: /a/é r, by /a/?? r,"],
    [["/a//b r,", "/a/b r,"], "duplicate: /a/b r, by /a//b r,"],
    [["if $y {\n/a/b r,\n}", "/a/* r,"], "covered: /a/b r, by /a/* r,"],
    [["/a/b r,", "if $y {\n/a/* r,\n}"]],
    [["deny {\n/a/* r,\n}", "/a/b r,"]],
    [["priority=5 /a/b r,", "/a/* r,"]],
    [["/a r,", "/a w,"], "overlaps: /a w, by /a r,"],
    [["/a w,", "/a a,"], "covered: /a a, by /a w,"],
    [["/a/** w,", "owner /a/x a,"], "covered: owner /a/x a, by /a/** w,"],
    [["/a/** a,", "/a/x w,"]],
    [["/a a,", "deny /* w,"], "unreachable: /a a, by deny /* w,"],
    [["/a w,", "deny /* a,"]],
    [["capability kill,", "capability chown kill,"], "covered: capability kill, by capability chown kill,"],
    [["capability kill,", "deny capability,"], "unreachable: capability kill, by deny capability,"],
    [["network inet tcp,", "network inet stream,"], "covered: network inet stream, by network inet tcp,"],
    [["network inet stream,", "network stream,"], "covered: network inet stream, by network stream,"],
    [["network inet,", "deny network inet stream,"]],
    // Two slashes at the beginning are another place than one.
    [["deny //? rw,", "/? w,"]],
    [["deny /?//x rw,", "/a/x w,"], "unreachable: /a/x w, by deny /?//x rw,"],
  ])("%j", (rules, ...says) => expect(found(rules)).toEqual(says));

  test("nothing is said of paths whose variables are not known, but beside their like", () => {
    expect(found(["@{run}/x r,", "/** r,"], null)).toEqual([]);
    expect(found(["@{run}/x r,", "@{run}/* r,"], null)).toEqual(["covered: @{run}/x r, by @{run}/* r,"]);
    expect(found(["@{X}/x r,", "/** r,"])).toEqual([]);
  });

  test("what a deny leaves of a rule that runs a program is told", () => {
    expect(firstWords("deny /a x,", "/a px,")).toBe("`deny /a x` takes all of this away: a deny beats every allow");
    expect(firstWords("deny /a x,", "/a ix,")).toBe(
      "`deny /a x` takes all of this away: a deny beats every allow; only parsers before 5 leave that the file may be mapped as code (`m`)",
    );
  });

  test("nothing is said of paths where an alias may lead elsewhere", () => {
    expect(found(["/a/b r,", "/** r,", "/c r,", "/c r,"], tunables("alias /a/ -> /z/,\n"))).toEqual([
      "duplicate: /c r, by /c r,",
    ]);
    expect(found(["/a/b r,", "file,"], tunables("alias /a/ -> /z/,\n"))).toEqual(["covered: /a/b r, by file,"]);
  });

  test("all that are called needless can go at once", () => {
    expect(found(["/a/* r,", "/a/[bc]* r,", "/a/** r,", "/** r,"])).toHaveLength(3);
    expect(found(["/{a,b} r,", "/{b,a} r,", "/[ab] r,"])).toHaveLength(2);
    expect(found(["file,", "owner file,", "/a/* r,", "/a/b r,", "/a/b ix,", "/a/* ix,"])).toHaveLength(5);
  });
});
