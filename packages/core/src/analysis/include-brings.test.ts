import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { broughtDanger, includeBrings, includesBring, worstSayings, type IncludeQuestion } from "./include-brings.ts";
import { policyFiles, type PolicyFiles } from "./policy-files.ts";
import type { PolicyTree } from "./policy-tree.ts";

function treeOf(files: Readonly<Record<string, string>>, target = "debian-12"): PolicyTree {
  return { target, files: new Map(Object.entries(files)) };
}

function magic(path: string, ifExists = false): IncludeQuestion {
  return { path, magic: true, ifExists };
}

const tree = treeOf({
  "abstractions/base":
    "# Copyright (C) 2009\n# License: GPL\n\n# What every\n# program needs.\n\n/etc/ld.so.cache r,\n@{PROC}/*/maps r,\ninclude <abstractions/crypto>\ninclude if exists <abstractions/base.d>\n",
  "abstractions/crypto": "/etc/gcrypt r,\ninclude <abstractions/base>\n",
  "abstractions/net":
    "# Opens what it opens.\nnetwork inet stream,\nnetwork inet6 stream,\nnetwork inet dgram,\nnetwork inet6 dgram,\nnetwork netlink raw,\ncapability sys_admin,\ndeny /etc/shadow rw,\nprofile helper { /a r, }\n",
  "abstractions/empty": "",
  "tunables/global": "include <tunables/home>\ninclude <tunables/extra.d>\n",
  "tunables/home": "@{HOME} = /root/ /home/*/\n",
  "tunables/extra.d/one": "@{HOME} += /srv/home/*/\n",
  "tunables/extra.d/one.dpkg-old": "@{OLD} = x\n",
});

function standingOf(among: PolicyFiles, include: IncludeQuestion): string {
  return includeBrings(include, among).standing;
}

describe("what an include brings", () => {
  const files = policyFiles([], tree);

  test("is counted through the includes in it, each file once, with loops told", () => {
    const base = includeBrings(magic("abstractions/base"), files);
    expect(base).toMatchObject({ standing: "found", description: "What every program needs.", rules: 3 });
    expect(base.files.map(({ path, origin }) => `${origin} ${path}`)).toEqual([
      "target abstractions/base",
      "target abstractions/crypto",
    ]);
    expect(base.counts).toEqual([["file", 3]]);
    expect(base.includes.map(({ path, standing, from }) => [path, standing, from])).toEqual([
      ["abstractions/crypto", "found", "abstractions/base"],
      ["abstractions/base", "found", "abstractions/crypto"],
      ["abstractions/base.d", "absent", "abstractions/base"],
    ]);
    expect(base.loops.map(({ from }) => from)).toEqual(["abstractions/crypto"]);
    expect(base.missing).toEqual([]);
    expect(base.network).toBeNull();
    expect(includeBrings(magic("abstractions/base"), files)).toBe(base);
  });

  test("says in words what its rules open, without the rules of profiles that it holds", () => {
    const net = includeBrings(magic("abstractions/net"), files);
    expect(net.network).toBe("all TCP and UDP to any address, and `netlink raw` sockets");
    expect(net).toMatchObject({ rules: 7, profiles: ["helper"] });
    expect(broughtDanger(net)).toBe("total");
    expect(net.counts).toEqual([
      ["network", 5],
      ["capability", 1],
      ["file", 1],
    ]);
    const worst = worstSayings(net.brought, "high", 3);
    expect(worst[0]).toMatchObject({ danger: "total", path: "abstractions/net" });
    expect(worst[0]?.sentence).toContain("sys_admin");
  });

  test("lists the variables of tunables, and of a folder the files that the parser takes", () => {
    const { variables } = includeBrings(magic("tunables/global"), files);
    expect(variables).toEqual([
      { name: "HOME", operator: "=", values: ["/root/", "/home/*/"], path: "tunables/home" },
      { name: "HOME", operator: "+=", values: ["/srv/home/*/"], path: "tunables/extra.d/one" },
    ]);
  });

  test("tells what is missing from what a machine may have, what may be absent, and what nobody knows", () => {
    expect(standingOf(files, magic("abstractions/nothing"))).toBe("missing");
    expect(standingOf(files, magic("abstractions/nothing", true))).toBe("absent");
    expect(standingOf(files, magic("local/usr.bin.x", true))).toBe("machine");
    expect(standingOf(files, magic("local/usr.bin.x"))).toBe("machine");
    expect(standingOf(files, magic("abstractions/some.d"))).toBe("unknown");
    expect(standingOf(files, { path: "/usr/share/x", magic: false, ifExists: false })).toBe("unknown");
    expect(standingOf(files, { path: "/etc/apparmor.d/abstractions/base", magic: false, ifExists: false })).toBe(
      "found",
    );
    expect(standingOf(policyFiles([], null), magic("abstractions/base"))).toBe("unknown");
    expect(standingOf(files, magic("abstractions/empty"))).toBe("found");
  });

  test("of several includes counts a file that two of them read once", () => {
    const both = includesBring([magic("abstractions/base"), magic("abstractions/crypto")], files);
    expect(both.rules).toBe(3);
  });
});

