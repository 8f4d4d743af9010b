import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { targetPolicyLimits } from "@hauberk/contract";
import { toolchainFolder } from "../src/index.ts";
import { policyTexts } from "../src/target/policy-texts.ts";
import { readPolicyTree } from "../src/target/policy-tree.ts";
import { target, testSandbox } from "./asking.ts";

const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a target's policy tree", () => {
  test("is what the toolchain holds, byte for byte, sorted by path", async () => {
    const answer = await testSandbox().policyTree(target);
    if (answer.kind !== "tree") throw new Error(answer.why);
    expect(answer).toMatchObject({ target, parser: "3.0.8", leftOut: [] });
    const paths = answer.files.map((file) => file.path);
    expect(paths).toEqual(paths.toSorted());
    expect(paths).toEqual(expect.arrayContaining(["abi/3.0", "abstractions/base", "tunables/global"]));
    const home = join(toolchainFolder(target), "root/etc/apparmor.d");
    for (const { path, text } of answer.files) expect(text).toBe(readFileSync(join(home, path), "utf8"));
  });

  test("is not there for a target that nobody knows, nor for one without its toolchain, and says what to do", async () => {
    const sandbox = testSandbox({ cache: join(folder, "empty-cache") });
    expect(await sandbox.policyTree("plan-9")).toEqual({
      kind: "unknown",
      why: expect.stringContaining("`debian-12`"),
    });
    expect(await sandbox.policyTree(target)).toEqual({
      kind: "unusable",
      why: expect.stringContaining("npm run toolchains debian-12"),
    });
  });

  test("sends no link that leads out, no pipe, no folder, nothing too large and nothing that is no text", async () => {
    const tree = join(folder, "apparmor.d");
    mkdirSync(join(tree, "abstractions"), { recursive: true });
    writeFileSync(join(tree, "plain"), "profile plain { }\n");
    writeFileSync(join(folder, "secret"), "secret\n");
    symlinkSync(join(folder, "secret"), join(tree, "away"));
    symlinkSync("/etc/passwd", join(tree, "passwd"));
    symlinkSync("..", join(tree, "abstractions/up"));
    symlinkSync("plain", join(tree, "inside"));
    symlinkSync("loop", join(tree, "loop"));
    execFileSync("mkfifo", [join(tree, "pipe")]);
    writeFileSync(join(tree, "bytes"), Buffer.from([0xff, 0xfe, 0x00]));
    writeFileSync(join(tree, "huge"), "");
    truncateSync(join(tree, "huge"), targetPolicyLimits.fileBytes + 1);
    const texts = await policyTexts({
      id: "host",
      label: "This machine",
      parserVersion: "4.0.0",
      kernelVersion: "6.1",
      root: folder,
      program: "/usr/sbin/apparmor_parser",
      policyFolder: tree,
      policy: await readPolicyTree(tree),
      isThisMachine: true,
      kind: "release",
      notes: [],
      features: "",
      featuresFile: null,
      knowsUnixSockets: false,
      key: "host",
    });
    expect(texts.files).toEqual([
      { path: "inside", text: "profile plain { }\n" },
      { path: "plain", text: "profile plain { }\n" },
    ]);
    expect(texts.leftOut).toEqual(["away", "bytes", "huge", "loop", "passwd", "pipe"]);
  });
});
