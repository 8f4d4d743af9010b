import { execFileSync } from "node:child_process";
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

function probeAs(user: number): unknown {
  const asUser = ["--reuid", `${user}`, "--regid", `${user}`, "--clear-groups", "--inh-caps=-all", "--"];
  const call = [process.execPath, probe];
  const [program = "", ...args] = user === process.getuid?.() ? call : ["setpriv", ...asUser, ...call];
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
const users = user === 0 ? [0, nobody] : [user];
if (users.length === 1) console.log(`only as user ${user}: another one can be tried by root alone`);

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
