import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lowerDesign, type Lowering } from "./index.ts";
import { measuredTargets } from "./test/measured-targets.test-data.ts";
import type { LoweringTarget } from "./target.ts";

/** What the three parsers were seen to read, refuse and forget, where that data lies beside the checkout; without it the goldens stay. */
const data = new URL("../../../../../shared/conformance/data/", import.meta.url);
const here = existsSync(data);
const rows = (file: string): string[][] =>
  here
    ? readFileSync(new URL(file, data), "utf8")
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => line.split("\t"))
    : [];

const targetWith = (parser: string): LoweringTarget => {
  const target = measuredTargets.find(({ parserVersion }) => parserVersion === parser);
  if (target === undefined) throw new Error(`no target has the parser ${parser}`);
  return target;
};

function lowered(text: string, target: LoweringTarget): Lowering {
  return lowerDesign({ name: "sample", files: [{ path: "apparmor.d/sample", text }] }, target);
}

/** What the table says: the parser reads the text as it is and takes it for what it is. */
function isRead({ lost, rewritten }: Lowering): boolean {
  return rewritten.length === 0 && lost.every(({ readable }) => readable);
}

const preamble = "$a=true\n$b=false\n@{FOO}=foo\n@{N}=5\n";
const inProfile = (rule: string): string => `${preamble}profile x {\n${rule}\n}\n`;

/** Files in which nothing but the parser's version decides; `\n` stands for a line end. */
const isWhole = (sample: string): boolean => sample.includes("\\n");

describe.runIf(here)("the dialect table, against what was measured", () => {
  const samples = rows("features.tsv");
  const parsers = ["3.0.8", "4.1.0"];

  /** Where a parser's yes or no is about something else than reading. */
  const exceptions: ReadonlyMap<string, string> = new Map([
    ["mqueue#2 3.0.8", "read as a file rule on the path `mqueue`"],
    ["file basic#11 4.1.0", "the parser aborts"],
    ["all#3 4.1.0", "the parser aborts"],
  ]);

  it("has all the samples", () => {
    expect(samples.length).toBe(342);
  });

  it.each(parsers)("says of %s what it reads", (parser) => {
    const at = parsers.indexOf(parser) + 2;
    // What the newest parser refuses is no dialect.
    const wrong = samples
      .filter((row) => row[4] === "Y")
      .flatMap(([feature = "", sample = "", ...answers]) => {
        const text = isWhole(sample) ? sample.replaceAll("\\n", "\n") : inProfile(sample);
        const said = isRead(lowered(text, targetWith(parser)));
        const measured = answers[at - 2] === "Y";
        return said === measured || exceptions.has(`${feature} ${parser}`)
          ? []
          : [`${feature}: ${sample}: says ${said}`];
      });
    expect(wrong).toEqual([]);
  });

  it("says of 5.0.2 that it reads all that it was seen to read", () => {
    const wrong = samples
      .filter((row) => row[4] === "Y")
      .flatMap(([feature = "", sample = ""]) => {
        const text = isWhole(sample) ? sample.replaceAll("\\n", "\n") : inProfile(sample);
        return isRead(lowered(text, targetWith("5.0.2"))) ? [] : [feature];
      });
    expect(wrong).toEqual([]);
  });

  it("agrees with what the parsers said under the features of other kernels", () => {
    const wrong = rows("downgrade.tsv").flatMap(([parser = "", features = "", kind = "", item = "", code = ""]) => {
      const text = textOf(kind, item);
      if (text === null) return [];
      const said = isRead(lowered(text, targetWith(parser)));
      return said === (code === "0") ? [] : [`${parser} ${features} ${item}: says ${said}`];
    });
    expect(wrong).toEqual([]);
  });
});

function textOf(kind: string, item: string): string | null {
  if (kind === "rule") return inProfile(item);
  return kind === "flag" ? `profile x flags=(${item}) {\n}\n` : null;
}

describe.runIf(here)("what is lost, against the compiled policies of the real pairs of parser and kernel", () => {
  const columns = new Map([
    ["3.0.8", 1],
    ["4.1.0", 7],
    ["5.0.2", 13],
  ]);

  it.each([...columns])("with %s", (parser, column) => {
    const wrong = rows("silent.tsv").flatMap((row) => {
      const [kind = "", ...words] = row[0]?.split(" ") ?? [];
      const text = textOf(kind, words.join(" "));
      if (text === null) return [];
      const result = lowered(text, targetWith(parser));
      const measured = row[column] ?? "";
      const causes = result.lost.map(({ cause }) => cause);
      const said = !isRead(result) ? "REJECT" : causes.includes("unmediated") ? "noop" : "eff";
      return measured.startsWith(said) ? [] : [`${row[0]}: measured ${measured}, says ${said}`];
    });
    expect(wrong).toEqual([]);
  });
});
