/**
 * How much the standing of every rule of a 300-rule profile costs on three targets beside one plain verdict of it, nothing
 * remembered, taken turn by turn so that both meet the same machine; and how much where one rule was added since. Run by
 * `node packages/sandbox/bench/standing.ts [ROUNDS] [--json]`.
 */
import { availableParallelism } from "node:os";
import { createSandbox } from "../src/index.ts";

const targets = ["debian-12", "debian-13", "debian-sid"];
const json = process.argv.includes("--json");
const rounds = Number(process.argv.slice(2).find((word) => word !== "--json") ?? 20);
const warmUps = 2;

/** As people write them: mostly paths, some owned, a few sockets, signals and capabilities; `unique` so that none is known. */
function profileText(unique: string, more: readonly string[] = []): string {
  const paths = Array.from({ length: 265 }, (_, index) => {
    const owner = index % 9 === 0 ? "owner " : "";
    const place = index % 5 === 0 ? `@{HOME}/.${unique}` : `/opt/${unique}`;
    return `${owner}${place}/part${index}/{bin,lib}/* r,`;
  });
  const sockets = ["inet stream", "inet6 stream", "inet dgram", "netlink raw", "unix stream"].map(
    (kind) => `network ${kind},`,
  );
  const units = Array.from(
    { length: 10 },
    (_, index) => `unix (send, receive) type=stream peer=(label=${unique}${index}),`,
  );
  const signals = Array.from({ length: 10 }, (_, index) => `signal (send) set=(term) peer=${unique}${index},`);
  const capabilities = [
    "net_raw",
    "chown",
    "kill",
    "setuid",
    "setgid",
    "bpf",
    "fowner",
    "ipc_lock",
    "mknod",
    "sys_nice",
  ];
  const rules = [
    ...paths,
    ...sockets,
    ...units,
    ...signals,
    ...capabilities.map((name) => `capability ${name},`),
    ...more,
  ];
  const head = ["abi <abi/3.0>,", "include <tunables/global>", `profile ${unique} /usr/bin/${unique} {`];
  return [...head, ...rules.map((rule) => `  ${rule}`), "}", ""].join("\n");
}

const sandbox = createSandbox({ perClient: availableParallelism() });

async function verdictMilliseconds(text: string): Promise<number> {
  const begun = performance.now();
  const files = [{ path: "apparmor.d/bench", text }];
  const [first = ""] = targets;
  for await (const { verdict } of sandbox.validate({ name: "bench", files, targets: [first], effort: "full" })) {
    if (verdict.verdict !== "accepted") throw new Error(verdict.summary);
  }
  return performance.now() - begun;
}

async function standingMilliseconds(text: string): Promise<number> {
  const begun = performance.now();
  const files = [{ path: "apparmor.d/bench", text }];
  for await (const { rows } of sandbox.standings({ name: "bench", files, targets, effort: "full", features: "text" })) {
    const undecided = rows.find(({ standing }) => standing === "undecided");
    if (rows.length < 300 || undecided !== undefined) throw new Error(undecided?.detail ?? "rows are missing");
  }
  return performance.now() - begun;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const names = [
  "one verdict, 300 rules (baseline)",
  "standing on three targets (limit: 5)",
  "one rule more, the others known",
];
const taken: number[][] = names.map(() => []);
for (let round = -warmUps; round < rounds; round++) {
  const text = profileText(`round${round + warmUps}`);
  const longer = profileText(`round${round + warmUps}`, ["/one/more r,"]);
  const three = [await verdictMilliseconds(text), await standingMilliseconds(text), await standingMilliseconds(longer)];
  if (round >= 0) for (const [index, milliseconds] of three.entries()) taken[index]?.push(milliseconds);
}
await sandbox.close();

const [baseline = []] = taken;
const results = names.map((name, index) => {
  const values = taken[index] ?? [];
  const [median, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
  return { name, median, p95, ratio: median / quantile(baseline, 0.5), ratioP95: p95 / quantile(baseline, 0.95) };
});

if (json) {
  console.log(JSON.stringify({ format: 1, rounds, results }, null, 2));
} else {
  console.log(`standings of 300 rules on ${targets.join(", ")}, ${rounds} rounds after ${warmUps}`);
  for (const { name, median, p95, ratio, ratioP95 } of results) {
    const cells = [name.padEnd(38), `median ${median.toFixed(1)} ms`, `p95 ${p95.toFixed(1)} ms`];
    console.log([...cells, `${ratio.toFixed(2)} times the verdict (p95 ${ratioP95.toFixed(2)})`].join("  "));
  }
}
