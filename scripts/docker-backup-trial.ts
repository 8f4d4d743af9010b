/**
 * Makes a backup of a designer that runs in containers into a file of this machine, loses what it holds, and restores it, by
 * the commands of docs/containers.md; and reads the figures that its processes tell. Run by `scripts/docker.sh`:
 * docker-backup-trial.ts URL FILE COMPOSE…, the last being the command line of compose.
 */
import { spawnSync } from "node:child_process";
import { openSync, truncateSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { createdDesignSchema, savedDesignSchema } from "@hauberk/contract";
import { ask, check } from "./docker-checks.ts";

const [url = "", file = "", program = "", ...options] = process.argv.slice(2);

/** Calls compose with a file, or nothing, for standard input and output. */
function compose(args: readonly string[], input?: number, output?: number) {
  const { status, stdout, stderr } = spawnSync(program, [...options, ...args], {
    stdio: [input ?? "ignore", output ?? "pipe", "pipe"],
    encoding: "utf8",
  });
  // What goes into a file comes to nobody here.
  return { status, told: `${output === undefined ? stdout : ""}${stderr}` };
}

async function newestOf(design: string, key: string): Promise<number> {
  const { status, text } = await ask(url, `/api/v1/designs/${design}`, key);
  return status === 200 ? savedDesignSchema.parse(JSON.parse(text)).newest.number : 0;
}

async function ready(): Promise<void> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    const status = await ask(url, "/readyz").then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await wait(250);
  }
  throw new Error("it is not ready within a minute");
}

const filesOf = (text: string) => [{ path: "apparmor.d/kept", text }];
const created = await ask(url, "/api/v1/designs", undefined, {
  name: "kept",
  files: filesOf("profile kept {}\n"),
  by: "Ada",
});
const { design, key } = createdDesignSchema.parse(JSON.parse(created.text));

const user = compose(["exec", "-T", "app", "node", "--print", "process.getuid()"]);
check(user.told.includes("65534"), "the command line runs as nobody", user);
const backup = compose(
  ["exec", "-T", "app", "hauberk", "backup", "--out", "-"],
  undefined,
  openSync(file, "wx", 0o600),
);
check(backup.status === 0 && backup.told.includes("written: "), "a backup comes into a file of this machine", backup);

const later = await ask(url, `/api/v1/designs/${design.id}/revisions`, key, { parent: 1, files: filesOf("# later\n") });
check(later.status === 201 && (await newestOf(design.id, key)) === 2, "a revision is saved after it", later);

const restore = (...more: string[]) =>
  compose(["run", "--rm", "-T", "--entrypoint", "hauberk", "app", "restore", ...more, "-"], openSync(file, "r"));
check(compose(["stop", "app"]).status === 0, "the service ends");
const refused = restore();
check(refused.status === 1 && refused.told.includes("--replace"), "nothing is replaced unless that is said", refused);
const restored = restore("--replace");
check(restored.status === 0 && restored.told.includes("restored: "), "the backup is restored from that file", restored);
check(compose(["start", "app"]).status === 0, "the service starts");
await ready();
check((await newestOf(design.id, key)) === 1, "the design is what it was, and its key opens it");

truncateSync(file, 100);
check(compose(["stop", "app"]).status === 0, "the service ends");
const cut = restore("--replace");
check(cut.status === 2 && cut.told.includes("nothing was changed"), "a backup that is cut off is refused", cut);
check(compose(["start", "app"]).status === 0, "the service starts");
await ready();
check((await newestOf(design.id, key)) === 1, "the design is there still");

const reading = 'fetch("http://app:9100/metrics").then((answer) => answer.text()).then(console.log)';
const figures = compose(["exec", "-T", "app", "node", "--eval", reading]);
check(/^hauberk_\w+/m.test(figures.told), "figures are told in the network of the processes", figures);
const outside = await ask(url, "/metrics");
check(!outside.text.includes("# HELP"), "and to nobody who comes by the proxy", outside);
