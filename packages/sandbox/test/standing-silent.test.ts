import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StandingRequest, StandingWord } from "@hauberk/contract";
import { afterAll, describe, expect, it } from "vitest";
import { testSandbox } from "./asking.ts";

/** What three parsers really compile of rules and flags, measured apart from this project. */
const measured = fileURLToPath(new URL("../../../../shared/conformance/data/silent.tsv", import.meta.url));

const columns = { "debian-12": "3.0.8@6.1", "debian-13": "4.1.0@6.12", "debian-sid": "5.0.2@7.2" } as const;

const sandbox = testSandbox();
afterAll(() => sandbox.close());

/** The measurement went by all features of the kernel; an older abi asks for less. */
const lacking = {
  "rule io_uring sqpoll,": "abi/4.0 has no io_uring",
  "rule deny unix (connect) type=stream peer=(addr=@foo),": "abi/4.0 knows unix sockets by their type only",
} as const;

/** How a person may write the same rule, and where that makes a difference: `target: item`, and why. */
const ways: readonly {
  readonly name: string;
  readonly abi: string;
  readonly features: StandingRequest["features"];
  readonly differing: ReadonlyMap<string, string>;
}[] = [
  { name: "under all features of the kernel", abi: "", features: "kernel", differing: new Map() },
  { name: "without an abi line", abi: "", features: "text", differing: new Map() },
  {
    name: "under `abi <abi/4.0>`",
    abi: "abi <abi/4.0>,\n",
    features: "text",
    differing: new Map([
      ["debian-13: rule io_uring sqpoll,", lacking["rule io_uring sqpoll,"]],
      ["debian-sid: rule io_uring sqpoll,", lacking["rule io_uring sqpoll,"]],
      [
        "debian-sid: rule deny unix (connect) type=stream peer=(addr=@foo),",
        lacking["rule deny unix (connect) type=stream peer=(addr=@foo),"],
      ],
    ]),
  },
];

const words: Readonly<Record<StandingWord, string>> = {
  enforced: "eff",
  widened: "eff",
  dropped: "noop",
  rejected: "REJECT",
  undecided: "undecided",
};

function profileFor(item: string, name: string): string {
  if (item.startsWith("rule ")) return `profile ${name} {\n  ${item.slice("rule ".length)}\n}`;
  if (item.startsWith("flag ")) return `profile ${name} flags=(${item.slice("flag ".length)}) {\n}`;
  return `profile ${name} /usr/bin/${name} xattrs=(user.tag=x) {\n}`;
}

// The measurement lies beside the checkout on some machines only; standings.test.ts holds much of it everywhere.
describe.skipIf(!existsSync(measured))("standings agree with what was measured", () => {
  it.each(ways)("$name", async ({ abi, features, differing }) => {
    const [head = "", ...lines] = readFileSync(measured, "utf8").trimEnd().split("\n");
    const items = lines.map((line) => line.split("\t"));
    const text = items.map(([item = ""], index) => profileFor(item, `p${index}`)).join("\n");
    const files = [{ path: "apparmor.d/p", text: `${abi}${text}\n` }];
    const targets = Object.keys(columns);
    const differences: string[] = [];
    let compared = 0;
    for await (const { target, rows } of sandbox.standings({ name: "t", files, targets, effort: "full", features })) {
      const column = head
        .split("\t")
        .findIndex((name) => Object.entries(columns).some(([id, at]) => id === target && at === name));
      for (const [index, cells] of items.entries()) {
        const row = rows.find(({ profile, subject }) => profile === `p${index}` && subject !== "profile");
        const wanted = cells[column]?.replace(/\+.*$/u, "");
        compared++;
        if (row === undefined || words[row.standing] !== wanted) differences.push(`${target}: ${cells[0]}`);
      }
    }
    expect(compared).toBeGreaterThan(150);
    // A listed difference that is none any more fails as well.
    expect(differences.toSorted()).toEqual([...differing.keys()].toSorted());
  });
});
