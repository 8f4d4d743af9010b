import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createdDesignSchema, revisionListSchema, revisionSchema, wholeRevisionSchema } from "@hauberk/contract";

const mainFile = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Where the service keeps designs, as its environment says it. */
export type StoreVariables = Readonly<Record<string, string>>;

/** What many rounds came to. */
export interface CrashFigures {
  rounds: number;
  /** Saves that were answered with 201. */
  acknowledged: number;
  /** Saves that were under way when the service was killed. */
  cutOff: number;
  /** Acknowledged saves that were not there afterwards, or with other bytes. */
  lost: number;
  /** Starts on the same store that did not come to answer. */
  notOpened: number;
  /** Services that had ended before they were killed: by what the store was killed with, say. */
  endedThemselves: number;
}

/** The service as a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it without a word, as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts the real service; undefined where it does not come to answer. */
export async function startService(
  variables: StoreVariables,
  wrapper: readonly string[] = [],
): Promise<ServiceProcess | undefined> {
  const [program, ...args] = [...wrapper, process.execPath, mainFile];
  const limits = { HAUBERK_REQUESTS_PER_MINUTE: "1000000", HAUBERK_DESIGNS_PER_MINUTE: "1000000" };
  const child = spawn(program, args, {
    env: { ...process.env, ...limits, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "silent", ...variables },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = async () => {
    // With what it was wrapped into.
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGKILL");
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Hauberk is ready at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return { url, child, kill };
  }
  await exited;
  return undefined;
}

/** Somebody who saves one revision after the other on a design of their own. */
interface Writer {
  readonly design: string;
  readonly key: string;
  /** The text of each revision that was acknowledged, by its number. */
  readonly texts: Map<number, string>;
  newest: number;
}

const writersAtOnce = 8;

/** Makes the writers' designs. */
async function beginWriting(url: string): Promise<Writer[]> {
  return Promise.all(
    Array.from({ length: writersAtOnce }, async (_, index): Promise<Writer> => {
      const text = `profile writer${index} {}\n`;
      const answer = await post(new URL("api/v1/designs", url), null, { name: `writer ${index}`, files: files(text) });
      const { design, key } = createdDesignSchema.parse(JSON.parse(answer.text));
      return { design: design.id, key, texts: new Map([[1, text]]), newest: 1 };
    }),
  );
}

const files = (text: string) => [{ path: "apparmor.d/writer", text }];

async function post(url: URL, token: string | null, body: unknown): Promise<{ status: number; text: string }> {
  const headers = {
    "content-type": "application/json",
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, text: await answer.text() };
}

/** Saves until the service is gone or answers something else than that it is saved. */
async function saveOn(url: string, writer: Writer, figures: CrashFigures): Promise<void> {
  for (;;) {
    const text = `profile writer { /opt/${writer.newest}/${Math.random()} r, }\n`;
    try {
      const path = new URL(`api/v1/designs/${writer.design}/revisions`, url);
      const { status, text: got } = await post(path, writer.key, { parent: writer.newest, files: files(text) });
      if (status !== 201) return;
      const { number } = revisionSchema.parse(JSON.parse(got));
      writer.texts.set(number, text);
      writer.newest = number;
      figures.acknowledged++;
    } catch {
      figures.cutOff++;
      return;
    }
  }
}

/** Looks whether all that was acknowledged is there; what was cut off may be there or not. */
async function check(url: string, writer: Writer, figures: CrashFigures, since: number): Promise<void> {
  const headers = { authorization: `Bearer ${writer.key}` };
  const base = new URL(`api/v1/designs/${writer.design}/revisions`, url);
  const listed = await fetch(base, { headers });
  const numbers = listed.ok ? revisionListSchema.parse(await listed.json()).map(({ number }) => number) : [];
  for (const [number, text] of writer.texts) {
    if (number <= since) continue;
    const read = await fetch(`${base.href}/${number}`, { headers });
    const kept = read.ok ? wholeRevisionSchema.parse(await read.json()).texts[0]?.text : undefined;
    if (kept !== text) figures.lost++;
  }
  writer.newest = numbers[0] ?? writer.newest;
}

/**
 * Kills the service at a random moment while eight writers save, starts it again on the same store and looks for every
 * save that it had acknowledged; so many times.
 *
 * @param crashStore also ends what the store runs in, in every third round; null: there is nothing to end.
 */
export async function crashRounds(
  variables: StoreVariables,
  rounds: number,
  crashStore: (() => Promise<void>) | null,
): Promise<CrashFigures> {
  const figures: CrashFigures = { rounds: 0, acknowledged: 0, cutOff: 0, lost: 0, notOpened: 0, endedThemselves: 0 };
  let service = await startService(variables);
  if (service === undefined) return { ...figures, notOpened: 1 };
  const writers = await beginWriting(service.url);
  for (; figures.rounds < rounds; figures.rounds++) {
    const before = writers.map(({ newest }) => newest);
    const { url } = service;
    const saves = writers.map((writer) => saveOn(url, writer, figures));
    await sleep(20 + Math.random() * 400);
    if (crashStore !== null && figures.rounds % 3 === 0) await Promise.all([crashStore(), sleep(5)]);
    if (service.child.exitCode !== null) figures.endedThemselves++;
    await service.kill();
    await Promise.all(saves);
    service = await startService(variables);
    if (service === undefined) return { ...figures, notOpened: 1 };
    const { url: again } = service;
    await Promise.all(writers.map((writer, index) => check(again, writer, figures, (before[index] ?? 0) - 3)));
  }
  await service.kill();
  return figures;
}
