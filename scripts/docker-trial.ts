/**
 * Asks a designer that runs in containers for what it is there for, and looks at what the containers may do. Run by
 * `scripts/docker.sh`: docker-trial.ts URL PROXY APP VALIDATOR POSTGRES, the last four being containers.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import {
  readinessSchema,
  standingEventSchema,
  targetListSchema,
  validationEventSchema,
  type StandingEvent,
  type ValidationEvent,
} from "@hauberk/contract";
import { z } from "zod";

const [url = "", proxy = "", app = "", validator = "", postgres = ""] = process.argv.slice(2);

/** What could not be shown. */
const failures: string[] = [];

function check(holds: boolean, what: string, found: unknown): void {
  console.log(`${holds ? "holds" : "FAILS"}: ${what}`);
  if (!holds) failures.push(`${what}: ${JSON.stringify(found)}`);
}

const readyWithin = 60_000;

/** Waits until verdicts can be given. */
async function ready(): Promise<void> {
  const until = performance.now() + readyWithin;
  let last = "";
  while (performance.now() < until) {
    last = await fetch(`${url}/readyz`).then(
      (response) => response.text(),
      (error: unknown) => String(error),
    );
    if (last.startsWith("{") && readinessSchema.parse(JSON.parse(last)).ready) return;
    await wait(250);
  }
  throw new Error(`it is not ready after ${readyWithin} ms: ${last}`);
}

async function post<T>(path: string, schema: z.ZodType<T>, rule: string, targets: readonly string[]): Promise<T[]> {
  const text = `abi <abi/3.0>,\nprofile trial /usr/bin/trial {\n  ${rule}\n}\n`;
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ name: "trial", files: [{ path: "apparmor.d/trial", text }], targets }),
  });
  const lines = (await response.text()).trimEnd().split("\n");
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

async function verdicts(rule: string, targets: readonly string[]): Promise<Map<string, string>> {
  const events: ValidationEvent[] = await post("/api/v1/validations", validationEventSchema, rule, targets);
  return new Map(
    events.flatMap((event) => (event.type === "verdict" ? [[event.verdict.target, event.verdict.verdict]] : [])),
  );
}

async function tryService(): Promise<void> {
  const page = await (await fetch(`${url}/`)).text();
  check(page.includes("<title>Hauberk"), "the designer is served", page.slice(0, 200));
  const known = targetListSchema.parse(await (await fetch(`${url}/api/v1/targets`)).json());
  const targets = known.filter(({ usable }) => usable).map(({ id }) => id);
  check(targets.includes("debian-12"), `targets are usable: ${targets.join(", ")}`, known);

  const unique = `/${process.pid}/${Date.now()}`;
  const accepted = await verdicts(`${unique} r,`, targets);
  check(
    targets.every((id) => accepted.get(id) === "accepted"),
    "a good rule is accepted on each",
    [...accepted],
  );
  const rejected = await verdicts(`${unique} rq,`, targets);
  check(
    targets.every((id) => rejected.get(id) === "rejected"),
    "a wrong one is rejected on each",
    [...rejected],
  );

  const events: StandingEvent[] = await post("/api/v1/standings", standingEventSchema, `${unique} r,`, targets);
  const rows = events.flatMap((event) => (event.type === "standing" ? event.rows : []));
  const standing = new Set(rows.filter((row) => row.subject === "rule").map((row) => `${row.target} ${row.standing}`));
  check(
    targets.every((id) => standing.has(`${id} enforced`)),
    "it is found enforced on each",
    rows,
  );
}

/** Runs inside a container, which has no other program to look with. */
const look = `
  const fs = require("fs"), os = require("os");
  const status = fs.readFileSync("/proc/1/status", "utf8");
  const of = (name) => status.match(new RegExp("^" + name + ":\\\\s*(\\\\S+)", "m"))?.[1] ?? "";
  const writes = (folder) => { try { fs.writeFileSync(folder + "/trial", ""); return true; } catch { return false; } };
  console.log(JSON.stringify({
    user: of("Uid"), group: of("Gid"),
    capabilities: [of("CapInh"), of("CapPrm"), of("CapEff"), of("CapBnd"), of("CapAmb")].map((set) => parseInt(set, 16)),
    noNewPrivileges: of("NoNewPrivs"), filtered: of("Seccomp"),
    interfaces: fs.readFileSync("/proc/net/dev", "utf8").split("\\n").slice(2).map((line) => line.split(":")[0].trim()).filter(Boolean),
    writable: ["/", "/etc", "/usr/bin", "/srv/hauberk", "/var/cache/hauberk", "/dev", "/run/hauberk"].filter(writes),
    shells: ["/bin/sh", "/bin/bash", "/usr/bin/dash"].filter(fs.existsSync),
  }));`;

const foundSchema = z.object({
  user: z.string(),
  group: z.string(),
  capabilities: z.array(z.number()),
  noNewPrivileges: z.string(),
  filtered: z.string(),
  interfaces: z.array(z.string()),
  writable: z.array(z.string()),
  shells: z.array(z.string()),
});

function docker(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("docker", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`docker ${args[0]} failed: ${stderr}`);
  return stdout;
}

function tryContainer(
  name: string,
  container: string,
  may: { readonly network: boolean; readonly write: string[] },
): void {
  const found = foundSchema.parse(JSON.parse(docker("exec", container, "/usr/bin/node", "--eval", look)));
  check(found.user === "65534" && found.group === "65534", `${name}: it runs as nobody`, found);
  check(
    found.capabilities.every((set) => set === 0),
    `${name}: it has no capability, and can't get one`,
    found,
  );
  check(found.noNewPrivileges === "1", `${name}: no new privileges`, found);
  check(found.filtered === "2", `${name}: the engine's filter of system calls is on`, found);
  check(found.writable.join() === may.write.join(), `${name}: it can write to ${may.write.join() || "nothing"}`, found);
  check(found.shells.length === 0, `${name}: it has no shell`, found);
  const others = found.interfaces.filter((one) => one !== "lo");
  check(others.length > 0 === may.network, `${name}: network interfaces: ${found.interfaces.join(", ")}`, found);
}

await ready();
await tryService();
tryContainer("validator", validator, { network: false, write: ["/run/hauberk"] });
tryContainer("app", app, { network: true, write: [] });
for (const [name, container, user] of [
  ["proxy", proxy, "65534"],
  ["postgres", postgres, "70"],
] as const) {
  const status = readFileSync(
    `/proc/${docker("inspect", "--format", "{{.State.Pid}}", container).trim()}/status`,
    "utf8",
  );
  const of = (key: string): string => new RegExp(`^${key}:\\s*(\\S+)`, "m").exec(status)?.[1] ?? "";
  check(of("Uid") === user, `${name}: it runs as ${user}`, status);
  check(/^0+$/.test(of("CapEff") + of("CapBnd")), `${name}: it has no capability, and can't get one`, status);
  check(of("NoNewPrivs") === "1" && of("Seccomp") === "2", `${name}: no new privileges, system calls filtered`, status);
}
const networks = docker("inspect", "--format", "{{.HostConfig.NetworkMode}}", postgres).trim();
check(networks === "none", "postgres: it has no network", networks);
const published = docker("port", proxy).trim();
check(
  /^\S+ -> 127\.0\.0\.1:\d+$/.test(published),
  `proxy: it is reached from this machine only: ${published}`,
  published,
);
const others = [app, validator, postgres].map((container) => docker("port", container).trim());
check(others.join("") === "", "nothing else is reached from outside", others);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
