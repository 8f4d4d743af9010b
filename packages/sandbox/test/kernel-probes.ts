import {
  capabilityAllowed,
  fileAllowed,
  outcomeOf,
  socketAnswer,
  type AccessAnswer,
  type CompiledProfile,
  type SocketPermission,
} from "@hauberk/core/compiled";

/** A step of a probe: the system call that fails, with which error, and what the kernel asks the profile then. */
interface Step {
  readonly call: string;
  readonly error: "EACCES" | "EPERM";
  readonly answer: AccessAnswer;
}

/**
 * What a compiled profile lets a probe come to, in the words of the measurement: `OK`, or the step at which it is refused;
 * behind it whether a line is logged: `[log]`.
 */
export function foretell(profile: CompiledProfile, probe: string): string {
  let logged = false;
  for (const { call, error, answer } of steps(profile, probe)) {
    const outcome = outcomeOf(profile, answer);
    if (!outcome.passes) return `${call}:${error}${outcome.logged ? "[log]" : ""}`;
    logged ||= outcome.logged;
  }
  return logged ? "OK[log]" : "OK";
}

function* steps(profile: CompiledProfile, probe: string): Generator<Step> {
  const [kind, first, second, third] = probe.split(" ");
  if (kind === "socket" || kind === "netlink") {
    const [family, type] = kind === "socket" ? [first, second] : ["netlink", first];
    yield* made(profile, family ?? "", type ?? "", "socket");
  } else if (kind === "unixpair") yield* made(profile, "unix", first ?? "", "socketpair");
  else if (kind === "unix") yield* unixSteps(profile, first ?? "", second ?? "", third ?? "");
  else {
    const family = first?.includes(":") ? "inet6" : "inet";
    const type = kind?.startsWith("tcp") ? "stream" : "dgram";
    yield* made(profile, family, type, "socket");
    for (const [call, permission] of calls[kind ?? ""] ?? []) {
      yield { call, error: "EACCES", answer: socketAnswer(profile, { family, type, permission }) };
    }
  }
}

const calls: Readonly<Record<string, readonly (readonly [string, SocketPermission])[]>> = {
  tcp: [
    ["connect", "connect"],
    ["send", "send"],
    ["recv", "receive"],
  ],
  tcplisten: [
    ["bind", "bind"],
    ["listen", "listen"],
  ],
  udp: [
    ["connect", "connect"],
    ["send", "send"],
  ],
  udpto: [["sendto", "send"]],
  udpbind: [["bind", "bind"]],
};

/** Making a socket; a raw one of these families asks for a capability too. */
function* made(profile: CompiledProfile, family: string, type: string, call: string): Generator<Step> {
  yield { call, error: "EACCES", answer: socketAnswer(profile, { family, type, permission: "create" }) };
  if (type !== "raw" || !["inet", "inet6", "packet"].includes(family)) return;
  const allowed = capabilityAllowed(profile, "net_raw");
  yield { call, error: "EPERM", answer: { allowed, audited: false, quiet: false } };
}

/** Sockets with a path are asked of the rules of files where the profile mediates unix sockets in detail. */
function* unixSteps(profile: CompiledProfile, type: string, call: string, place: string): Generator<Step> {
  yield* made(profile, "unix", type, "socket");
  const isPath = place.startsWith("/");
  const detailed = profile.policy !== null && profile.policy.automaton.next(profile.policy.start, 15) !== 0;
  if (call === "bind") {
    if (!isPath || !detailed) {
      const question = { family: "unix", type, permission: "bind", address: place } as const;
      yield { call, error: "EACCES", answer: socketAnswer(profile, question) };
    }
    if (isPath) yield { call, error: "EACCES", answer: fileAnswer(profile, place, ["create"]) };
    return;
  }
  const permissions: readonly SocketPermission[] = call === "connect" ? ["connect", "send", "receive"] : ["send"];
  if (isPath && detailed) {
    const needed = call === "connect" ? ["open", "write", "read"] : ["write"];
    yield { call, error: "EACCES", answer: fileAnswer(profile, place, needed) };
    return;
  }
  for (const permission of permissions) {
    const question = { family: "unix", type, permission, peerAddress: place } as const;
    yield { call, error: "EACCES", answer: socketAnswer(profile, question) };
  }
}

function fileAnswer(profile: CompiledProfile, path: string, needed: readonly string[]): AccessAnswer {
  const { allowed, quiet } = fileAllowed(profile, path, { owner: true });
  const refused = needed.filter((permission) => !allowed.includes(permission));
  return {
    allowed: refused.length === 0,
    audited: false,
    quiet: refused.length > 0 && refused.every((permission) => quiet.includes(permission)),
  };
}
