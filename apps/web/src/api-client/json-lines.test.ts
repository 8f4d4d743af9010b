import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonLines } from "./json-lines.ts";

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
}

async function all(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of jsonLines(stream)) values.push(value);
  return values;
}

describe("jsonLines", () => {
  it("gives the same values wherever the network cuts the bytes, within a character too", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ word: fc.string({ unit: "binary" }) }), { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (values, sizes, ended) => {
          const wellFormed = values.map(({ word }) => ({ word: word.toWellFormed() }));
          const text = wellFormed.map((value) => JSON.stringify(value)).join("\n") + (ended ? "\n" : "");
          const bytes = new TextEncoder().encode(text);
          const chunks: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          expect(await all(streamOf(chunks))).toEqual(wellFormed);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("gives a value as soon as its line is whole", async () => {
    const encoder = new TextEncoder();
    const lines = jsonLines(streamOf([encoder.encode('{"a":1}\n{"b"'), encoder.encode(":2}\n")]));
    expect((await lines.next()).value).toEqual({ a: 1 });
    expect((await lines.next()).value).toEqual({ b: 2 });
  });

  it("tells the sender when its reader stops early", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("1\n")),
      cancel: () => void (cancelled = true),
    });
    const lines = jsonLines(endless);
    await lines.next();
    await lines.return();
    expect(cancelled).toBe(true);
  });

  it("throws on a line that is not JSON", async () => {
    await expect(all(streamOf([new TextEncoder().encode("<html>\n")]))).rejects.toThrow(SyntaxError);
  });
});
