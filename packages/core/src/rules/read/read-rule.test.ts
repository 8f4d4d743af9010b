import { describe, expect, it } from "vitest";

import { isNode, parse } from "../../syntax/index.ts";
import { isRuleNode, readRule } from "./read-rule.ts";

/** What the first rule of a text says. */
function valueOf(text: string): unknown {
  const tree = parse(text);
  const node = tree.root.children.find((child) => isNode(child) && isRuleNode(child));
  if (node === undefined || !isNode(node)) throw new Error(`no rule in ${text}`);
  return readRule(tree, node).value;
}

describe("a rule's value", () => {
  it.each([
    ["/a rw,", { kind: "file", path: "/a", permissions: ["r", "w"], exec: null, keyword: false, permissionsFirst: false }],
    ['audit deny owner "/a b" RWkl,', { path: "/a b", permissions: ["r", "w", "k", "l"], qualifiers: { audit: true, access: "deny", owner: "owner", priority: null, quiet: false } }],
    ["priority=-3 file unsafe mPIx /a -> b,", { keyword: true, safety: "unsafe", permissionsFirst: true, exec: "Pix", execTarget: "b", permissions: ["m"], qualifiers: { priority: -3 } }],
    ["/a pUx,", { exec: "pux" }],
    ["/a Pux,", { exec: "PUx" }],
    ["/a CUx,", { exec: "CUx" }],
    ["/a IX,", { exec: "ix" }],
    ["deny /a x,", { exec: "x" }],
    ["file,", { keyword: true, path: null, permissions: [] }],
    ["capability,", { kind: "capability", names: [] }],
    ["capability net_raw kill,", { names: ["net_raw", "kill"] }],
    ["network (create, connect) inet tcp,", { kind: "network", permissions: ["create", "connect"], domain: "inet", type: null, protocol: "tcp" }],
    ["network stream,", { domain: null, type: "stream" }],
    ["network packet,", { domain: "packet", type: null }],
    ["network packet packet,", { domain: "packet", type: "packet" }],
    ["network ip=::1 peer=(port=53),", { local: [{ key: "ip", operator: "=", values: ["::1"] }], peer: [{ key: "port", operator: "=", values: ["53"] }] }],
    ["signal send set=(hup, int) peer=x,", { kind: "signal", permissions: ["send"], local: [{ key: "set", operator: "=", values: ["hup", "int"] }, { key: "peer", operator: "=", values: ["x"] }], peer: [] }],
    ["mqueue type=sysv 12,", { kind: "mqueue", operand: "12" }],
    ["mount options in (ro,bind) /a -> /b,", { kind: "mount", conditions: [{ key: "options", operator: "in", values: ["ro", "bind"] }], source: "/a", target: "/b" }],
    ["umount /b,", { kind: "umount", source: null, target: "/b" }],
    ["pivot_root oldroot=/o /n -> p,", { kind: "pivot_root", target: "/n", transition: "p" }],
    ["link subset /a -> /b,", { kind: "link", subset: true, path: "/a", target: "/b" }],
    ["change_profile safe /a -> b,", { kind: "change_profile", safety: "safe", exec: "/a", target: "b" }],
    ["change_profile,", { exec: null, target: null }],
    ["set rlimit cpu <= 10 min,", { kind: "rlimit", resource: "cpu", value: "10 min" }],
    ["set rlimit as <= infinity,", { value: "infinity" }],
    ["all,", { kind: "all" }],
    ["userns create,", { kind: "userns", permissions: ["create"] }],
  ])("of %s", (text, expected) => expect(valueOf(text)).toMatchObject(expected)); // prettier-ignore
});
