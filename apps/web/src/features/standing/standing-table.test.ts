import type { StandingRow } from "@hauberk/contract";
import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";
import type { StandingTarget } from "../../store/index.ts";
import { countWords, groupWords, type RuleLine, standingTable, tableText } from "./standing-table.ts";

const path = "apparmor.d/app";
const text = `abi <abi/4.0>,
profile app {
  network inet stream peer=(ip=127.0.0.53),
  /etc/x r,
  profile child {
    userns,
  }
}
`;
const file = viewFile(path, text);

function row(id: string, written: string, parts: Partial<StandingRow>): StandingRow {
  const start = text.indexOf(written);
  const plain = { line: 1, column: 1, also: [], becomes: null, reason: null, subject: "rule" as const };
  const said = { standing: "enforced" as const, detail: "Enforced as written.", profile: "app" };
  return { target: id, file: path, start, end: start + written.length, rule: written, ...plain, ...said, ...parts };
}

function target(id: string, label: string, child: StandingRow["standing"]): StandingTarget {
  const rows = [
    row(id, "abi <abi/4.0>,", { subject: "abi", profile: null, standing: child, detail: "" }),
    row(id, "network inet stream peer=(ip=127.0.0.53),", { standing: "widened", detail: "It has no effect here." }),
    row(id, "/etc/x r,", {}),
    row(id, "userns,", { profile: "app//child", standing: child, detail: child === "rejected" ? "Refused." : "" }),
  ];
  return { id, label, answer: { texts: new Map([[path, text]]), rows }, state: "known", why: null };
}

const targets = [target("debian-12", "Debian 12 (bookworm)", "rejected"), target("sid", "Debian sid", "enforced")];

describe("the table of rules by targets", () => {
  const table = standingTable(targets, [file], false);

  it("has each rule under its profile, the remarks on the file before them, and a cell for each target", () => {
    const { lines } = table;
    expect(lines.map((line) => (line.kind === "group" ? groupWords(line) : line.text))).toEqual([
      "app",
      "abi <abi/4.0>,",
      "app in app",
      "network inet stream peer=(ip=127.0.0.53),",
      "/etc/x r,",
      "app//child in app",
      "userns,",
    ]);
    const rules = lines.filter((line): line is RuleLine => line.kind === "rule");
    expect(rules.map(({ number, line }) => [number, line])).toEqual([
      [0, 1],
      [1, 3],
      [2, 4],
      [3, 6],
    ]);
    expect(rules.map(({ standing }) => standing.there.map(({ mark }) => mark))).toEqual([
      ["rejected", "enforced"],
      ["widened", "widened"],
      ["enforced", "enforced"],
      ["rejected", "enforced"],
    ]);
  });

  it("counts, and shows only what differs where that is asked", () => {
    expect(countWords(table)).toBe("4 rules: 2 rejected, 1 widened");
    const open = standingTable(targets, [file], true);
    expect(open.lines.map((line) => (line.kind === "group" ? line.open : line.text))).toEqual([
      1,
      "abi <abi/4.0>,",
      1,
      "network inet stream peer=(ip=127.0.0.53),",
      1,
      "userns,",
    ]);
    expect(countWords(open)).toBe(countWords(table));
  });

  it("keeps a cell for a target that has not answered", () => {
    const [first] = targets;
    if (first === undefined) throw new Error("no target");
    const waiting: StandingTarget = { ...first, id: "debian-13", label: "Debian 13", answer: null, state: "asking" };
    const { lines } = standingTable([waiting, first], [file], false);
    const marks = lines.flatMap((line) => (line.kind === "rule" ? [line.standing.there.map(({ mark }) => mark)] : []));
    expect(marks[0]).toEqual(["asking", "rejected"]);
    expect(marks[1]).toEqual(["asking", "widened"]);
  });

  it("goes into a mail with the sentences of what differs", () => {
    expect(tableText(table)).toBe(`app
1: abi <abi/4.0>,  [Debian 12 (bookworm): rejected; Debian sid: enforced]
    Debian 12: rejected.
    Debian sid: enforced.

app in app
3: network inet stream peer=(ip=127.0.0.53),  [Debian 12 (bookworm): widened; Debian sid: widened]
    Debian 12, Debian sid: widened. It has no effect here.
4: /etc/x r,  [Debian 12 (bookworm): enforced; Debian sid: enforced]

app//child in app
6: userns,  [Debian 12 (bookworm): rejected; Debian sid: enforced]
    Debian 12: rejected. Refused.
    Debian sid: enforced.
`);
  });
});
