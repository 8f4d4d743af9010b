import { describe, expect, it } from "vitest";
import { planStanding } from "../plan-standing.ts";
import type { Probe } from "../probe.ts";
import { readStanding } from "../read-standing.ts";

/** The first probes of a profile with these rules. */
function probesOf(rules: readonly string[]): readonly Probe[] {
  const text = `profile p {\n  ${rules.join("\n  ")}\n}\n`;
  const files = [{ path: "apparmor.d/p", text }];
  const tree = { target: "t", files: new Map<string, string>() };
  return readStanding(planStanding({ files, tree, features: "text" }).studies, () => undefined).probes;
}

/** The rules of each probe that holds several of them. */
function companies(rules: readonly string[]): readonly (readonly string[])[] {
  return probesOf(rules)
    .map(({ body }) => rules.filter((rule) => body.split("\n").some((line) => line.trim() === rule)))
    .filter(({ length }) => length > 1);
}

const many = Array.from({ length: 200 }, (_, index) => `${index % 7 === 0 ? "owner " : ""}/srv/part${index}/*.d/** r,`);

describe("rules that share a probe", () => {
  it("are most of a long list of plain rules, and few probes tell of them", () => {
    expect(new Set(companies(many).flat()).size).toBeGreaterThan(190);
    expect(probesOf(many).length).toBeLessThan(50);
  });

  it("never meet where one of them is looked at", () => {
    expect(companies(["/a/** r,", "/a/b r,"])).toEqual([]);
    expect(companies(["/a/{,b/}c r,", "/a/c r,"])).toEqual([]);
    expect(companies(["@{HOME}/** rw,", "@{HOME}/x r,"])).toEqual([]);
    const [together] = companies(["/a/** r,", "/b/c r,", "/a/b r,", "/d/e w,"]);
    expect(together).toEqual(["/b/c r,", "/a/b r,", "/d/e w,"]);
  });

  it("say nothing but that plain accesses are allowed", () => {
    const others = ["deny /b w,", "audit /c r,", "/d ix,", "/e l,", "priority=1 /f r,", "/g?[ab]*?{c,d}*?x r,"];
    expect(companies(["/a r,", ...others])).toEqual([]);
    expect(companies(["/a r,", "allow { /b r, }", "if $x { /c r, }"])).toEqual([]);
  });

  it("stay together when another rule comes, so that what is known of them stays known", () => {
    const before = new Set(probesOf(many).map(({ body }) => body));
    const after = probesOf([...many.slice(0, 90), "/one/more r,", ...many.slice(90)]);
    expect(after.filter(({ body }) => !before.has(body)).length).toBeLessThan(6);
  });
});
