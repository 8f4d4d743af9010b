import { companionsOf, type CompanionFile } from "@hauberk/core/companion";
import { addressWords, readConfig } from "@hauberk/core/design";
import { peerProtocolNames } from "@hauberk/core/vocabulary";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { whyNoArena } from "./packets/arena.ts";
import { galleryCases } from "./packets/cases.ts";

/** Every kind of file that companions have, read by the real programs: for the gallery's services and for any wishes. */
const folder = mkdtempSync(join(tmpdir(), "hauberk-companions-"));
afterAll(() => rmSync(folder, { recursive: true }));

const address = fc.oneof(
  fc.constantFrom(...addressWords),
  fc.ipV4(),
  fc.constantFrom("10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "::1", "fe80::1", "db.example", "a_b.example"),
);
const port = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 65_535 }),
  fc.constantFrom("80,443", "80-90,85-95,80", "1-65535", "53, 5353"),
);
const wish = fc.record({
  direction: fc.constantFrom("connect", "listen", "both"),
  protocol: fc.constantFrom(...peerProtocolNames),
  address,
  port,
  interface: fc.constantFrom(undefined, "eth0", "br-lan.10"),
});

/** The companions of many designs, each of one service with some wishes. */
const sampled: readonly CompanionFile[] = fc
  .sample(fc.array(wish, { minLength: 1, maxLength: 4 }), { numRuns: 60, seed: 1 })
  .flatMap((wishes, at) => {
    const profile = `case-${at}`;
    const peers = wishes.map((each, index) => ({ ...each, id: `p${index}`, profile }));
    const owner = at % 2 === 0 ? { unit: `${profile}.service` } : { user: String(at) };
    return filesOf(JSON.stringify({ format: 1, name: "x", peers, services: [{ profile, ...owner }] }));
  });

const shown: readonly CompanionFile[] = galleryCases.flatMap(({ config }) =>
  companionsOf(config).companions.flatMap(({ files }) => files),
);

function filesOf(text: string): readonly CompanionFile[] {
  const reading = readConfig(text);
  if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join("; "));
  return companionsOf(reading.config).companions.flatMap(({ files }) => files);
}

/** What `systemd-analyze verify` says of units with their drop-ins, over stubs of the services. */
function verify(files: readonly CompanionFile[]): string {
  const units = new Set<string>();
  for (const { path, text } of files) {
    const unit = /^etc\/systemd\/system\/([^/]+?)(?:\.d\/[^/]+)?$/u.exec(path)?.[1];
    if (unit === undefined) continue;
    units.add(unit);
    const place = join(folder, path.slice("etc/systemd/system/".length));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    if (path.includes(".d/")) writeFileSync(join(folder, unit), "[Service]\nExecStart=/bin/true\n");
  }
  // The machine's own units are not here, and not asked about; nft may lie elsewhere.
  const ignored = /Unit [a-z-]+\.target not found|nft is not executable/u;
  const run = spawnSync("systemd-analyze", ["verify", "--man=no", ...[...units].map((unit) => `./${unit}`)], {
    cwd: folder,
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
    encoding: "utf8",
  });
  return `${run.stdout}${run.stderr}`
    .split("\n")
    .filter((line) => line !== "" && !ignored.test(line))
    .join("\n");
}

const noSystemd = spawnSync("systemd-analyze", ["--version"]).error !== undefined;

describe.skipIf(noSystemd)(`systemd-analyze verify${noSystemd ? " (not run: this machine lacks it)" : ""}`, () => {
  test("has nothing to say of any drop-in and unit", () => {
    expect(shown.filter(({ kind }) => kind === "systemd").length).toBeGreaterThanOrEqual(6);
    expect(verify([...shown, ...sampled])).toBe("");
  });

  test("would say what is wrong", () => {
    const [dropIn] = shown.filter(({ kind }) => kind === "systemd");
    if (dropIn === undefined) throw new Error("no drop-in");
    const odd = { ...dropIn, text: `${dropIn.text}SocketBindAllow=tcp:none\n` };
    expect(verify([odd])).toContain("SocketBindAllow");
  });
});

const why = whyNoArena();

describe.skipIf(why !== null)(`nft --check${why === null ? "" : ` (not run: ${why})`}`, () => {
  test("takes every table, the gallery's and any other", () => {
    const tables = [...shown, ...sampled].filter(({ path }) => path.endsWith(".nft")).map(({ text }) => text);
    expect(tables.length).toBeGreaterThanOrEqual(66);
    // Control groups have to be there for nft to look at a table; those of this test are not those of the machine.
    const own = `hauberk-check-${process.pid}`;
    const text = tables.map((each) => each.replaceAll(/level 2 "[^"]+"/gu, `level 1 "${own}"`)).join("\n");
    const script = `mount -t cgroup2 none /sys/fs/cgroup && mkdir /sys/fs/cgroup/${own} && nft --check -f -; status=$?; rmdir /sys/fs/cgroup/${own}; exit $status`;
    execFileSync("unshare", ["--net", "--mount", "sh", "-c", script], { input: text });
  });
});
