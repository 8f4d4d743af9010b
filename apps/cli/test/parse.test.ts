import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

describe("hauberk parse", () => {
  it("accepts a profile", () => {
    desk.write("rustnet", goodProfile);
    expect(desk.run(["parse", "rustnet"])).toEqual({ status: 0, out: "rustnet: ok\n", errors: "" });
    expect(desk.rows(["parse", "rustnet"])).toEqual({
      status: 0,
      rows: [{ path: "rustnet", ok: true, errors: [], notes: [] }],
      errors: "",
    });
  });

  it("says where a profile is wrong, as compilers do", () => {
    desk.write("bad", "profile x {\n  capability chown\n}\n");
    const { status, out } = desk.run(["parse", "bad"]);
    expect(status).toBe(1);
    expect(out).toMatch(/^bad:\d+:\d+: error: /);
    const [row] = desk.rows(["parse", "bad"]).rows;
    expect(row).toMatchObject({ path: "bad", ok: false, errors: [{ file: "bad", line: expect.any(Number) }] });
  });

  it("reads standard input", () => {
    expect(desk.rows(["parse", "-"], { input: goodProfile }).rows).toEqual([
      { path: "-", ok: true, errors: [], notes: [] },
    ]);
  });

  it("takes lists of paths from a file and from standard input", () => {
    desk.write("a", goodProfile);
    desk.write("b c", "profile {");
    desk.write("list", "a\n\nb c\n");
    const fromFile = desk.rows(["parse", "--files-from", "list"]);
    expect(fromFile.status).toBe(1);
    expect(fromFile.rows).toMatchObject([
      { path: "a", ok: true },
      { path: "b c", ok: false },
    ]);
    const fromInput = desk.rows(["parse", "--files-from", "-"], { input: "a\0b c\0" });
    expect(fromInput.rows).toEqual(fromFile.rows);
  });

  it("counts paths from where the person stands", () => {
    desk.write("inner/rustnet", goodProfile);
    const run = desk.run(["parse", "rustnet"], { env: { INIT_CWD: `${desk.folder}/inner` } });
    expect(run).toMatchObject({ status: 0 });
  });

  it("takes a file of local/ that a release's package would make as empty, and says so", () => {
    desk.write("p", "profile p {\n  #include <local/p>\n}\n");
    const { status, rows } = desk.rows(["parse", "p", "--target", "debian-12"]);
    expect(status).toBe(0);
    expect(rows).toEqual([
      {
        path: "p",
        ok: true,
        errors: [],
        notes: [{ file: "p", line: 2, column: 3, message: expect.stringContaining("`local/p`") }],
      },
    ]);
    expect(desk.run(["parse", "p", "--target", "debian-12"]).out).toMatch(/^p:2:3: warning: /);
    expect(desk.run(["parse", "p", "--base", "."]).status).toBe(1);
  });

  it("parses every policy file of a design, given its directory", () => {
    desk.write("net/hauberk.json", '{"format": 1, "name": "net"}');
    desk.write("net/apparmor.d/rustnet", goodProfile);
    desk.write("net/apparmor.d/tunables/x", "@{X}=");
    const { status, rows } = desk.rows(["parse", "net"]);
    expect(status).toBe(1);
    expect(rows).toMatchObject([
      { path: "net/apparmor.d/rustnet", ok: true },
      { path: "net/apparmor.d/tunables/x", ok: false },
    ]);
  });

  it("looks up includes below --base, in the design, and in a target's own policy", () => {
    desk.write("tree/tunables/global", "@{WHERE}=/srv\n");
    desk.write("tree/abi/3.0", "");
    desk.write("net/hauberk.json", '{"format": 1, "name": "net"}');
    desk.write("net/apparmor.d/parts/own", "capability chown,\n");
    desk.write("net/apparmor.d/x", "include <tunables/global>\nprofile x { include <parts/own> @{WHERE}/** r, }\n");
    expect(desk.run(["parse", "net/apparmor.d/x"]).status).toBe(0);
    expect(desk.run(["parse", "--base", "tree", "net/apparmor.d/x"]).status).toBe(0);
    const debian = desk.rows(["parse", "--target", "debian-12", "net/apparmor.d/x"]);
    expect(debian).toMatchObject({
      status: 1,
      rows: [{ errors: [{ file: "net/apparmor.d/x", message: "the variable `@{WHERE}` is not set" }] }],
    });
    desk.write("tree/tunables/global", "@{WHERE}\n");
    expect(desk.run(["parse", "--base", "tree", "net/apparmor.d/x"]).out).toMatch(
      /^tree\/tunables\/global:1:\d+: error/m,
    );
    expect(desk.run(["parse", "--base", "nowhere", "net/apparmor.d/x"]).status).toBe(2);
  });

  it("goes on after a file that it cannot read, and ends with 2, or 1 where another is refused", () => {
    desk.write("good", goodProfile);
    desk.write("latin1", new Uint8Array([0x23, 0x20, 0xe9, 0x0a]));
    desk.write("bad", "profile {");
    const { status, rows } = desk.rows(["parse", "good", "latin1", "missing", "."]);
    expect(status).toBe(2);
    expect(rows).toMatchObject([
      { path: "good", ok: true },
      { ok: null, errors: [{ message: "cannot read latin1: it is not UTF-8: the byte at offset 3 fits nowhere" }] },
      { ok: null, errors: [{ message: "cannot read missing: there is no such file" }] },
      { ok: null, errors: [{ message: expect.stringContaining(". is a directory") }] },
    ]);
    expect(desk.run(["parse", "bad", "missing"]).status).toBe(1);
  });

  it("shows control characters of a text by their codes", () => {
    desk.write("evil", "profile x {\n  \u001B[31m\u0007 rw,\n}\n");
    const { out } = desk.run(["parse", "evil"]);
    expect(out).not.toContain("\u001B");
    expect(out).not.toContain("\u0007");
  });
});

