import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Agent, request as httpRequest } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { createdDesignSchema, createdLinkSchema, endpoints, revisionSchema } from "@hauberk/contract";
import type { Endpoint } from "@hauberk/contract";
import type { StorePlace } from "@hauberk/store";

/** How many do what for how long. */
export interface Crowd {
  readonly reviewers: number;
  readonly savesPerSecond: number;
  readonly seconds: number;
}

/** What came of it; times in milliseconds, sizes in bytes. */
export interface CrowdFigures {
  readonly saves: number;
  readonly saveTimes: readonly number[];
  /** Of every call that opening a page makes. */
  readonly pageTimes: readonly number[];
  readonly events: number;
  /** From the answer to a save until a reviewer hears of it; what they hear before the answer counts as 0. */
  readonly eventTimes: readonly number[];
  /** At each quarter of the time, after a collection of garbage. */
  readonly memory: readonly Memory[];
  /** Processor time of the service, its parsers left out. */
  readonly cpuMilliseconds: number;
  readonly errors: readonly string[];
}

const memorySchema = z.object({
  rss: z.number(),
  heapUsed: z.number(),
  /** Most of it: compiled policies that the service keeps, up to its bound. */
  arrayBuffers: z.number(),
  cpuMilliseconds: z.number(),
});

type Memory = z.infer<typeof memorySchema>;

/** Reviewers of one design. */
const reviewersOfDesign = 10;

/** A reviewer opens the page so often, in milliseconds. */
const pageEvery = 10_000;

/** What a review page asks for when it is opened. */
const pageCalls = [
  endpoints.design,
  endpoints.listRevisions,
  endpoints.revision,
  endpoints.revisionVerdicts,
  endpoints.listComments,
  endpoints.listApprovals,
  endpoints.history,
] as const;

interface Design {
  readonly id: string;
  readonly key: string;
  readonly link: string;
  newest: number;
  /** When each revision's save was answered. */
  readonly savedAt: Map<number, number>;
}

/** Has a crowd of reviewers follow designs that are saved again and again, at a service of its own over the store. */
export async function runCrowd(place: StorePlace, crowd: Crowd): Promise<CrowdFigures> {
  const service = fork(fileURLToPath(new URL("team-server.ts", import.meta.url)), [JSON.stringify(place)], {
    execArgv: ["--expose-gc"],
  });
  const ended = once(service, "exit");
  try {
    const [started] = await once(service, "message");
    const { url } = z.object({ url: z.string() }).parse(started);
    return await new CrowdRun(url, service, crowd).run();
  } finally {
    if (service.connected) service.disconnect();
    await ended;
  }
}

class CrowdRun {
  readonly #url: string;
  readonly #service: ChildProcess;
  readonly #crowd: Crowd;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #errors: string[] = [];
  readonly #saveTimes: number[] = [];
  readonly #pageTimes: number[] = [];
  readonly #eventTimes: number[] = [];
  readonly #over = new AbortController();
  #events = 0;

  constructor(url: string, service: ChildProcess, crowd: Crowd) {
    this.#url = url;
    this.#service = service;
    this.#crowd = crowd;
  }

