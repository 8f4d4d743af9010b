import fc from "fast-check";
import { gzipSync } from "fflate";
import { zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { crc32 } from "./checksums.ts";
import { limits, mostUnpacked } from "./limits.ts";
import { filteredSample, floodSample, packedSamples } from "./packed.test-data.ts";
import { unpack } from "./unpack.ts";
import { Unreadable } from "./unreadable.ts";

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));

/** What comes of it: bytes, or the reason why not. Anything else that is thrown fails the test. */
function outcome(packed: Uint8Array): Uint8Array | string {
  try {
    return unpack(packed);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

describe("unpack", () => {
  it.each(packedSamples)("gives back what real programs packed: $title", ({ packed, length, sum }) => {
    const data = unpack(bytesOf(packed));
    expect(data.length).toBe(length);
    expect(crc32(data)).toBe(sum);
  });

  it("gives back what gzip and zstd of the platform packed, whatever it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.nat(40), (part, times) => {
        const whole = Uint8Array.from(Array.from({ length: times }, () => [...part]).flat());
        expect(unpack(gzipSync(whole))).toEqual(whole);
        expect(unpack(new Uint8Array(zstdCompressSync(whole)))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it("takes what is not packed as it is", () => {
    expect(unpack(new Uint8Array([1, 2, 3]))).toEqual(new Uint8Array([1, 2, 3]));
  });

  it("ends in a reason wherever one byte of an xz file is another, or the rest is missing", () => {
    for (const { packed, title } of packedSamples.filter((sample) => sample.title !== "zstd")) {
      const whole = bytesOf(packed);
      const right = unpack(whole);
      for (let at = 0; at < whole.length; at += 1 + Math.floor(whole.length / 150)) {
        const changed = whole.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        const came = outcome(changed);
        // Without a check in the file only the sizes can tell.
        const isChecked = !title.includes("without") && at >= 6;
        expect(typeof came === "string" || !isChecked || Buffer.compare(came, right) === 0).toBe(true);
        // Between two streams a file may well end.
        if (at < 6 || title.startsWith("two streams")) continue;
        expect(typeof outcome(whole.subarray(0, at)), `${title} cut at ${at}`).toBe("string");
      }
    }
  });

  it("never throws anything else, whatever stands behind the first bytes", () => {
    const begins = [
      [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0],
      [0x1f, 0x8b, 8],
      [0x28, 0xb5, 0x2f, 0xfd],
      [0x42, 0x5a, 0x68],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...begins), fc.uint8Array({ maxLength: 400 }), (begin, rest) => {
        expect(["string", "object"]).toContain(typeof outcome(Uint8Array.from([...begin, ...rest])));
      }),
      { numRuns: 400 },
    );
  });

  it("stops a flood before it is in memory, in every packing", () => {
    const flood = new Uint8Array(20 * 1024 * 1024);
    const most = "it unpacks to more than 16 MiB";
    expect(outcome(bytesOf(floodSample))).toBe(most);
    expect(outcome(gzipSync(flood, { level: 9 }))).toBe(most);
    expect(outcome(new Uint8Array(zstdCompressSync(flood)))).toBe(most);
    expect(mostUnpacked(limits.given)).toBe(limits.unpacked);
  });

  it("names what it does not read", () => {
    expect(outcome(bytesOf(filteredSample))).toContain("filter");
    expect(outcome(new Uint8Array([0x42, 0x5a, 0x68, 0x39]))).toContain("bzip2");
    expect(outcome(new Uint8Array([0x5d, 0, 0, 1]))).toContain("plain LZMA");
  });
});
