import { peerProtocolNamed, peerProtocolNames } from "../vocabulary/index.ts";
import { filledText, prose } from "./config-text.ts";
import { isInterfaceName, readPeerAddress, readPorts } from "./peer-address.ts";
import { z } from "./zod.ts";

const port = z.union(
  [
    z.number().int("a whole number").min(1, "at least 1").max(65535, "at most 65535"),
    z
      .string()
      .max(200, "at most 200 characters")
      .refine(
        (text) => readPorts(text) !== undefined,
        "a port, a range such as `8000-8080`, or a list of both, such as `80,443`",
      ),
    z.null(),
  ],
  "a port from 1 to 65535, a range such as `8000-8080`, a list such as `80,443`, or null for any",
);

/** How a peer stands in `hauberk.json`. Older texts may hold any words as an address: `peerWishProblem` tells of these. */
export const peerWishSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u, "letters, digits, `-` and `_`, at most 64"),
  profile: filledText(1000),
  direction: z.enum(["connect", "listen", "both"]),
  protocol: z.enum(peerProtocolNames),
  address: filledText(300),
  port,
  interface: z
    .string()
    .refine(
      isInterfaceName,
      "the name of a network interface such as `eth0`: at most 15 letters, digits, `_`, `.` and `-`",
    )
    .optional(),
  note: prose(4000).optional(),
});

/** The kinds of companion that can be made. */
export const companionKinds = ["systemd", "nftables"] as const;

export type CompanionKind = (typeof companionKinds)[number];

/** True for the name of a service unit that can stand in paths and in systemd's own files as it is. */
function isServiceUnit(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:@[A-Za-z0-9_.-]*)?\.service$/u.test(text);
}

/** True for the path of a control group below `/sys/fs/cgroup`. */
function isControlGroup(text: string): boolean {
  const parts = text.split("/");
  return text.length <= 400 && parts.every((part) => /^(?!\.)(?:[A-Za-z0-9_.@:-]|\\x[0-9a-f]{2})+$/u.test(part));
}

/** How a service stands in `hauberk.json`. */
export const serviceSchema = z.object({
  profile: filledText(1000),
  unit: z.string().refine(isServiceUnit, "the full name of a service unit, such as `my-agent.service`").optional(),
  user: z
    .string()
    .regex(
      /^(?:[a-z_][a-z0-9_-]{0,31}|0|[1-9]\d{0,9})$/u,
      "a user's name (small letters, digits, `_` and `-`) or number",
    )
    .optional(),
  cgroup: z
    .string()
    .refine(isControlGroup, "the path of a control group below /sys/fs/cgroup, such as `system.slice/my-agent.service`")
    .optional(),
  companions: z
    .array(z.enum(companionKinds, "`systemd` or `nftables`"))
    .max(2, "each kind once")
    .default([...companionKinds]),
});

/**
 * A network peer that a profile shall speak with, kept as a wish: AppArmor can't name it on most kernels. `address` says
 * who the other side is, also for a program that listens: a word, an address, a range or a host name as the person wrote
 * it; `port` is the peer's where the program connects and its own where it listens: a number, `80-90`, `80,443`, or null
 * for any. `interface` is the one by which the conversation begins.
 */
export type PeerWish = z.infer<typeof peerWishSchema>;

/** Which service runs under a profile (and its children), and what shall be made to enforce its peers beside AppArmor. */
export type ServiceSettings = z.infer<typeof serviceSchema>;

/** What is wrong with a wish although its shape is right: the key, and the reason for the person. */
export interface PeerWishProblem {
  readonly key: "address" | "port";
  readonly reason: string;
}

/** What can't be meant in a wish; null where it is sound. */
export function peerWishProblem(wish: Pick<PeerWish, "address" | "port" | "protocol">): PeerWishProblem | null {
  const reading = readPeerAddress(wish.address);
  if (!reading.ok) return { key: "address", reason: reading.reason };
  const protocol = peerProtocolNamed(wish.protocol);
  if (!protocol.hasPorts && wish.port !== null)
    return { key: "port", reason: `${protocol.label} has no ports: leave the port open` };
  const { address } = reading;
  if (address.kind === "ip" && protocol.family !== null && protocol.family !== address.range.family) {
    const other = protocol.family === 4 ? "ICMPv6 is the one of IPv6" : "ICMP is the one of IPv4";
    return { key: "address", reason: `${protocol.label} has IPv${protocol.family} addresses only; ${other}` };
  }
  return null;
}
