import { describe, expect, it } from "vitest";

import { capabilities, capabilityConsequences, capabilityOperations, dangerRank, operationsOf } from "./index.ts";

const names = capabilities.map(({ name }) => name);

describe("the consequences of capabilities", () => {
  it("are none for none, and none for a harmless one alone", () => {
    expect(capabilityConsequences([])).toEqual([]);
    expect(capabilityConsequences(["wake_alarm", "no_such_thing"])).toEqual([]);
  });

  it("say that sys_admin swallows the ones that were cut out of it", () => {
    const [first] = capabilityConsequences(["sys_admin"]);
    expect(first?.danger).toBe("total");
    expect(capabilityConsequences(["sys_admin"]).flatMap(({ gives }) => gives)).toEqual(
      expect.arrayContaining(["bpf", "perfmon", "checkpoint_restore"]),
    );
  });

  it("name what of the asked-for brings each about, worst first", () => {
    const said = capabilityConsequences(["setuid", "sys_ptrace", "dac_override"]);
    expect(said.map(({ id }) => id)).toEqual(expect.arrayContaining(["ptrace-other-users", "files-of-root"]));
    expect(said.find(({ id }) => id === "files-of-root")?.capabilities).toEqual(["dac_override", "setuid"]);
    const ranks = said.map(({ danger }) => dangerRank(danger));
    expect(ranks).toEqual(ranks.toSorted((one, other) => other - one));
  });

  it("want a helper where one is needed", () => {
    expect(capabilityConsequences(["audit_control"])).toEqual([]);
    expect(capabilityConsequences(["audit_control", "syslog"]).map(({ id }) => id)).toEqual(["audit-blind"]);
    expect(capabilityConsequences(["chown"])).toEqual([]);
    expect(capabilityConsequences(["chown", "fowner"]).map(({ id }) => id)).toContain("chown-setuid-bit");
  });

  it("only grow as capabilities are added, and name no capability that there is not", () => {
    const whole = capabilityConsequences(names);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
    for (const name of names) {
      const without = capabilityConsequences(names.filter((each) => each !== name)).map(({ id }) => id);
      expect(whole.map(({ id }) => id)).toEqual(expect.arrayContaining(without));
    }
    const named = whole.flatMap(({ capabilities: held, gives }) => [...held, ...gives]);
    expect(named.filter((name) => !names.includes(name) && name !== "every other capability")).toEqual([]);
    expect(whole.filter(({ sentence, why }) => !/^\S.{20,}\.$/u.test(sentence) || !/^\S.{10,}\.$/u.test(why))).toEqual(
      [],
    );
  });
});

describe("the operations that the kernel asks capabilities for", () => {
  it("name known capabilities, and one at least for each that the kernel checks", () => {
    const named = new Set(capabilityOperations.flatMap((each) => each.capabilities));
    expect([...named].filter((name) => !names.includes(name))).toEqual([]);
    // The kernel asks for the first nowhere, and AppArmor does not heed the second.
    expect(names.filter((name) => !named.has(name))).toEqual(["net_broadcast", "mac_override"]);
  });

  it("begin with those that the capability alone opens", () => {
    expect(operationsOf("dac_override").map(({ capabilities: any }) => any.length)).toEqual([1, 2]);
    expect(operationsOf("bpf")[0]?.where).toEqual(["bpf BPF_PROG_LOAD"]);
  });
});
