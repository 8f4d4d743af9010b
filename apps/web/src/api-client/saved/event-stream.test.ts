import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StreamEvent, streamEvents } from "./event-stream.ts";

async function read(chunks: readonly Uint8Array[]): Promise<StreamEvent[]> {
  const waiting = [...chunks];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = waiting.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of streamEvents(stream)) events.push(event);
  return events;
}

describe("streamEvents", () => {
  it("reads the same events wherever the network cuts the bytes, whatever ends a line", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ id: fc.nat(), word: fc.string({ unit: "grapheme" }) }), { maxLength: 4 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        async (sent, end, sizes) => {
          const wanted = sent.map(({ id, word }) => ({ id: String(id), event: "x", data: JSON.stringify({ word }) }));
          const text = wanted.map(({ id, event, data }) =>
            [": still here", `id: ${id}`, `event: ${event}`, `data: ${data}`, "", ""].join(end),
          );
          // The last return waits for what may follow it, as it may be half of a line's end.
          const bytes = new TextEncoder().encode(`${text.join("")}: end${end}`);
          const chunks: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          expect(await read(chunks)).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("joins lines of data, and drops an event that is cut off", async () => {
    const bytes = new TextEncoder().encode("data: a\ndata:b\n\nid: 7\ndata: never whole\n");
    expect(await read([bytes])).toEqual([{ id: null, event: "message", data: "a\nb" }]);
  });
});
