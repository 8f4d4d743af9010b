import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** How validators' sockets are named in a folder that they share. */
export const socketEnding = ".sock";

/** One that did not answer is left out for so long, in milliseconds; then the next call may try it. */
const leftOutFor = 1_000;

/** So long a folder's listing is believed, in milliseconds: a validator that has just come may wait so long for work. */
const listedFor = 500;

/** A socket that is used for a call, until `done`, to be called once. */
export interface TakenSocket {
  readonly socket: string;
  readonly done: () => void;
}

interface Known {
  /** Calls that it answers now. */
  calls: number;
  leftOutUntil: number;
}

/**
 * Where validators listen, how busy each is with our calls, and which did not answer of late. A place is a socket, or a
 * folder of sockets to which validators come and from which they go.
 */
export class ValidatorSockets {
  readonly #places: readonly string[];
  readonly #known = new Map<string, Known>();
  #listed: { readonly sockets: readonly string[]; readonly at: number } | null = null;

  constructor(places: readonly string[]) {
    this.#places = places;
  }

  /** Every socket there is now. */
  async all(): Promise<readonly string[]> {
    return this.#list(performance.now());
  }

  /**
   * Takes the socket for a call of a client, which counts from now on as busy with it: the first in `order` that is not
   * among those tried already. Null where there is none.
   */
  async take(client: string, tried: ReadonlySet<string>): Promise<TakenSocket | null> {
    const now = performance.now();
    const sockets = await this.#list(now);
    for (const known of this.#known.keys()) if (!sockets.includes(known)) this.#forget(known);
    const [socket] = order(
      sockets.filter((one) => !tried.has(one)),
      client,
      (one) => {
        const { calls, leftOutUntil } = this.#of(one);
        return { calls, leftOut: leftOutUntil > now };
      },
    );
    return socket === undefined ? null : this.hold(socket);
  }

  /** Takes this socket. */
  hold(socket: string): TakenSocket {
    const known = this.#of(socket);
    known.calls++;
    return { socket, done: () => void known.calls-- };
  }

  /** Leaves a socket out for a while: nobody answered there. */
  leaveOut(socket: string): void {
    this.#of(socket).leftOutUntil = performance.now() + leftOutFor;
  }

  #of(socket: string): Known {
    const known = this.#known.get(socket) ?? { calls: 0, leftOutUntil: 0 };
    this.#known.set(socket, known);
    return known;
  }

  /** What is still busy is remembered, so that its calls are not miscounted should it come back. */
  #forget(socket: string): void {
    if (this.#of(socket).calls === 0) this.#known.delete(socket);
  }

  async #list(now: number): Promise<readonly string[]> {
    if (this.#listed === null || this.#listed.at + listedFor < now) {
      this.#listed = { sockets: (await Promise.all(this.#places.map(socketsAt))).flat(), at: now };
    }
    return this.#listed.sockets;
  }
}

/** What counts for the order of sockets. */
export interface SocketLoad {
  readonly calls: number;
  readonly leftOut: boolean;
}

/**
 * Sockets in the order in which to try them: the least busy first, and of equally busy ones always the same for the same
 * client, since what a validator remembers of a design makes its next answer quick.
 */
export function order(
  sockets: readonly string[],
  client: string,
  loadOf: (socket: string) => SocketLoad,
): readonly string[] {
  return sockets
    .map((socket) => ({ socket, ...loadOf(socket), rank: rankOf(client, socket) }))
    .toSorted((a, b) => Number(a.leftOut) - Number(b.leftOut) || a.calls - b.calls || a.rank - b.rank)
    .map(({ socket }) => socket);
}

/** Rendezvous hashing: where a validator goes, only its own clients move. */
function rankOf(client: string, socket: string): number {
  return createHash("sha1").update(`${client}\0${socket}`).digest().readUInt32BE(0);
}

async function socketsAt(place: string): Promise<string[]> {
  const status = await stat(place).catch(() => null);
  if (status === null || !status.isDirectory()) return [place];
  const names = await readdir(place).catch((): string[] => []);
  return names
    .filter((name) => name.endsWith(socketEnding))
    .toSorted()
    .map((name) => join(place, name));
}
