import type { Readable } from "node:stream";

/** What came out of a pipe, up to a limit. */
export interface CollectedOutput {
  readonly bytes: Buffer;
  /** More came than was kept. */
  readonly cut: boolean;
}

/**
 * Reads a pipe to its end and keeps the first `limit` bytes; the rest is read and dropped, so that the writer is not
 * held up. `onOverflow` is called once, when the limit is passed.
 */
export async function collectOutput(
  pipe: Readable,
  limit: number,
  onOverflow: () => void = () => undefined,
): Promise<CollectedOutput> {
  const chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  pipe.on("data", (chunk: Buffer) => {
    const room = limit - size;
    if (room > 0) chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    size += chunk.length;
    if (size > limit && !cut) {
      cut = true;
      onOverflow();
    }
  });
  // A pipe of a process that was killed may end with an error; what came before it counts.
  await new Promise<void>((resolve) => {
    pipe.on("close", resolve);
    pipe.on("error", () => resolve());
  });
  return { bytes: Buffer.concat(chunks), cut };
}
