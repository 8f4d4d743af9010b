import { describe } from "vitest";
import { lines, run, type Wish } from "./examples.test-data.ts";
import { setCapability, setNetwork } from "./index.ts";

const capability =
  (name: string, access: "none" | "allow" | "deny", audit?: boolean): Wish =>
  (file, profile) =>
    setCapability(file, profile, name, audit === undefined ? { access } : { access, audit });

const network =
  (cell: string, access: "none" | "allow" | "deny"): Wish =>
  (file, profile) => {
    const [domain = null, type = null] = cell.split(" ").map((word) => (word === "*" ? null : word));
    return setNetwork(file, profile, { domain, type }, { access });
  };

/** A profile of these rules. */
const body = (...rules: string[]): string => lines("profile x {", ...rules.map((text) => `  ${text}`), "}");

describe("capabilities", () => {
  run([
    ["tick", body("/a r,"), capability("net_raw", "allow"), body("capability net_raw,", "/a r,")],
    ["untick the only name", body("capability net_raw,"), capability("net_raw", "none"), body()],
    ["untick one of several", body("capability a net_raw b,"), capability("net_raw", "none"), body("capability a b,")],
    [
      "untick the last of several",
      body("capability", "  a", "  b,"),
      capability("b", "none"),
      body("capability", "  a,"),
    ],
    [
      "untick keeps comments",
      body("capability # c", "  a b,"),
      capability("a", "none"),
      body("capability # c", "  b,"),
    ],
    ["untick takes allow and deny away", body("capability a,", "deny capability a,"), capability("a", "none"), body()],
    ["deny", body("capability b,"), capability("a", "deny"), body("capability b,", "deny capability a,")],
    ["deny what was allowed", body("capability a, # c"), capability("a", "deny"), body("deny capability a, # c")],
    ["allow what was denied", body("deny capability a,"), capability("a", "allow"), body("capability a,")],
    [
      "deny one of several",
      body("capability a b,"),
      capability("a", "deny"),
      body("capability b,", "deny capability a,"),
    ],
    [
      "log one of several",
      body("capability a b,"),
      capability("a", "allow", true),
      body("capability b,", "audit capability a,"),
    ],
    ["log", body("capability a,"), capability("a", "allow", true), body("audit capability a,")],
    [
      "not where all are given",
      body("capability,"),
      capability("a", "none"),
      "no: line 2 gives every capability; split it into the ones that are needed, without a",
    ],
    [
      "not where all are given, to tick",
      body("capability,"),
      capability("a", "allow"),
      "no: line 2 gives every capability, a too; split it into the ones that are needed first",
    ],
    [
      "deny one where all are given",
      body("capability,"),
      capability("a", "deny"),
      body("capability,", "deny capability a,"),
    ],
    [
      "beside a block, which keeps only file rules",
      body("audit {", "  capability a,", "}"),
      capability("a", "allow"),
      body("capability a,", "audit {", "  capability a,", "}"),
    ],
    [
      "not under a wrong name",
      body(),
      capability("CAP_NET_RAW", "allow"),
      "no: `CAP_NET_RAW` is written `net_raw` here",
    ],
    [
      "no rule is smuggled in",
      body(),
      capability("a,\n/** rw", "allow"),
      "no: `a,�/** rw` is not the name of a capability",
    ],
  ]);
});

describe("network", () => {
  run([
    [
      "tick",
      body("network inet dgram,"),
      network("inet stream", "allow"),
      body("network inet dgram,", "network inet stream,"),
    ],
    [
      "untick",
      body("network inet dgram,", "network inet stream,"),
      network("inet dgram", "none"),
      body("network inet stream,"),
    ],
    ["untick what is spelled tcp", body("network inet tcp,"), network("inet stream", "none"), body()],
    ["tick a whole family", body(), network("netlink *", "allow"), body("network netlink,")],
    ["tick all", body(), network("* *", "allow"), body("network,")],
    ["deny", body("network inet stream,"), network("inet stream", "deny"), body("deny network inet stream,")],
    ["untick a limited rule", body("network (create) inet stream,"), network("inet stream", "none"), body()],
    [
      "tick beside a limited rule",
      body("network (create) inet stream,"),
      network("inet stream", "allow"),
      body("network (create) inet stream,", "network inet stream,"),
    ],
    [
      "not where more is allowed",
      body("network inet,"),
      network("inet stream", "allow"),
      "no: `network inet` in line 2 allows inet stream already",
    ],
    [
      "not to untick where more is allowed",
      body("network,"),
      network("inet stream", "none"),
      "no: `network` in line 2 allows inet stream with all it covers; replace it by the families and types that are needed",
    ],
    [
      "not where more is denied",
      body("deny network,"),
      network("inet stream", "allow"),
      "no: `deny network` in line 2 denies inet stream with all it covers, and a deny beats every allow; narrow that rule first",
    ],
    [
      "deny within what is allowed",
      body("network,"),
      network("inet raw", "deny"),
      body("network,", "deny network inet raw,"),
    ],
  ]);
});