  async run(): Promise<CrowdFigures> {
    const { reviewers, seconds } = this.#crowd;
    const designs = await this.#makeDesigns(Math.ceil(reviewers / reviewersOfDesign));
    const streams = await Promise.all(
      Array.from({ length: reviewers }, (_, index) => this.#follow(designOf(designs, index), addressOf(index))),
    );
    const before = await this.#memory();
    const until = performance.now() + seconds * 1_000;
    const work = [
      ...designs.map((design, index) => this.#save(design, index, designs.length, until)),
      ...Array.from({ length: reviewers }, (_, index) => this.#openPages(designOf(designs, index), index, until)),
    ];
    const memory: Memory[] = [];
    for (let quarter = 0; quarter < 4; quarter++) {
      await wait((seconds * 1_000) / 4);
      memory.push(await this.#memory());
    }
    await Promise.all(work);
    await this.#allHeard(designs, streams);
    const after = await this.#memory();
    this.#over.abort();
    this.#agent.destroy();
    return {
      saves: this.#saveTimes.length,
      saveTimes: this.#saveTimes,
      pageTimes: this.#pageTimes,
      events: this.#events,
      eventTimes: this.#eventTimes,
      memory,
      cpuMilliseconds: after.cpuMilliseconds - before.cpuMilliseconds,
      errors: this.#errors,
    };
  }

  async #makeDesigns(count: number): Promise<Design[]> {
    const designs: Design[] = [];
    for (let index = 0; index < count; index++) {
      const body = { name: `design ${index}`, files: filesOf(index, 1), by: "Ada" };
      const made = await this.#call(endpoints.createDesign, {}, ownerOf(index), undefined, body);
      const { design, key } = createdDesignSchema.parse(JSON.parse(made));
      const link = { role: "approver", label: "all" };
      const linked = await this.#call(endpoints.createLink, { design: design.id }, ownerOf(index), key, link);
      const { token } = createdLinkSchema.parse(JSON.parse(linked));
      designs.push({ id: design.id, key, link: token, newest: 1, savedAt: new Map() });
    }
    return designs;
  }

  /** Saves on and on, at this design's share of the pace: what comes late is not left out. */
  async #save(design: Design, index: number, designs: number, until: number): Promise<void> {
    const every = (1_000 * designs) / this.#crowd.savesPerSecond;
    let due = performance.now() + (every * index) / designs;
    while (due < until) {
      await wait(Math.max(0, due - performance.now()));
      due += every;
      const body = { parent: design.newest, files: filesOf(index, design.newest + 1), message: "on", by: "Ada" };
      const begun = performance.now();
      try {
        const answer = await this.#call(
          endpoints.saveRevision,
          { design: design.id },
          ownerOf(index),
          design.key,
          body,
        );
        const now = performance.now();
        this.#saveTimes.push(now - begun);
        design.newest = revisionSchema.parse(JSON.parse(answer)).number;
        design.savedAt.set(design.newest, now);
      } catch (error) {
        this.#errors.push(String(error));
      }
    }
  }

  async #openPages(design: Design, index: number, until: number): Promise<void> {
    let due = performance.now() + (pageEvery * index) / this.#crowd.reviewers;
    while (due < until) {
      await wait(Math.max(0, due - performance.now()));
      due += pageEvery;
      const parts = { design: design.id, revision: String(design.newest) };
      await Promise.all(
        pageCalls.map(async (endpoint) => {
          const begun = performance.now();
          try {
            await this.#call(endpoint, parts, addressOf(index), design.link);
            this.#pageTimes.push(performance.now() - begun);
          } catch (error) {
            this.#errors.push(String(error));
          }
        }),
      );
    }
  }

