import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import { viewFile } from "../design/index.ts";
import { designPolicy, joinedPolicy, targetPolicy } from "./known-profiles.ts";
import type { PolicyTree } from "./policy-tree.ts";
import { transitionMap, transitionsOf, type Destination } from "./transitions.ts";

/** The transitions of a text, a line each: `from --mode program--> places`. */
function lines(text: string, tree: PolicyTree | null = null): string[] {
  const files = [viewFile("apparmor.d/x", text)];
  const policy = joinedPolicy(designPolicy(files, tree), tree === null ? null : targetPolicy(tree));
  return transitionsOf(files, transitionMap(policy)).map(
    ({ from, way, mode, program, arms }) =>
      `${from} ${way === "exec" ? (mode ?? "") : way} ${program ?? "*"}: ${arms
        .map(({ to, otherwise }) => `${otherwise ? "else " : ""}${place(to)}`)
        .join(", ")}`,
  );
}

function place(to: Destination): string {
  if (to.kind === "profile") return `${to.profile.fullName}${to.profile.origin === "target" ? " (target)" : ""}`;
  if (to.kind === "missing") return `${to.child ? "no child" : "no"} ${to.name}`;
  return to.kind === "open" ? `some ${to.name ?? "profile"}` : to.kind;
}

const inX = (rules: string, beside = ""): string => `profile x /usr/bin/x {\n${rules}\n}\n${beside}`;

describe("transitionsOf", () => {
  it("follows every mode to its places", () => {
    const beside = "profile y /usr/bin/y {\n}\n";
    expect(lines(inX("/usr/bin/y Px,\n/usr/bin/y2 PUx -> y,\n/bin/a ix,\n/bin/b Ux,\n/bin/c Pix,", beside))).toEqual([
      "x Px /usr/bin/y: y",
      "x PUx /usr/bin/y2: y, else unconfined",
      "x ix /bin/a: inherit",
      "x Ux /bin/b: unconfined",
      "x Pix /bin/c: no /bin/c, else inherit",
    ]);
  });

  it("finds children by their own name and by their attachment, and names them in full elsewhere", () => {
    const rules = [
      "/bin/a Cx -> a,",
      "/bin/b Cx,",
      "/bin/c Cx -> lost,",
      "/bin/d Px -> x//a,",
      "profile a {\n/bin/b Px -> x,\n}",
      "profile b /bin/{b,bb} {\n}",
    ];
    expect(lines(inX(rules.join("\n")))).toEqual([
      "x Cx /bin/a: x//a",
      "x Cx /bin/b: x//b",
      "x Cx /bin/c: no child lost",
      "x Px /bin/d: x//a",
      "x//a Px /bin/b: x",
    ]);
  });

  it("counts hats, changes of profile, the bare file rule and all, but no denies and nothing in a lost block", () => {
    const rules = [
      "^hat {\n}",
      "change_profile -> y,",
      "change_profile /bin/z -> unconfined,",
      "change_profile -> y-*,",
      "change_profile -> @{profile_name}//hat,",
      "deny /bin/a x,",
      "deny { /bin/b x, }",
      "file,",
      "all,",
      "audit { all, }",
    ];
    expect(lines(inX(rules.join("\n"), "profile y {\n}\n")).toSorted()).toEqual(
      [
        "x change_hat *: x//hat",
        "x change_profile *: y",
        "x change_profile /bin/z: unconfined",
        "x change_profile *: some y-*",
        "x change_profile *: x//hat",
        "x ix *: inherit",
        "x ix *: inherit",
      ].toSorted(),
    );
  });

  it("takes the attachment with the longest literal beginning, and says of globs only what is sure", () => {
    const beside = "profile wide /usr/** {\n}\nprofile near /usr/lib/** {\n}\nprofile exact /usr/lib/z {\n}\n";
    expect(lines(inX("/usr/lib/y Px,\n/usr/lib/z Px,\n/usr/lib/* Px,", beside))).toEqual([
      "x Px /usr/lib/y: near",
      "x Px /usr/lib/z: exact",
      "x Px /usr/lib/*: exact, some profile",
    ]);
  });

  it("looks into the target's tree: its profiles, its variables, and the children that abstractions bring", () => {
    const tree: PolicyTree = {
      target: "debian-12",
      files: new Map([
        ["usr.bin.man", "profile man /usr/bin/man {\n}\n"],
        ["bin.ping", "profile ping @{bin}/ping {\n}\n"],
        ["tunables/global", "@{bin} = /usr/bin /bin\n"],
        ["abstractions/helpers", "profile sanitized {\n/** ix,\n}\n"],
        ["abstractions/outer", "include <abstractions/helpers>\n"],
      ]),
    };
    const rules = "include <abstractions/outer>\n/usr/bin/man Px,\n/bin/ping Px,\n/bin/s Cx -> sanitized,\n/bin/no Px,";
    expect(lines(inX(rules), tree)).toEqual([
      "x Px /usr/bin/man: man (target)",
      "x Px /bin/ping: ping (target)",
      "x Cx /bin/s: x//sanitized (target)",
      "x Px /bin/no: no /bin/no",
    ]);
  });

  it("claims no missing child where an include may bring it", () => {
    const rules = "include <abstractions/ubuntu-helpers>\n/bin/s Cx -> sanitized_helper,";
    expect(lines(inX(rules))).toEqual(["x Cx /bin/s: some sanitized_helper"]);
  });

  it("answers whatever stands in a file", () => {
    assert(
      property(string(), string(), (rule, name) => {
        expect(Array.isArray(lines(inX(`/a Px -> ${name},\n${rule}`)))).toBe(true);
      }),
    );
  });
});
