import { z } from "zod";

const place = z.object({ protocol: z.enum(["tcp", "udp"]), host: z.string(), port: z.number() });
const probe = place.extend({ from: z.string().optional(), patience: z.number() });
const command = z.discriminatedUnion("do", [
  z.object({ do: z.literal("listen"), at: z.array(place).readonly() }),
  z.object({ do: z.literal("probe"), probes: z.array(probe).readonly() }),
  z.object({ do: z.literal("close") }),
  z.object({ do: z.literal("run"), script: z.string(), input: z.string() }),
]);
const reply = z.object({ answers: z.array(z.string()).readonly() });

/** A place to listen at. */
export type Place = z.infer<typeof place>;

/** A try to reach somebody: `from` an own address; `patience` says for how many milliseconds silence is waited out. */
export type Probe = z.infer<typeof probe>;

/** What an agent is told. */
export type Command = z.infer<typeof command>;

/** One answer for each place or probe; of a script its exit status, output and messages. */
export type Reply = z.infer<typeof reply>;

/** Reads what an agent was told. */
export function readCommand(line: string): Command {
  return command.parse(JSON.parse(line));
}

/** Reads what an agent answers. */
export function readReply(line: string): Reply {
  return reply.parse(JSON.parse(line));
}
