import { describe, expect, test } from "vitest";
import { readUnitText, type UnitFile } from "./unit-file.ts";
import { limitsOf } from "./unit-limits.ts";
import { ambientOf, boundingOf, familiesOf, type UnitSetReading } from "./unit-sets.ts";

function unitOf(key: string, values: readonly string[]): UnitFile {
  const text = `[Service]\n${values.map((value) => `${key}=${value}\n`).join("")}`;
  return { path: "/x.service", name: "x.service", entries: readUnitText("/x.service", text) };
}

function said({ set, unknown }: UnitSetReading): string {
  const words = [set.kind, ...set.names.keys(), ...unknown.map(({ word }) => `(${word})`)];
  return words.join(" ");
}

/** The values that are taken over, and why others are not. */
function limits(key: string, values: readonly string[]): string[] {
  return limitsOf(unitOf(key, values)).map((reading) => ("reason" in reading ? reading.reason : reading.value));
}

// Each as `systemd-analyze security --offline=true` of systemd 252 tells it.
describe("lines of a unit that are merged", () => {
  test.each<[values: string[], says: string]>([
    [[], "without"],
    [["AF_UNIX AF_INET AF_PACKET", "~AF_PACKET"], "only unix inet"],
    [["AF_INET", "~AF_PACKET"], "only inet"],
    [["AF_INET", "~AF_INET"], "only"],
    [["AF_INET", "~AF_INET", "AF_UNIX"], "only unix"],
    [["~AF_PACKET"], "without packet"],
    [["~AF_PACKET", "AF_INET"], "without packet"],
    [["~AF_PACKET", "AF_PACKET"], "without"],
    [["AF_INET", "", "~AF_UNIX"], "without unix"],
    [["AF_INET", ""], "without"],
    [["none"], "only"],
    [["none", "~AF_PACKET"], "without packet"],
    [["AF_INET", "none", "AF_UNIX"], "only unix"],
    [["AF_INET ~AF_UNIX none INET"], "only inet (~AF_UNIX) (none) (INET)"],
    [["af_inet AF_LOCAL"], "only inet unix"],
    [["~ AF_INET"], "without inet"],
  ])("RestrictAddressFamilies= %j", (values, says) => {
    expect(said(familiesOf(unitOf("RestrictAddressFamilies", values)))).toBe(says);
  });

  test.each<[values: string[], says: string]>([
    [[], "without"],
    [["CAP_KILL cap_chown"], "only kill chown"],
    [["CAP_KILL CAP_CHOWN", "~CAP_KILL"], "only chown"],
    [["~CAP_KILL"], "without kill"],
    [["~CAP_KILL", "CAP_CHOWN"], "without kill"],
    [["~CAP_KILL", "~CAP_CHOWN"], "without kill chown"],
    // The set is whole again, so the next line says anew what it is.
    [["~CAP_CHOWN", "CAP_CHOWN", "CAP_KILL"], "only kill"],
    [["CAP_KILL", ""], "only"],
    [["CAP_KILL", "", "CAP_CHOWN"], "only chown"],
    [["CAP_KILL", "~"], "without"],
    [["CAP_KILL CAP_CHOWN", "CAP_BOGUS"], "only (CAP_BOGUS)"],
  ])("CapabilityBoundingSet= %j", (values, says) => {
    expect(said(boundingOf(unitOf("CapabilityBoundingSet", values)))).toBe(says);
  });

  test.each<[values: string[], says: string]>([
    [[], "only"],
    [["CAP_KILL CAP_CHOWN", "~CAP_KILL"], "only chown"],
    [["~CAP_KILL"], "without kill"],
    [["CAP_KILL", "~CAP_KILL"], "only"],
    [["CAP_KILL", ""], "only"],
  ])("AmbientCapabilities= %j", (values, says) => {
    expect(said(ambientOf(unitOf("AmbientCapabilities", values)))).toBe(says);
  });
});

const turned = (nice: number): string =>
  `parsers turn the sign of \`nice\` round, so that it is \`set rlimit nice <= ${nice},\` which sets the same number (${nice + 20})`;

describe("limits of a unit", () => {
  test.each<[key: string, value: string, says: string]>([
    ["CPU", "10min", "10min"],
    ["CPU", "1min 30s", "90s"],
    ["CPU", "1.5h", "90min"],
    ["CPU", "1200ms", "2s"],
    ["CPU", "60", "1min"],
    ["CPU", "0", "no rule can say it: `0us` is no value of `cpu`: it is below one second"],
    ["RTTIME", "5s", "5s"],
    ["RTTIME", "200000", "200ms"],
    ["RTTIME", "1usec", "1us"],
    ["NICE", "-5", turned(5)],
    ["NICE", "+5", turned(-5)],
    ["NICE", "25", turned(5)],
    ["NICE", "0", turned(-20)],
    ["NICE", "41", "systemd takes no such value"],
    ["NICE", "+20", "systemd takes no such value"],
    ["AS", "1.5G", "1536MB"],
    ["AS", "1G 5M", "1029MB"],
    ["AS", "4G:1T", "1024GB"],
    ["CORE", "0", "0"],
    ["CORE", "1000", "1000"],
    ["CORE", "1K 5M", "systemd takes no such value"],
    ["NOFILE", "1024:524288", "524288"],
    ["NOFILE", "4K", "systemd takes no such value"],
    ["NOFILE", "5:4", "its soft limit is above its hard one, which systemd refuses"],
    ["NOFILE", "infinity", "infinity"],
    ["STACK", "8M:", "systemd takes no such value"],
    ["OFILE", "4", "systemd knows no such limit"],
  ])("Limit%s=%s", (key, value, says) => {
    expect(limits(`Limit${key}`, [value])).toEqual([says]);
  });

  test("the last one that systemd takes counts, and an empty one takes back those before it", () => {
    expect(limits("LimitNOFILE", ["1", "2"])).toEqual(["2"]);
    expect(limits("LimitNOFILE", ["1", "x"])).toEqual(["1", "systemd takes no such value"]);
    expect(limits("LimitNOFILE", ["1", ""])).toEqual([]);
  });
});