describe("a design over a target", () => {
  const own = [
    viewFile("apparmor.d/abstractions/own", "/srv/own r,\ninclude <abstractions/crypto>\n"),
    viewFile("apparmor.d/abstractions/base", "/mine r,\n"),
    viewFile("apparmor.d/local/x", "/x r,\n"),
    viewFile("apparmor.d/tunables/extra.d/two", "@{TWO} = 2\n"),
  ];

  test("adds files and takes no place of the target's, nor of the machine's", () => {
    const files = policyFiles(own, tree);
    expect(includeBrings(magic("abstractions/own"), files).files.map(({ path, origin }) => [path, origin])).toEqual([
      ["abstractions/own", "design"],
      ["abstractions/crypto", "target"],
      ["abstractions/base", "target"],
    ]);
    expect(files.file("local/x")).toBeNull();
    expect(includeBrings(magic("tunables/global"), files).variables.map(({ name }) => name)).toContain("TWO");
  });

  test("on this machine counts before what an earlier bundle installed there", () => {
    const files = policyFiles(own, treeOf(Object.fromEntries(tree.files), "host"));
    expect(files.file("abstractions/base")?.origin).toBe("design");
  });

  test("changes what an include brings with the text, and only then", () => {
    const before = includeBrings(magic("abstractions/own"), policyFiles(own, tree));
    const edited = [viewFile("apparmor.d/abstractions/own", "/srv/own r,\n/srv/more r,\n"), ...own.slice(1)];
    expect(includeBrings(magic("abstractions/own"), policyFiles(edited, tree)).rules).toBe(2);
    expect(before.rules).toBe(4);
  });
});

// Debian 12's packaged policy, unpacked by `npm run toolchains -- --with-corpus` and never installed.
const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
const packaged = join(corpus, "etc/apparmor.d");

describe("Debian 12's own policy", () => {
  const texts = readdirSync(packaged, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const debian = treeOf(
    Object.fromEntries(texts.map((path) => [path.slice(packaged.length + 1), readFileSync(path, "utf8")])),
  );
  const files = policyFiles([], debian);
  const abstractions = files.folder("abstractions");

  test("misses nothing that it includes, and every rule of it is counted", () => {
    expect(abstractions.length).toBeGreaterThan(80);
    for (const path of files.paths.filter((each) => !each.startsWith("abi/"))) {
      const brings = includeBrings(magic(path), files);
      expect(brings.missing).toEqual([]);
      expect(brings.counts.reduce((sum, [, count]) => sum + count, 0)).toBe(brings.rules);
    }
  });

  test("tells what nameservice opens, and what its abstractions say of themselves", () => {
    const nameservice = includeBrings(magic("abstractions/nameservice"), files);
    expect(nameservice.network).toMatch(/^all TCP and UDP to any address/);
    expect(nameservice.description).toMatch(/^Many programs wish to perform nameservice-like operations/);
    const described = abstractions.filter((path) => includeBrings(magic(path), files).description !== null);
    expect(described.length).toBeGreaterThan(abstractions.length / 3);
    for (const path of abstractions) {
      expect(includeBrings(magic(path), files).description ?? "").not.toMatch(/copyright|free software|vim:/i);
    }
  });
});
