import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import {
  capabilities,
  capabilityGroups,
  dangerRank,
  execModeNamed,
  execModes,
  filePermissions,
  isMountOption,
  isSensiblePair,
  isSignalName,
  knownVariables,
  networkCellWords,
  networkDomains,
  networkPermissions,
  profileFlags,
  profileModes,
  rlimits,
  socketTypes,
  worstDanger,
} from "./index.ts";

const lists: Record<string, readonly { readonly name: string; readonly sentence: string }[]> = {
  capabilities,
  networkDomains,
  socketTypes,
  networkPermissions,
  filePermissions,
  execModes,
  profileModes,
  profileFlags,
  rlimits,
  knownVariables,
};

describe("every closed list", () => {
  it.each(Object.entries(lists))("%s names each word once and says something of it", (_, list) => {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
    expect(list.filter(({ sentence }) => !/^\S.{8,}[.)]$/u.test(sentence))).toEqual([]);
  });
});

describe("capabilities", () => {
  it("are all 41 in the kernel's order", () => {
    expect(capabilities.map(({ number }) => number)).toEqual(Array.from({ length: 41 }, (_, number) => number));
  });

  it("fill every group", () => {
    for (const { id } of capabilityGroups) expect(capabilities.some(({ group }) => group === id)).toBe(true);
  });

  it("call the ones that undo AppArmor itself total", () => {
    const total = capabilities.filter(({ danger }) => danger === "total").map(({ name }) => name);
    expect(total).toEqual(["sys_module", "sys_rawio", "sys_admin", "sys_boot", "mac_admin"]);
  });
});

describe("network cells", () => {
  it("have words for every family and type", () => {
    for (const domain of [null, ...networkDomains.map(({ name }) => name)]) {
      for (const type of [null, "tcp", "udp", "icmp", ...socketTypes.map(({ name }) => name)]) {
        const words = networkCellWords(domain, type);
        expect(words.allows, `${domain} ${type}`).not.toContain("undefined");
        expect(words.doesNotRestrict.length).toBeGreaterThan(10);
      }
    }
  });

  it("say that TCP goes to any address and that the address can't be restricted", () => {
    const words = networkCellWords("inet", "stream");
    expect(words.allows).toContain("any address and port");
    expect(words.doesNotRestrict).toContain("address");
    expect(networkCellWords("inet", "tcp")).toEqual(words);
  });

  it("say that packet sockets want net_raw", () => {
    expect(networkCellWords("packet", "raw").allows).toContain("net_raw");
  });

  it("call a family no less dangerous than its worst type", () => {
    for (const { name, types } of networkDomains) {
      const whole = dangerRank(networkCellWords(name, null).danger);
      for (const type of types) expect(dangerRank(networkCellWords(name, type).danger)).toBeLessThanOrEqual(whole);
    }
  });

  it("tell pairs that exist from pairs that never match", () => {
    expect(isSensiblePair("inet", "stream")).toBe(true);
    expect(isSensiblePair("netlink", "stream")).toBe(false);
    expect(networkCellWords("netlink", "stream").allows).toContain("Nothing");
  });
});

describe("other words", () => {
  it("know real-time signals up to 32", () => {
    expect(isSignalName("rtmin+32")).toBe(true);
    expect(isSignalName("rtmin+33")).toBe(false);
    expect(isSignalName("SIGTERM")).toBe(false);
  });

  it("know every spelling of a mount flag", () => {
    for (const name of ["rw", "R", "make-rprivate", "read-only", "nosymfollow"]) expect(isMountOption(name)).toBe(true);
    expect(isMountOption("idmapped")).toBe(false);
  });

  it("say which exec modes work under no_new_privs", () => {
    expect(execModes.filter((mode) => mode.worksUnderNoNewPrivs).map(({ name }) => name)).toEqual(["ix", "x"]);
    expect(execModeNamed("Px")?.sentence).toContain("Refused where there is none.");
    expect(execModeNamed("pux")?.danger).toBe("total");
  });

  it("find the worst of several dangers", () => {
    expect(worstDanger(["low", "high", "medium"])).toBe("high");
    expect(worstDanger([])).toBe("low");
  });
});

const samples = new URL("../../../../../shared/conformance/data/features.tsv", import.meta.url);
const measured = existsSync(samples);
if (!measured) console.log("vocabulary: no measured samples of syntax beside the project; their test is left out");

describe.runIf(measured)("the flags of profiles", () => {
  it("are known since the parser that first took them", () => {
    const said = new Map([...profileFlags, ...profileModes].map(({ name, since }) => [name, since]));
    const rows = readFileSync(samples, "utf8")
      .split("\n")
      .map((row) => row.split("\t"));
    const wrong = rows.flatMap(([feature = "", , oldest, middle, newest]) => {
      const flag = /^flag ([^,]+)$/u.exec(feature)?.[1]?.split("=")[0];
      if (flag === undefined) return [];
      const since = oldest === "Y" ? "3.0.8" : middle === "Y" ? "4.1.0" : newest === "Y" ? "5.0.2" : undefined;
      return said.get(flag) === since ? [] : [`${flag}: measured ${since}, said ${said.get(flag)}`];
    });
    expect(wrong).toEqual([]);
  });
});
