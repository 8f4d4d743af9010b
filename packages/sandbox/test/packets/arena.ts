import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { readReply, type Command, type Place, type Probe } from "./commands.ts";

const agentFile = fileURLToPath(new URL("./agent.ts", import.meta.url));

/** A program of the arena: it lives in a namespace, a control group and under a user of its own. */
export class Agent {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(within: readonly [string, ...string[]], controlGroup = "", user = "") {
    const [program, ...rest] = within;
    this.#child = spawn(program, [...rest, process.execPath, agentFile, controlGroup, user], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("the agent did not start");
    return this.#child.pid;
  }

  async tell(command: Command): Promise<readonly string[]> {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`the agent ended at ${command.do}`);
    return readReply(line.value).answers;
  }

  listen(at: readonly Place[]): Promise<readonly string[]> {
    return this.tell({ do: "listen", at });
  }

  probe(probes: readonly Probe[]): Promise<readonly string[]> {
    return this.tell({ do: "probe", probes });
  }

  /** Runs a script of the shell in the agent's place and gives its output; throws where it fails. */
  async run(script: string, input = ""): Promise<string> {
    const [status, out = "", errors = ""] = await this.tell({ do: "run", script, input });
    if (status !== "0") throw new Error(`${script.slice(0, 200)}: ${errors}${out}`);
    return out;
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin.end();
    await gone;
  }
}

/** The user that a service of the arena runs as; no machine has to know it. */
export const serviceUser = "42424";

/**
 * Two network namespaces with a cable for each interface between them: the machine of a service, and everybody else.
 * Nothing of it is seen outside, but for control groups below `hauberk-test-…`, which `end` takes away.
 */
export class Arena {
  /** Everything but the service on its machine. */
  readonly machine: Agent;
  readonly far: Agent;
  readonly group = `hauberk-test-${process.pid}`;
  readonly #within: readonly [string, ...string[]];
  readonly #agents: Agent[] = [];

  private constructor() {
    this.machine = new Agent(["unshare", "--net", "--mount", "--propagation", "private"]);
    this.#within = ["nsenter", `--net=/proc/${this.machine.pid}/ns/net`, `--mount=/proc/${this.machine.pid}/ns/mnt`];
    this.far = new Agent(["unshare", "--net"]);
    this.#agents.push(this.far);
  }

  /** Lays the cables. `cable(n)` has the addresses 10.200.n.1 and fd00:200:n::1 here, …2 there. */
  static async open(interfaces: readonly string[]): Promise<Arena> {
    const arena = new Arena();
    await arena.machine.run("mount -t cgroup2 none /sys/fs/cgroup");
    // A user's service listens at ports below 1024, too.
    const setUp = "ip link set lo up; sysctl -qw net.ipv4.ip_unprivileged_port_start=0";
    await arena.far.run(setUp);
    await arena.machine.run(setUp);
    for (const [at, name] of interfaces.entries()) {
      const side = (own: number) =>
        `ip addr add 10.200.${at}.${own}/24 dev ${name} && ip -6 addr add fd00:200:${at}::${own}/64 dev ${name} nodad && ip link set ${name} up`;
      await arena.machine.run(`ip link add ${name} type veth peer name ${name} netns ${arena.far.pid} && ${side(1)}`);
      await arena.far.run(side(2));
    }
    return arena;
  }

  /** Puts an address at the far end of a cable and shows the machine the way. */
  async place(address: string, cable: number, name: string): Promise<void> {
    const v6 = address.includes(":");
    const own = v6 ? `fd00:200:${cable}::1` : `10.200.${cable}.1`;
    await this.far.run(`ip addr add ${address}/${v6 ? 128 : 32} dev ${name} ${v6 ? "nodad" : ""}`);
    await this.machine.run(`ip route add ${address}/${v6 ? 128 : 32} dev ${name} src ${own}`);
  }

  /** A control group for a service; its path below /sys/fs/cgroup. */
  async controlGroup(name: string): Promise<string> {
    const path = `${this.group}/${name}`;
    await this.machine.run(`mkdir -p /sys/fs/cgroup/${path}`);
    return path;
  }

  /** A program on the service's machine, in a control group or as a user. */
  serve(by: { readonly controlGroup?: string; readonly user?: string }): Agent {
    const agent = new Agent(this.#within, by.controlGroup, by.user);
    this.#agents.push(agent);
    return agent;
  }

  async load(table: string): Promise<void> {
    await this.machine.run("nft -f -", table);
  }

  async end(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.end()));
    await this.machine.run(`find /sys/fs/cgroup/${this.group} -depth -type d -exec rmdir {} + 2>/dev/null || :`);
    await this.machine.end();
  }
}

/** Why no arena can be opened on this machine; null where it can. */
export function whyNoArena(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "network namespaces need root";
  const missing = ["nft", "ip", "unshare", "nsenter"].filter(
    (program) => spawnSync(program, ["--version"]).error !== undefined,
  );
  if (missing.length > 0) return `this machine lacks ${missing.join(", ")}`;
  const tried = spawnSync("unshare", [
    "--net",
    "--mount",
    "sh",
    "-c",
    "mount -t cgroup2 none /sys/fs/cgroup && echo 'table inet t { }' | nft -f -",
  ]);
  return tried.status === 0 ? null : `no namespaces, control groups or nftables here: ${String(tried.stderr).trim()}`;
}
