/**
 * Saves designs at one process of a designer that runs in containers and reads them at the others, kills a process and
 * then PostgreSQL, and looks whether anything is lost. Run by `scripts/docker.sh`: docker-team-trial.ts URL POSTGRES APP…,
 * all but the first being containers.
 */
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { createdDesignSchema, revisionVerdictsSchema, savedDesignSchema } from "@hauberk/contract";

const [url = "", postgres = "", ...apps] = process.argv.slice(2);

function check(holds: boolean, what: string, found: unknown = null): void {
  console.log(`${holds ? "holds" : "FAILS"}: ${what}`);
  if (holds) return;
  console.error(JSON.stringify(found));
  process.exitCode = 1;
}

function docker(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("docker", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`docker ${args[0]} failed: ${stderr}`);
  return stdout;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(path: string, key?: string, body?: object): Promise<Answer> {
  const response = await fetch(url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": "application/json", origin: url }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Asks one process itself, from inside its container: which one the proxy takes nobody can tell. */
function askAt(app: string, path: string, key: string): Answer {
  const program = `fetch("http://127.0.0.1:8137${path}", { headers: { authorization: "Bearer ${key}" } })
    .then(async (response) => console.log(JSON.stringify({ status: response.status, text: await response.text() })))`;
  const answer: Answer = JSON.parse(docker("exec", app, "/usr/bin/node", "--eval", program));
  return answer;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const last = performance.now() + 60_000;
  while (performance.now() < last) {
    // What throws does not hold yet.
    if (
      await Promise.resolve()
        .then(holds)
        .catch(() => false)
    )
      return;
    await wait(200);
  }
  throw new Error(`not within a minute: ${what}`);
}

const files = (revision: number) => [
  { path: "hauberk.json", text: '{"format":1,"name":"team","targets":["debian-12"]}' },
  { path: "apparmor.d/team", text: `abi <abi/3.0>,\nprofile team {\n  /opt/${process.pid}/${revision} r,\n}\n` },
];

const created = await ask("/api/v1/designs", undefined, { name: "team", files: files(1), by: "Ada" });
const { design, key } = createdDesignSchema.parse(JSON.parse(created.text));
const path = `/api/v1/designs/${design.id}`;
let acknowledged = 1;
const save = async (): Promise<void> => {
  const answer = await ask(`${path}/revisions`, key, {
    parent: acknowledged,
    files: files(acknowledged + 1),
    by: "Ada",
  });
  if (answer.status === 201) acknowledged++;
};
const newestAt = (app: string): number => savedDesignSchema.parse(JSON.parse(askAt(app, path, key).text)).newest.number;

for (let count = 0; count < 6; count++) await save();
check(acknowledged === 7, "revisions are saved through the proxy", acknowledged);
const seen = apps.map(newestAt);
check(
  seen.every((number) => number === acknowledged),
  `each of ${apps.length} processes reads the newest`,
  seen,
);

const [doomed = "", ...others] = apps;
let refused = 0;
const saving = (async () => {
  for (let count = 0; count < 40; count++) {
    const before = acknowledged;
    await save().catch(() => undefined);
    if (acknowledged !== before) continue;
    refused++;
    // Whether it was saved before the process went is for the newest revision to say, as the page asks it too.
    await until("somebody answers", async () => {
      const answer = await ask(path, key);
      if (answer.status !== 200) return false;
      acknowledged = savedDesignSchema.parse(JSON.parse(answer.text)).newest.number;
      return true;
    });
  }
})();
await wait(150);
docker("kill", "--signal", "KILL", doomed);
await saving;
console.log(`while one process was killed, ${refused} of 40 saves got no answer`);
const left = others.map(newestAt);
check(
  left.every((number) => number === acknowledged),
  "what was acknowledged is at each process that is left",
  left,
);
docker("start", doomed);
await until("it is back", () => Promise.resolve(newestAt(doomed) === acknowledged));
check(true, "the killed process is back and reads the newest");

docker("kill", "--signal", "KILL", postgres);
docker("start", postgres);
await until("PostgreSQL is back", async () => (await ask(path, key)).status === 200);
const after = savedDesignSchema.parse(JSON.parse((await ask(path, key)).text)).newest.number;
check(after === acknowledged, "a killed PostgreSQL has all that was acknowledged", after);
await save();
check(acknowledged === after + 1, "and takes more");
const verdicts = async () =>
  revisionVerdictsSchema.parse(JSON.parse((await ask(`${path}/revisions/${acknowledged}/verdicts`, key)).text));
await until("the verdicts are known", async () => !(await verdicts()).pending);
const said = (await verdicts()).verdicts.map(({ verdict }) => `${verdict.target} ${verdict.verdict}`);
check(said.join() === "debian-12 accepted", "the job of the last save was done", said);
