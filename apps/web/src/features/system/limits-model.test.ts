import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import { furtherLimits, limitRows } from "./limits-model.ts";

const file = viewFile(
  "x",
  `profile x {
  set rlimit nofile <= 1024,
  set rlimit nofile <= 2048,
  set rlimit flying <= 512MB,
  set rlimit core <= 0,
  if $a {
    set rlimit cpu <= 60s,
  }
}
`,
);
const [profile] = file.profiles;
if (profile === undefined) throw new Error("no profile");

describe("limitRows", () => {
  const rows = limitRows(file, profile);

  it("has a row for each limit, with the first plain rule that sets it", () => {
    expect(new Set(rows.map(({ limit }) => limit.name)).size).toBe(rows.length);
    const set = rows.filter((row) => row.set !== null);
    expect(set.map(({ limit, set: here }) => [limit.name, here?.value.value, here?.line])).toEqual([
      ["nofile", "1024", 2],
      ["core", "0", 5],
    ]);
  });

  it("leaves every other rule on limits to the list", () => {
    const further = [...furtherLimits(profile)].map(({ rule }) => file.tree.text.slice(rule.node.start, rule.node.end));
    expect(further).toEqual(["set rlimit nofile <= 2048,", "set rlimit flying <= 512MB,", "set rlimit cpu <= 60s,"]);
  });
});
