/**
 * Saves designs at one process of a designer that runs in containers and reads them at the others, kills a process and
 * then PostgreSQL, and looks whether anything is lost and both come back by themselves. Run by `scripts/docker.sh`:
 * docker-team-trial.ts URL POSTGRES APP…, all but the first being containers.
 */
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import {
  createdDesignSchema,
  problemSchema,
  readinessSchema,
  revisionVerdictsSchema,
  savedDesignSchema,
} from "@hauberk/contract";
import { type Answer, ask, check } from "./docker-checks.ts";

const [url = "", postgres = "", ...apps] = process.argv.slice(2);

function docker(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("docker", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`docker ${args[0]} failed: ${stderr}`);
  return stdout;
}

/** Kills what a container runs, as a fault of its own would: the engine then starts it again, which it doesn't after `docker kill`. */
function killProcessOf(container: string): void {
  process.kill(Number(docker("inspect", "--format", "{{.State.Pid}}", container)), "SIGKILL");
}

const startsOf = (container: string): number => Number(docker("inspect", "--format", "{{.RestartCount}}", container));

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

const rule = (text: string) => [
  { path: "hauberk.json", text: '{"format":1,"name":"team","targets":["debian-12"]}' },
  { path: "apparmor.d/team", text: `abi <abi/3.0>,\nprofile team {\n  ${text} r,\n}\n` },
];

/** A saved design, and the newest revision of it that was acknowledged. */
class Design {
  readonly path: string;
  readonly #key: string;
  acknowledged = 1;
  /** Saves that got no answer, or another than that they are kept. */
  refused = 0;

  private constructor(id: string, key: string) {
    this.path = `/api/v1/designs/${id}`;
    this.#key = key;
  }

  static async make(): Promise<Design> {
    const created = await ask(url, "/api/v1/designs", undefined, { name: "team", files: rule("/opt/1"), by: "Ada" });
    const { design, key } = createdDesignSchema.parse(JSON.parse(created.text));
    return new Design(design.id, key);
  }

  ask(below = "", body?: object): Promise<Answer> {
    return ask(url, this.path + below, this.#key, body);
  }

  save(): Promise<Answer> {
    const number = this.acknowledged + 1;
    return this.ask("/revisions", { parent: this.acknowledged, files: rule(`/opt/${number}`), by: "Ada" });
  }

  /** Saves again and again; where no answer comes, asks what was kept, as the page does. */
  async saveOften(times: number): Promise<void> {
    for (let count = 0; count < times; count++) {
      const status = await this.save().then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 201) this.acknowledged++;
      else await this.reread();
    }
  }

  async reread(): Promise<void> {
    this.refused++;
    await until("somebody answers", async () => {
      const newest = newestIn(await this.ask());
      // One more is a save whose answer was lost.
      if (newest < this.acknowledged) check(false, "no acknowledged revision is missing", { newest, design: this });
      this.acknowledged = newest;
      return true;
    });
  }

  newestAt(app: string): number {
    return newestIn(askAt(app, this.path, this.#key));
  }
}

function newestIn({ status, text }: Answer): number {
  if (status !== 200) throw new Error(`it answers ${status}: ${text.slice(0, 200)}`);
  return savedDesignSchema.parse(JSON.parse(text)).newest.number;
}

const designs = await Promise.all(Array.from({ length: 6 }, () => Design.make()));
await Promise.all(designs.map((design) => design.saveOften(6)));
check(
  designs.every(({ acknowledged, refused }) => acknowledged === 7 && refused === 0),
  "revisions are saved through the proxy",
  designs,
);

/** Each process reads of each design what was acknowledged last. */
function checkAll(processes: readonly string[], what: string): void {
  const newest = processes.map((app) => designs.map((design) => design.newestAt(app)));
  const acknowledged = designs.map((design) => design.acknowledged).join();
  check(
    newest.every((numbers) => numbers.join() === acknowledged),
    what,
    { acknowledged, newest },
  );
}

/** Kills while all designs are saved, and tells how many of the saves got no answer. */
async function killUnderLoad(what: string, container: string): Promise<void> {
  const starts = startsOf(container);
  const [times, acknowledged, refused] = [60, sum("acknowledged"), sum("refused")];
  const saving = Promise.all(designs.map((design) => design.saveOften(times)));
  await wait(300);
  killProcessOf(container);
  await saving;
  await until(`${what} is back`, () => Promise.resolve(startsOf(container) > starts));
  const [kept, unanswered] = [sum("acknowledged") - acknowledged, sum("refused") - refused];
  console.log(`${what} killed: of ${designs.length * times} saves ${kept} were kept, ${unanswered} got no good answer`);
}

const sum = (of: "acknowledged" | "refused"): number => designs.reduce((total, design) => total + design[of], 0);

checkAll(apps, `each of ${apps.length} processes reads the newest`);

const [doomed = "", ...others] = apps;
await killUnderLoad("one process", doomed);
checkAll(others, "what was acknowledged is at each process that is left");
await until("it answers", () => Promise.resolve(designs.every((design) => design.newestAt(doomed) > 0)));
checkAll([doomed], "the killed process is back by itself and reads the newest");

await killUnderLoad("PostgreSQL", postgres);
await until("each process answers", () => Promise.resolve(apps.every((app) => designs[0]?.newestAt(app) !== 0)));
checkAll(apps, "a killed PostgreSQL is back by itself, and each process reads all that was acknowledged");

const [design = await Design.make()] = designs;
docker("stop", postgres);
const away = await design.save();
check(
  away.status === 503 && problemSchema.parse(JSON.parse(away.text)).type.endsWith("store-away"),
  "while PostgreSQL is away, a save is told so",
  away,
);
const readiness = readinessSchema.parse(JSON.parse((await ask(url, "/readyz")).text));
check(
  !readiness.ready && /store/.test(readiness.why ?? ""),
  "and the service says of itself what is lacking",
  readiness,
);
check((await ask(url, "/")).status === 200, "and the designer is served");
docker("start", postgres);
await until("PostgreSQL is back", async () => (await design.ask()).status === 200);
await Promise.all(designs.map((one) => one.saveOften(1)));
checkAll(apps, "when it is there again, each process reads and takes more");

const verdicts = async () =>
  revisionVerdictsSchema.parse(JSON.parse((await design.ask(`/revisions/${design.acknowledged}/verdicts`)).text));
await until("the verdicts are known", async () => !(await verdicts()).pending);
const said = (await verdicts()).verdicts.map(({ verdict }) => `${verdict.target} ${verdict.verdict}`);
check(said.join() === "debian-12 accepted", "the job of the last save was done", said);
