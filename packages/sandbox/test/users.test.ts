import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { toolchainFolder } from "../src/index.ts";
import { target } from "./asking.ts";

const probe = fileURLToPath(new URL("confined-probe.ts", import.meta.url));
const nobody = 65534;

// A folder that every user can enter, with a blank in the cache's path.
const place = mkdtempSync(join(tmpdir(), "hauberk-test-"));
chmodSync(place, 0o755);
const cache = join(place, "a cache");
const temporary = join(place, "tmp");
mkdirSync(temporary);
chmodSync(temporary, 0o1777);
cpSync(toolchainFolder(target), join(cache, "hauberk/toolchains", target), { recursive: true, verbatimSymlinks: true });
execFileSync("chmod", ["-R", "a+rX", cache]);
afterAll(() => rmSync(place, { recursive: true }));

/** A command line, run as a user. */
function asUser(user: number, call: string[]): string[] {
  if (user === process.getuid?.()) return call;
  return ["setpriv", "--reuid", `${user}`, "--regid", `${user}`, "--clear-groups", "--inh-caps=-all", "--", ...call];
}

/** Whether a user can read this checkout at all: one below root's own home is closed to everybody else. */
function canReadCheckout(user: number): boolean {
  const [program = "", ...args] = asUser(user, ["test", "-r", probe, "-a", "-x", process.execPath]);
  return spawnSync(program, args).status === 0;
}

function probeAs(user: number): unknown {
  const [program = "", ...args] = asUser(user, [process.execPath, probe]);
  const output = execFileSync(program, args, {
    cwd: "/",
    env: { PATH: process.env["PATH"], XDG_CACHE_HOME: cache, TMPDIR: temporary, HOME: "/nonexistent" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(output);
}

const killed = { code: null, signal: 31, output: "" };

const user = process.getuid?.() ?? nobody;
const users = user === 0 && canReadCheckout(nobody) ? [0, nobody] : [user];
if (users.length === 1) {
  const why = user === 0 ? "others cannot read this checkout" : "another one can be tried by root alone";
  console.log(`only as user ${user}: ${why}`);
}

test.each(users)("the sandbox holds for user %i: system calls, limits, files, verdicts", { timeout: 60_000 }, (uid) => {
  const answer = probeAs(uid);
  expect(answer).toMatchObject({
    user: uid,
    inside: { output: "65534 65534" },
    limits: { output: "CPU 2 3\nFSIZE 0 0\nCORE 0 0\nNOFILE 64 64\nAS 536870912 536870912\n" },
    fork: killed,
    socket: killed,
    write: { output: "Read-only file system" },
    machine: { output: "" },
    accepted: "accepted",
    reaching: { verdict: "rejected", diagnostics: [{ message: expect.stringMatching(/^Could not open/) }] },
    endless: expect.stringMatching(/^(cpu|time)_limit$/),
  });
  expect(readdirSync(temporary)).toEqual([]);
});
