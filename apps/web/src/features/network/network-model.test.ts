import { policyFiles, type PolicyFiles } from "@hauberk/core/analysis";
import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import { fineWords, inheritedWords, networkView, ownWords } from "./network-model.ts";

function view(body: string, files?: PolicyFiles) {
  const file = viewFile("apparmor.d/x", `profile x {\n${body}\n}\n`);
  const profile = file.profiles[0];
  if (profile === undefined) throw new Error("no profile");
  return networkView(file, profile, files);
}

/** What the one fine rule of a body is said to come to. */
function fine(body: string) {
  const [placed] = viewFile("apparmor.d/x", `profile x {\n${body}\n}\n`).profiles[0]?.rules ?? [];
  if (placed?.rule.value.kind !== "network") throw new Error("no network rule");
  return fineWords(placed.rule.value, false);
}

describe("networkView", () => {
  it("ticks exactly the cell that a rule names", () => {
    const network = view("  network inet stream,\n  deny network packet raw,");
    expect(network.cell("inet", "stream")).toMatchObject({ own: "allow", effective: "allow" });
    expect(network.cell("inet", "dgram")).toMatchObject({ own: "none", effective: "none" });
    expect(network.cell("packet", "raw").own).toBe("deny");
    expect([...network.beyond]).toEqual([]);
  });

  it("shows wider rules as inherited", () => {
    const network = view("  network inet,\n  network tcp,");
    expect(network.cell("inet", "dgram")).toMatchObject({ own: "none", effective: "allow" });
    expect(network.cell("inet6", "stream")).toMatchObject({ own: "none", effective: "allow" });
    expect(network.cell("inet6", "dgram").effective).toBe("none");
    expect(network.cell("inet", null)).toMatchObject({ own: "allow" });
    expect([...network.beyond]).toEqual([0, 1]);
  });

  it("lets `deny network,` close a ticked cell, and says which line does", () => {
    const cell = view("  network inet stream,\n  deny network,").cell("inet", "stream");
    expect(cell).toMatchObject({ own: "allow", effective: "deny" });
    expect(inheritedWords(cell)).toContain("line 3");
  });

  it("keeps nothing that a rule of a cell says from the reader", () => {
    const network = view("  prompt network inet stream,\n  if $far {\n    priority=2 network inet6,\n  }");
    expect(ownWords(network.cell("inet", "stream"))).toEqual([
      "The rule on line 2 says `prompt`: asks the user's desktop.",
    ]);
    expect(ownWords(network.cell("inet6", null))).toEqual([
      "The rule on line 4 stands inside `if $far`.",
      "The rule on line 4 has priority 2.",
    ]);
    expect(ownWords(network.cell("inet6", "stream"))).toEqual([]);
    expect(inheritedWords(network.cell("inet6", "stream"))).toBe(
      "allowed by `priority=2 network inet6,` on line 4, which stands inside `if $far`",
    );
  });

  it("says that an include opens the network", () => {
    const cell = view("  include <abstractions/nameservice>").cell("inet6", "dgram");
    expect(cell).toMatchObject({ own: "none", effective: "allow" });
    expect(inheritedWords(cell)).toContain("abstractions/nameservice");
  });

  it("lists fine rules and says that addresses are widened", () => {
    const network = view(
      "  network inet stream peer=(ip=127.0.0.53 port=53),\n  network (create, connect) inet6 dgram,",
    );
    expect([...network.beyond]).toEqual([0, 1]);
    expect(network.cell("inet", "stream")).toMatchObject({ own: "none", effective: "allow" });
    expect(fine("  network inet stream peer=(ip=127.0.0.53 port=53),")).toMatchObject({
      widened: true,
      words: expect.stringContaining("any address is allowed, exactly as `network inet stream,` would"),
    });
    expect(fine("  network (create, connect) inet6 dgram,").widened).toBe(false);
  });

  it("counts `unix,` for the unix family", () => {
    expect(view("  unix,").cell("unix", "stream").effective).toBe("allow");
    const part = view("  unix (send) type=stream peer=(addr=@x),");
    expect(inheritedWords(part.cell("unix", "stream"))).toMatch(/^allowed, at least in part, by `unix \(send\)/u);
    expect(part.cell("unix", "dgram").effective).toBe("none");
    expect([...part.beyond]).toEqual([]);
    expect(view("  deny unix (send) peer=(addr=@x),").cell("unix", "stream").effective).toBe("none");
  });

  it("takes no box for a rule that it can't write: of another kind, or on a part of a family", () => {
    for (const rule of ["network (connect) inet6,", "network inet6 ip=1.2.3.4,"]) {
      const network = view(`  ${rule}`);
      expect(network.cell("inet6", null)).toMatchObject({ own: "none", effective: "allow", audit: false });
      expect(inheritedWords(network.cell("inet6", "stream"))).toContain("at least in part");
      expect([...network.beyond]).toEqual([0]);
    }
    expect(view("  unix,").cell("unix", null)).toMatchObject({ own: "none", effective: "allow" });
  });

  it("shows what the parser forgets, and counts it for nothing", () => {
    const network = view("  deny {\n    network inet6 stream,\n  }\n  audit {\n    network inet dgram,\n  }");
    expect(network.cell("inet6", "stream")).toMatchObject({ own: "none", effective: "none" });
    expect(network.cell("inet", "dgram")).toMatchObject({ own: "none", effective: "none", audit: false });
    expect(ownWords(network.cell("inet6", "stream"))).toEqual([
      "The rule on line 3 stands inside a block `deny { … }`.",
      "The rule on line 3 is forgotten by the parser: a block keeps only rules about files.",
    ]);
    expect(inheritedWords(network.cell("inet6", "stream"))).toBeNull();
  });
});

describe("what includes open", () => {
  const files = policyFiles([], {
    target: "debian-12",
    files: new Map([
      ["abstractions/nameservice", "include <abstractions/inner>\n"],
      ["abstractions/inner", "network inet dgram,\nnetwork netlink,\n"],
    ]),
  });
  const body = "  include <abstractions/nameservice>";

  it("is told by their text, through what they include", () => {
    const network = view(body, files);
    expect(network.cell("inet", "dgram")).toMatchObject({ own: "none", effective: "allow" });
    expect(network.cell("inet", "stream").effective).toBe("none");
    expect(network.cell("netlink", "raw").sources[0]).toMatchObject({
      reach: "include",
      text: "include <abstractions/nameservice>",
    });
  });

  it("is what it is on Debian 12 while their text is not at hand", () => {
    expect(view(body).cell("inet6", "stream").effective).toBe("allow");
    expect(view(body, policyFiles([], null)).cell("inet6", "stream").effective).toBe("allow");
  });
});
