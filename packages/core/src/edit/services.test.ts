import { describe, expect, test } from "vitest";
import { newConfigText, readConfig, type ServiceSettings } from "../design/index.ts";
import { applyEdits } from "../text/index.ts";
import { removeService, setService, type EditOutcome } from "./index.ts";

const service: ServiceSettings = { profile: "relay", unit: "relay.service", companions: ["nftables"] };

function after(text: string, wish: (file: { path: string; text: string }) => EditOutcome): string {
  const outcome = wish({ path: "hauberk.json", text });
  return outcome.ok ? applyEdits(text, outcome.edits[0]?.edits ?? []) : `no: ${outcome.reason}`;
}

const set = (text: string, settings: ServiceSettings) => after(text, (file) => setService(file, settings));

describe("services in hauberk.json", () => {
  const fresh = newConfigText({ name: "x" });

  test("one is written, changed in its place and taken out again", () => {
    const first = set(fresh, service);
    expect(first).toContain('"services": [');
    const reading = readConfig(first);
    expect(reading.ok && reading.config.services).toEqual([service]);
    const changed = set(first, { ...service, unit: undefined, user: "relay" });
    expect(changed).not.toContain("relay.service");
    expect(changed).toContain('"user": "relay"');
    const two = set(changed, { ...service, profile: "other" });
    expect(after(two, (file) => removeService(file, "other"))).toBe(changed);
  });

  test("kinds that are not said are both of them", () => {
    const reading = readConfig('{"format": 1, "name": "x", "services": [{"profile": "p", "unit": "p.service"}]}');
    expect(reading.ok && reading.config.services[0]?.companions).toEqual(["systemd", "nftables"]);
  });

  test.each([
    [{ unit: "relay" }, /unit.*full name/],
    [{ unit: "a\n[Service].service" }, /unit/],
    [{ unit: "../x.service" }, /unit/],
    [{ user: "Root User" }, /user/],
    [{ user: "x; reboot" }, /user/],
    [{ cgroup: "../../etc" }, /cgroup.*below/],
    [{ cgroup: "/sys/fs/cgroup/x" }, /cgroup/],
    [{ cgroup: 'x" accept' }, /cgroup/],
  ])("%j is refused", (odd, reason) => {
    expect(set(fresh, { ...service, ...odd })).toMatch(reason);
  });

  test("two services for one profile are refused at the second", () => {
    const reading = readConfig(
      '{"format": 1, "name": "x", "services": [{"profile": "p", "user": "a"},\n {"profile": "p", "user": "b"}]}',
    );
    expect(reading.ok ? [] : reading.errors).toMatchObject([{ code: "config/service-profile", line: 2 }]);
  });
});