const conformance = fileURLToPath(new URL("../../../../shared/conformance/tst/", import.meta.url));

/** What stands in where upstream's suite is not beside the repository. */
const ownCases = [
  { path: "good", accepted: true, text: "profile x {\n  capability chown,\n}\n" },
  { path: "no-comma", accepted: false, text: "profile x { capability chown }" },
];

/** Every fifth case on which 5.0.2 has a clear opinion: accepted, or an error of the syntax. */
function sampledCases(): { path: string; accepted: boolean }[] {
  const lines = readFileSync(`${conformance}verdicts.tsv`, "utf8").trim().split("\n").slice(1);
  return lines.flatMap((line, index) => {
    const [path = "", , flag = "", , , verdict = "", message = ""] = line.split("\t");
    const clear = verdict === "accept" || /syntax error|Lexer found/.test(message);
    return index % 5 === 0 && flag === "" && clear ? [{ path, accepted: verdict === "accept" }] : [];
  });
}

describe("hauberk parse over upstream's suite", () => {
  it("judges a sample as apparmor_parser 5.0.2 does", () => {
    const here = existsSync(conformance);
    for (const { path, text } of ownCases) desk.write(`simple_tests/${path}`, text);
    const cases = here
      ? sampledCases()
      : ownCases.map(({ path, accepted }) => ({ path: `simple_tests/${path}`, accepted }));
    const { rows } = desk.rows(["parse", "--base", "simple_tests", "--files-from", "-"], {
      input: cases.map(({ path }) => path).join("\n"),
      env: here ? { INIT_CWD: conformance } : {},
    });
    const wrong = cases.filter(({ accepted }, index) => {
      const row = rows[index];
      return typeof row !== "object" || row === null || !("ok" in row) || row.ok !== accepted;
    });
    const suite = here ? "sampled policies of upstream's suite" : "own policies; upstream's suite is not here";
    console.log(`hauberk parse agrees on ${cases.length - wrong.length} of ${cases.length} ${suite}`);
    expect(wrong).toEqual([]);
  });
});
