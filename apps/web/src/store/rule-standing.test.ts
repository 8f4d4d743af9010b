import type { StandingRow } from "@hauberk/contract";
import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";
import { ruleStanding, standingPlace, worstMark } from "./rule-standing.ts";
import type { StandingTarget } from "./standing-store.ts";

const path = "apparmor.d/app";
const asked = `profile app {
  network inet stream,
  /etc/x r,
  profile child {
    /etc/x r,
  }
}
`;

/** A target that said these words of the rules of a text, in their order. */
function target(text: string, words: readonly StandingRow["standing"][], state: StandingTarget["state"] = "known") {
  const rows = placesOf(text).map(({ start, end, profile }, index): StandingRow => ({
    target: "debian-12",
    file: path,
    line: 1,
    column: 1,
    start,
    end,
    subject: "rule",
    profile,
    rule: text.slice(start, end),
    standing: words[index] ?? "enforced",
    detail: "",
    also: [],
    becomes: null,
    reason: null,
  }));
  return { id: "debian-12", label: "Debian 12", answer: { texts: new Map([[path, text]]), rows }, state, why: null };
}

function placesOf(text: string) {
  const file = viewFile(path, text);
  return file.profiles.flatMap(({ name, rules, children }) => [
    ...rules.map(({ rule }) => ({ ...rule.node, profile: name })),
    ...children.flatMap((child) =>
      child.rules.map(({ rule }) => ({ ...rule.node, profile: `${name}//${child.name}` })),
    ),
  ]);
}

function marks(targets: readonly StandingTarget[], text: string) {
  const file = viewFile(path, text);
  return placesOf(text).map((range) => ruleStanding(targets, standingPlace(file, range), text)?.worst);
}

describe("the standing of a rule", () => {
  const said = target(asked, ["widened", "enforced", "dropped"]);

  it("is what was said of its text, in its own profile", () => {
    expect(marks([said], asked)).toEqual(["widened", "enforced", "dropped"]);
  });

  it("stays with a rule that moves, and is being asked of one that changes", () => {
    const edited = asked.replace("network inet stream", "capability chown,\n  network inet6 stream");
    expect(marks([said], edited)).toEqual(["asking", "asking", "enforced", "dropped"]);
  });

  it("is not known where nobody can be asked, and never taken from another profile", () => {
    const moved = asked.replace("    /etc/x r,\n", "    /etc/y r,\n    network inet stream,\n");
    expect(marks([{ ...said, state: "unknown" }], moved)).toEqual(["widened", "enforced", "unknown", "unknown"]);
    expect(marks([{ ...said, answer: null, state: "unknown" }], asked)).toEqual(["unknown", "unknown", "unknown"]);
  });

  it("tells two rules of the same text apart by their places", () => {
    const twice = "profile app {\n  /etc/x r,\n  if $a {\n    /etc/x r,\n  }\n}\n";
    expect(marks([target(twice, ["dropped", "enforced"])], twice)).toEqual(["dropped", "enforced"]);
    expect(marks([target(twice, ["dropped", "enforced"])], `# a\n${twice}`)).toEqual(["dropped", "enforced"]);
  });

  it("is the worst of the targets, and the same object until more is known", () => {
    const targets = [said, { ...target(asked, ["rejected"]), id: "debian-13" }];
    const file = viewFile(path, asked);
    const [first] = placesOf(asked);
    if (first === undefined) throw new Error("no rule");
    const standing = ruleStanding(targets, standingPlace(file, first), asked);
    expect(standing?.worst).toBe("rejected");
    expect(standing?.there.map(({ mark }) => mark)).toEqual(["widened", "rejected"]);
    expect(ruleStanding(targets, standingPlace(viewFile(path, asked), first), asked)).toBe(standing);
    expect(ruleStanding([], standingPlace(file, first), asked)).toBeNull();
  });

  it("heeds a target that can't be asked at all only where no other says anything", () => {
    const silent = { ...target(asked, ["undecided", "undecided", "undecided"]), id: "ubuntu-22.04" };
    const rows = silent.answer.rows.map((row) => ({ ...row, reason: "target_unusable" as const }));
    const mute = { ...silent, answer: { ...silent.answer, rows } };
    expect(marks([said, mute], asked)).toEqual(["widened", "enforced", "dropped"]);
    expect(marks([mute], asked)).toEqual(["undecided", "undecided", "undecided"]);
    const near = silent.answer.rows.map((row) => ({ ...row, reason: "approximate" as const }));
    const approximation = { ...silent, answer: { ...silent.answer, rows: near } };
    expect(marks([said, approximation], asked)).toEqual(["widened", "enforced", "dropped"]);
    expect(marks([said, silent], asked)).toEqual(["widened", "undecided", "dropped"]);
  });

  it("ranks what opens or breaks before what is only not known", () => {
    expect(worstMark(["enforced", "unknown", "widened"])).toBe("widened");
    expect(worstMark(["asking", "undecided"])).toBe("undecided");
    expect(worstMark([])).toBe("enforced");
  });
});
