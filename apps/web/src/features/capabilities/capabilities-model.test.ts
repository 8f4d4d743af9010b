import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import { capabilityStates, countCapabilities, matchesSearch, sourceWords, stateWords } from "./capabilities-model.ts";

const known = ["net_raw", "bpf", "sys_admin"];

function statesOf(body: string) {
  const file = viewFile("apparmor.d/x", `profile x {\n${body}\n}\n`);
  const profile = file.profiles[0];
  if (profile === undefined) throw new Error("no profile");
  return capabilityStates(file.tree, profile, known);
}

/** The words on `bpf`. */
function wordsOf(states: ReturnType<typeof statesOf>["states"]): string | null {
  const state = states.get("bpf");
  return state === undefined ? null : stateWords(state);
}

/** What the rules on `bpf` say beside that. */
function saidOf(states: ReturnType<typeof statesOf>["states"]): readonly string[] {
  const state = states.get("bpf");
  return state === undefined ? [] : sourceWords(state);
}

describe("capabilityStates", () => {
  it("ticks what rules name and says on which line", () => {
    const { states } = statesOf("  capability net_raw bpf,\n  audit deny capability sys_admin,");
    expect(states.get("net_raw")).toMatchObject({ own: "allow", effective: "allow", audit: false });
    expect(states.get("sys_admin")).toMatchObject({ own: "deny", effective: "deny", audit: true });
    expect(states.get("bpf")?.sources.map(({ line }) => line)).toEqual([2]);
    expect(states.get("sys_admin")?.sources.map(({ line }) => line)).toEqual([3]);
  });

  it("shows what comes by the wildcard without ticking the box", () => {
    const { states, wildcards } = statesOf("  capability,");
    expect(states.get("bpf")).toMatchObject({ own: "none", effective: "allow" });
    expect(wildcards).toHaveLength(1);
    expect(wordsOf(states)).toContain("line 2");
  });

  it("lets a wildcard deny beat a named allow, and says so", () => {
    const { states } = statesOf("  capability bpf,\n  deny capability,");
    expect(states.get("bpf")).toMatchObject({ own: "allow", effective: "deny" });
    expect(wordsOf(states)).toContain("line 3");
  });

  it("keeps names that nobody knows", () => {
    const { states, unknown } = statesOf("  capability net_raw frobnicate,");
    expect(unknown).toEqual(["frobnicate"]);
    expect(states.get("frobnicate")?.own).toBe("allow");
  });

  it("shows what the parser forgets in a block, and counts it for nothing", () => {
    for (const word of ["deny", "audit"]) {
      const { states } = statesOf(`  ${word} {\n    capability bpf,\n    capability,\n  }`);
      expect(states.get("bpf")).toMatchObject({ own: "none", effective: "none", audit: false });
      expect(wordsOf(states)).toBeNull();
      expect(saidOf(states)).toEqual([
        `The rule on line 3 stands inside a block \`${word} { … }\`.`,
        "The rule on line 3 is forgotten by the parser: a block keeps only rules about files.",
      ]);
      expect(countCapabilities(states.values())).toEqual({ allowed: 0, denied: 0, audited: 0 });
    }
  });

  it("says which part of a rule that names it can't be read", () => {
    const { states } = statesOf("  capability net_raw bpf !!,");
    expect(saidOf(states)).toEqual(["The rule on line 2 has a part that can't be read: `!!`."]);
  });

  it("hides no qualifier that the boxes of a row have no place for", () => {
    const { states } = statesOf("  prompt capability bpf,\n  priority=3 audit deny capability bpf net_raw,");
    expect(states.get("bpf")).toMatchObject({ own: "deny", sources: [{ alone: true }, { alone: false }] });
    expect(saidOf(states)).toEqual([
      "The rule on line 2 says `prompt`: asks the user's desktop.",
      "The rule on line 3 has priority 3.",
    ]);
  });

  it("counts what holds, wildcards included", () => {
    const { states } = statesOf("  capability,\n  deny capability bpf,");
    expect(countCapabilities(states.values())).toEqual({ allowed: 2, denied: 1, audited: 0 });
  });
});

describe("matchesSearch", () => {
  it("finds by any words, and by the kernel's name", () => {
    expect(matchesSearch("CAP_NET_RAW", "net_raw", "sockets")).toBe(true);
    expect(matchesSearch("raw sock", "net_raw", "raw sockets")).toBe(true);
    expect(matchesSearch("bpf", "net_raw", "raw sockets")).toBe(false);
  });
});
