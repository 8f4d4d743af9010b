import { gzipSync, strToU8, zipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeStrict } from "./decode.ts";
import { pathForFile, pathForText } from "./install-name.ts";
import { readGivenFiles } from "./read-files.ts";

describe("decodeStrict", () => {
  it("keeps every character of a text, its byte order mark too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const whole = `\uFEFF${text.toWellFormed()}`;
        expect(decodeStrict(new TextEncoder().encode(whole))).toEqual({ ok: true, text: whole });
      }),
    );
  });

  it("names the first byte that fits no character", () => {
    expect(decodeStrict(new Uint8Array([0x61, 0xc3, 0xa9, 0xff, 0x62]))).toEqual({ ok: false, offset: 3 });
    expect(decodeStrict(new Uint8Array([0x61, 0xed, 0xa0, 0x80]))).toEqual({ ok: false, offset: 1 });
    expect(decodeStrict(new Uint8Array([0xe2, 0x82]))).toEqual({ ok: false, offset: 0 });
  });

  it("agrees with the platform on what is UTF-8: all before the named byte is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoded = decodeStrict(bytes);
        if (decoded.ok) return;
        expect(decoded.offset).toBeLessThan(bytes.length);
        expect(decodeStrict(bytes.subarray(0, decoded.offset)).ok).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("names of imported files", () => {
  it("keeps a packaged file's own name and its place below apparmor.d", () => {
    expect(pathForFile("usr.bin.man", "profile man {}")).toBe("apparmor.d/usr.bin.man");
    expect(pathForFile("etc/apparmor.d/tunables/home", "@{HOME}=/root/\n")).toBe("apparmor.d/tunables/home");
  });

  it("names a text by its profile, a tunable by its variable", () => {
    expect(pathForText("/usr/bin/x {\n}\n")).toBe("apparmor.d/usr.bin.x");
    expect(pathForFile("profile from mail.txt", "profile a//b /x {}\n")).toMatch(/^apparmor\.d\/a/);
    // A packaged profile pasted goes into its own file, not into a second one beside it.
    expect(pathForText("profile x /usr/bin/x {\n  include if exists <local/usr.bin.x>\n}\n")).toBe(
      "apparmor.d/usr.bin.x",
    );
    expect(pathForText("@{LOGS} = /var/log\n")).toBe("apparmor.d/tunables/logs");
  });

  it("lets no name out of the design", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const path = pathForFile(name, "profile x {}\n");
        expect(path.startsWith("apparmor.d/")).toBe(true);
        expect(path.split("/")).not.toContain("..");
      }),
    );
  });
});

describe("readGivenFiles", () => {
  const files = {
    "d/hauberk.json": strToU8("{}"),
    "d/apparmor.d/x": strToU8("profile x {}\n"),
    "d/README.md": strToU8("hello"),
  };

  it("takes the design out of a zip archive, and leaves the rest of a bundle", () => {
    const reading = readGivenFiles([{ name: "d.zip", bytes: zipSync(files) }]);
    expect(reading.problems).toEqual([]);
    expect(reading.files).toEqual([
      ["hauberk.json", "{}"],
      ["apparmor.d/x", "profile x {}\n"],
    ]);
  });

  it("says what is wrong with an archive or a text, and takes the others", () => {
    const reading = readGivenFiles([
      { name: "broken.zip", bytes: new Uint8Array([1, 2, 3]) },
      { name: "binary", bytes: new Uint8Array([0x7f, 0x45, 0xff]) },
      { name: "x", bytes: strToU8("profile x {}\n") },
    ]);
    expect(reading.files).toEqual([["apparmor.d/x", "profile x {}\n"]]);
    expect(reading.problems).toHaveLength(2);
    expect(reading.problems[1]).toContain("byte 2");
  });

  it("refuses what would unpack to a flood", () => {
    const flood = gzipSync(new Uint8Array(20 * 1024 * 1024));
    expect(readGivenFiles([{ name: "flood.tar.gz", bytes: flood }]).problems[0]).toContain("16 MiB");
  });
});
