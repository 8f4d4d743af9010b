import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { overlaps, type PolicyTree } from "./index.ts";

const tunables = (text: string): PolicyTree => ({ target: "t", files: new Map([["tunables/global", text]]) });
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
    [["/bin/* Px,", "/bin/sh Px,"]],
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
    [["/a w,", "/a a,"]],
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

  test("nothing is said of paths where an alias may lead elsewhere", () => {
    expect(found(["/a/b r,", "/** r,", "/c r,", "/c r,"], tunables("alias /a/ -> /z/,\n"))).toEqual([
      "duplicate: /c r, by /c r,",
    ]);
  });

  test("all that are called needless can go at once", () => {
    expect(found(["/a/* r,", "/a/[bc]* r,", "/a/** r,", "/** r,"])).toHaveLength(3);
    expect(found(["/{a,b} r,", "/{b,a} r,", "/[ab] r,"])).toHaveLength(2);
  });
});
