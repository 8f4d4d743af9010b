// A program in a network namespace that listens and connects on command: one line of JSON in, one line out. It is
// started as root, so that its own file can be read wherever it lies, and then becomes the user that it is told.
import { spawnSync } from "node:child_process";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { readCommand, type Command, type Probe, type Reply } from "./commands.ts";

const greeting = "hello";
const [controlGroup = "", user = ""] = process.argv.slice(2);
if (controlGroup !== "") writeFileSync(`/sys/fs/cgroup/${controlGroup}/cgroup.procs`, String(process.pid));
if (user !== "") {
  process.setgroups?.([]);
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}

let open: (Server | UdpSocket)[] = [];

async function listen(protocol: Probe["protocol"], host: string, port: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  if (protocol === "tcp") {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end(greeting);
    });
    open.push(server);
    server.once("error", (error) => resolve(codeOf(error)));
    server.listen({ host, port, ipv6Only: true }, () => resolve("listening"));
  } else {
    const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4", ipv6Only: host.includes(":") });
    open.push(socket);
    socket.on("error", (error) => resolve(codeOf(error)));
    socket.on("message", (_, from) => socket.send(greeting, from.port, from.address, () => {}));
    socket.bind({ port, address: host }, () => resolve("listening"));
  }
  return promise;
}

/** `reached` once the other side answers, the code of the error that ends the try, `silent` when patience is over. */
async function probe({ protocol, host, port, from, patience }: Probe): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve("silent"), patience);
  let end: () => void;
  if (protocol === "tcp") {
    const socket = connect({ host, port, ...(from === undefined ? {} : { localAddress: from }) });
    socket.on("data", () => resolve("reached"));
    socket.on("error", (error) => resolve(codeOf(error)));
    end = () => socket.destroy();
  } else {
    const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
    const refused = (error: Error | null | undefined) => {
      if (error !== null && error !== undefined) resolve(codeOf(error));
    };
    socket.on("message", () => resolve("reached"));
    socket.on("error", refused);
    socket.bind({ port: 0, ...(from === undefined ? {} : { address: from }) }, () => {
      socket.connect(port, host, (error?: Error) => {
        if (error) refused(error);
        else socket.send(greeting, refused);
      });
    });
    end = () => socket.close();
  }
  const outcome = await promise;
  clearTimeout(timer);
  end();
  return outcome;
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.message;
}

async function perform(command: Command): Promise<string[]> {
  switch (command.do) {
    case "listen":
      return Promise.all(command.at.map(({ protocol, host, port }) => listen(protocol, host, port)));
    case "probe":
      return Promise.all(command.probes.map(probe));
    case "close": {
      for (const each of open) each.close();
      open = [];
      return [];
    }
    case "run": {
      const run = spawnSync("/bin/sh", ["-c", command.script], { input: command.input, encoding: "utf8" });
      return [String(run.status), run.stdout, run.stderr];
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answers = await perform(readCommand(line));
  const reply: Reply = { answers };
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
process.exit(0);