  /** Follows a design; resolves when the stream is open, with what tells the number of the last event that was heard. */
  async #follow(design: Design, from: string): Promise<Stream> {
    const stream: Stream = { design, last: 0, heard: 0 };
    const sent = httpRequest(new URL(pathOf(endpoints.events, { design: design.id }), this.#url), {
      headers: { authorization: `Bearer ${design.link}`, "x-forwarded-for": from, accept: "text/event-stream" },
      agent: false,
      signal: this.#over.signal,
    });
    sent.on("error", (error) => {
      if (!this.#over.signal.aborted) this.#errors.push(`a stream broke: ${error.message}`);
    });
    sent.end();
    const [response] = await once(sent, "response");
    if (response.statusCode !== 200) throw new Error(`no stream: ${response.statusCode}`);
    response.on("error", () => undefined);
    response.on("close", () => {
      if (!this.#over.signal.aborted) this.#errors.push("a stream was ended");
    });
    createInterface({ input: response })
      .on("line", (line) => this.#hear(stream, line))
      .on("error", () => undefined);
    return stream;
  }

  #hear(stream: Stream, line: string): void {
    const number = /^id: (\d+)$/.exec(line)?.[1];
    if (number !== undefined) {
      if (stream.last !== 0 && Number(number) !== stream.last + 1) {
        this.#errors.push(`after event ${stream.last} came ${number}`);
      }
      stream.last = Number(number);
    }
    if (!line.startsWith("data: ")) return;
    this.#events++;
    stream.heard++;
    const { kind, revision } = eventSchema.parse(JSON.parse(line.slice(6)));
    const answered = kind === "revision-saved" ? stream.design.savedAt.get(revision ?? 0) : undefined;
    if (kind === "revision-saved") this.#eventTimes.push(answered === undefined ? 0 : performance.now() - answered);
  }

  /** Waits until every reviewer has heard of the last revision. */
  async #allHeard(designs: readonly Design[], streams: readonly Stream[]): Promise<void> {
    const latest = new Map<string, number>();
    for (const [index, { id, key }] of designs.entries()) {
      const history = await this.#call(endpoints.history, { design: id }, ownerOf(index), key);
      latest.set(id, z.array(z.object({ number: z.number() })).parse(JSON.parse(history))[0]?.number ?? 0);
    }
    const lacking = () => streams.filter(({ design, last }) => last < (latest.get(design.id) ?? 0)).length;
    for (let tries = 0; tries < 100 && lacking() > 0; tries++) await wait(100);
    if (lacking() > 0) this.#errors.push(`${lacking()} reviewers did not hear of the last event`);
  }

  async #memory(): Promise<Memory> {
    const answer = once(this.#service, "message");
    this.#service.send("memory");
    const [memory] = await answer;
    return memorySchema.parse(memory);
  }

  #call(endpoint: Endpoint, parts: Parts, from: string, token?: string, body?: unknown): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        new URL(pathOf(endpoint, parts), this.#url),
        {
          method: endpoint.method.toUpperCase(),
          agent: this.#agent,
          headers: {
            "x-forwarded-for": from,
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...(body !== undefined && { "content-type": "application/json" }),
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => (text += chunk));
          response.on("error", reject);
          response.on("end", () => {
            if (response.statusCode !== undefined && response.statusCode < 300) resolve(text);
            else reject(new Error(`${endpoint.method} ${endpoint.path}: ${response.statusCode} ${text.slice(0, 200)}`));
          });
        },
      );
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

interface Stream {
  readonly design: Design;
  last: number;
  heard: number;
}

type Parts = Readonly<Record<string, string>>;

const eventSchema = z.object({ kind: z.string(), revision: z.number().nullable() });

const pathOf = ({ path }: Endpoint, parts: Parts): string =>
  path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);

function designOf(designs: readonly Design[], index: number): Design {
  const design = designs[index % designs.length];
  if (design === undefined) throw new Error("there is no design");
  return design;
}

const addressOf = (reviewer: number): string => `198.51.${100 + Math.floor(reviewer / 250)}.${1 + (reviewer % 250)}`;
const ownerOf = (design: number): string => `192.0.2.${1 + (design % 250)}`;

/** 40 lines as people write them, of which each save changes one. */
function filesOf(design: number, revision: number): { path: string; text: string }[] {
  const rules = Array.from({ length: 34 }, (_, line) => `  /opt/design${design}/part${line}/{bin,lib}/* r,`);
  rules[revision % rules.length] = `  owner /var/lib/design${design}/revision${revision}/** rw,`;
  const head = `abi <abi/3.0>,\ninclude <tunables/global>\nprofile design${design} /usr/bin/design${design} {\n`;
  const config = { format: 1, name: `design ${design}`, targets: ["debian-12"], peers: [] };
  return [
    { path: "hauberk.json", text: `${JSON.stringify(config, null, 2)}\n` },
    {
      path: `apparmor.d/usr.bin.design${design}`,
      text: `${head}  include <abstractions/base>\n${rules.join("\n")}\n}\n`,
    },
  ];
}
