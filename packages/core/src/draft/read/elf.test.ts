import fc from "fast-check";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeElf } from "../made-elf.test-data.ts";
import { readElf } from "./elf.ts";
import { capabilitiesInProgram, pathsInProgram } from "./program-text.ts";

/** A program of this machine; the runtime itself where there is no shell at the usual place. */
const real = ["/bin/sh", "/usr/bin/env", process.execPath].find(existsSync) ?? process.execPath;

describe("readElf", () => {
  it.each([
    { bits: 64, bigEndian: false },
    { bits: 64, bigEndian: true },
    { bits: 32, bigEndian: false },
    { bits: 32, bigEndian: true },
  ] as const)("reads $bits bits, big endian $bigEndian", (form) => {
    const file = makeElf({
      ...form,
      needed: ["libssl.so.3", "libc.so.6"],
      runPath: "$ORIGIN/../lib:/opt/x",
      imports: ["setuid", "bind"],
    });
    expect(readElf(file)).toEqual({
      ...form,
      kind: "executable",
      positionIndependent: true,
      interpreter: "/lib64/ld-linux-x86-64.so.2",
      needed: ["libssl.so.3", "libc.so.6"],
      runPaths: ["$ORIGIN/../lib", "/opt/x"],
      imports: ["setuid", "bind"],
      isStatic: false,
    });
  });

  it("tells libraries and static programs apart", () => {
    expect(readElf(makeElf({ interpreter: null }))?.kind).toBe("library");
    const fixed = readElf(makeElf({ interpreter: null, needed: [], type: 2 }));
    expect(fixed).toMatchObject({ kind: "executable", isStatic: true });
  });

  it("reads a program of this machine", () => {
    const elf = readElf(new Uint8Array(readFileSync(real)));
    expect(elf?.kind).toBe("executable");
    expect(elf?.interpreter).toMatch(/^\/.*ld/);
    expect(elf?.needed.some((name) => name.startsWith("libc."))).toBe(true);
    expect(elf?.imports.length).toBeGreaterThan(20);
  });

  it("never throws, whatever its offsets say", () => {
    const whole = makeElf({ imports: ["setuid", "bind", "chroot"], texts: ["/etc/x/y"] });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), { maxLength: 12 }),
        fc.nat(whole.length),
        (changes, length) => {
          const file = whole.slice();
          for (const [at, byte] of changes) if (at > 5) file[at] = byte;
          expect(() => readElf(file)).not.toThrow();
          expect(() => readElf(file.subarray(0, length))).not.toThrow();
        },
      ),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readElf(bytes)).toBeNull();
      }),
    );
  });
});

describe("texts of a program", () => {
  it("are paths of the machine, ended by a NUL, with a glob where something is printed in", () => {
    const file = makeElf({
      texts: [
        "/dev/ptp%d",
        "/etc/x.conf",
        "/run/%s/x.pid",
        "/index.html",
        "see /etc/not",
        "/etc/../y/zz",
        "//run/named/pid",
      ],
    });
    expect(pathsInProgram(file)).toEqual(["/dev/ptp[0-9]*", "/etc/x.conf", "/run/*/x.pid", "/run/named/pid"]);
  });

  it("are names of capabilities for libcap", () => {
    const file = makeElf({ texts: ["cap_net_raw=ep", "cap_sys_nice,cap_sys_time=pe", "escape=cap", "x=cap_kill"] });
    expect(capabilitiesInProgram(file)).toEqual(["net_raw", "sys_nice", "sys_time"]);
  });
});
