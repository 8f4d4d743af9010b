import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareProfiles, fileAllowed, isSameMeaning, readCompiledPolicy, type CompiledProfile } from "./index.ts";
import { makePolicy, type MadeState } from "./made-policy.test-data.ts";

/** Files: `/a` may be read by all and written by its owner; `/b` is executed under another profile. */
const file: readonly MadeState[] = [
  { next: { 0x2f: 2 } },
  { next: { 0x61: 3, 0x62: 4 } },
  { accept: 0x4 | 0x2 | (0x4 << 14) },
  { accept: ((4 << 10) | 0x1) * (1 + (1 << 14)) },
];
const transitions = ["there"];
/** Classes: sockets of inet that are streams may be made. */
const policy: readonly MadeState[] = [
  { next: { 14: 2 } },
  { accept: 0x4, next: { 0: 3 } },
  { next: { 2: 4 } },
  { next: { 0: 5 } },
  { next: { 1: 6 } },
  { accept: 0x10 },
];
const made = makePolicy(
  { name: "one", file, policy, capabilities: 1 << 13, transitions },
  { name: "one//child", mode: 1 },
);

function profilesOf(bytes: Uint8Array): readonly CompiledProfile[] {
  const reading = readCompiledPolicy(bytes);
  if (!reading.ok) throw new Error(`${reading.why} at ${reading.offset}`);
  return reading.profiles;
}

describe("readCompiledPolicy", () => {
  it("reads profiles one after another", () => {
    expect(profilesOf(made).map(({ name, mode, version }) => ({ name, mode, version }))).toEqual([
      { name: "one", mode: "enforce", version: 7 },
      { name: "one//child", mode: "complain", version: 7 },
    ]);
  });

  it("tells a namespace from a name", () => {
    const [profile] = profilesOf(makePolicy({ name: ":inner://one" }));
    expect(profile).toMatchObject({ namespace: "inner", name: "one" });
  });

  it("tells the owner of a file from others, and where an exec leads", () => {
    const [one] = profilesOf(made);
    if (one === undefined) throw new Error("nothing was read");
    expect(fileAllowed(one, "/a", { owner: true }).allowed).toContain("write");
    expect(fileAllowed(one, "/a", { owner: false }).allowed).toEqual(["read", "open", "getattr"]);
    expect(fileAllowed(one, "/b", { owner: false }).exec).toMatchObject({ to: "named", name: "there" });
    expect(fileAllowed(one, "/c", { owner: true }).exec).toBeNull();
  });

  it.each([
    ["nothing", new Uint8Array(), "it is empty", 0],
    ["no version", new Uint8Array([5, 1, 0, 0]), "it has no version", 0],
    ["bytes behind the last profile", Uint8Array.of(...made, 1), "`profile` is not where it belongs", made.length],
  ])("says why and where, of %s", (_, bytes, why, offset) => {
    expect(readCompiledPolicy(bytes)).toEqual({ ok: false, why, offset });
  });

  it("refuses a version that no kernel of the targets loads", () => {
    const bytes = made.slice();
    bytes[12] = 10;
    expect(readCompiledPolicy(bytes)).toMatchObject({ ok: false, why: expect.stringContaining("version 10") });
  });
});

describe("hostile policies", () => {
  it("are answered wherever they are cut off", () => {
    const whole = made.subarray(0, 4000);
    for (let length = 0; length < whole.length; length += 7) {
      expect(readCompiledPolicy(made.subarray(0, length)).ok).toBe(false);
    }
  });

  it("are answered whatever their bytes are, and what is read can be asked and compared", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(made.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const bytes = made.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const reading = readCompiledPolicy(bytes);
          const offset = reading.ok ? 0 : reading.offset;
          expect(offset >= 0 && offset <= bytes.length).toBe(true);
          const [before] = profilesOf(made);
          for (const profile of reading.ok ? reading.profiles : []) {
            fileAllowed(profile, "/a", { owner: true });
            if (before !== undefined) compareProfiles(before, profile);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("with chains of differences that lead in a ring are refused", () => {
    const bytes = made.slice();
    // The flag of the automaton, and of two states that are each other's default.
    const start = bytes.findIndex((_, at) => bytes[at] === 0x1b && bytes[at + 1] === 0x5e);
    bytes[start + 13] = 1;
    const base = tableAt(bytes, start, 2);
    const fallback = tableAt(bytes, start, 4);
    bytes[base + 4] = 0x80;
    bytes[base + 8] = 0x80;
    bytes[fallback + 3] = 2;
    bytes[fallback + 5] = 1;
    expect(readCompiledPolicy(bytes)).toMatchObject({ ok: false, why: "states of an automaton lead in a ring" });
  });
});

/** Where the entries of a table of the automaton begin. */
function tableAt(bytes: Uint8Array, start: number, id: number): number {
  for (let at = start + 24; ;) {
    if (bytes[at + 1] === id) return at + 12;
    const view = new DataView(bytes.buffer, at);
    at += Math.ceil((12 + view.getUint32(8) * (bytes[at + 3] ?? 0)) / 8) * 8;
  }
}

describe("isSameMeaning and compareProfiles", () => {
  it("heed what a profile allows and not its name", () => {
    const [one, other] = profilesOf(makePolicy({ file, transitions }, { name: "else", file, transitions }));
    if (one === undefined || other === undefined) throw new Error("nothing was read");
    expect(isSameMeaning(one, other)).toBe(true);
    expect(compareProfiles(one, other)).toEqual([]);
  });

  it("find the same meaning in other states", () => {
    // The same language with the two paths' states exchanged.
    const [start, , readable, executable] = file;
    if (start === undefined || readable === undefined || executable === undefined) throw new Error("no states");
    const exchanged = [start, { next: { 0x61: 4, 0x62: 3 } }, executable, readable];
    const [one, other] = profilesOf(makePolicy({ file, transitions }, { file: exchanged, transitions }));
    if (one === undefined || other === undefined) throw new Error("nothing was read");
    expect(isSameMeaning(one, other)).toBe(true);
  });

  it("tell what was gained, by whom, and a path for which it is so", () => {
    const [start, letters, , executable] = file;
    if (start === undefined || letters === undefined || executable === undefined) throw new Error("no states");
    const wider = [start, letters, { accept: 0x6 | (0x6 << 14) }, executable];
    const [one, other] = profilesOf(makePolicy({ file, transitions }, { file: wider, transitions: ["elsewhere"] }));
    if (one === undefined || other === undefined) throw new Error("nothing was read");
    const found = compareProfiles(one, other);
    expect(
      found.map(({ change, subject, exec, witness }) => [change, subject, exec?.name, witness.fields["path"]]),
    ).toEqual([
      ["gained", "others", undefined, "/a"],
      ["lost", "anyone", "there", "/b"],
      ["gained", "anyone", "elsewhere", "/b"],
    ]);
    expect(found[0]?.permissions).toContain("write");
  });

  it("call it lost when a profile begins to mediate a class", () => {
    const [one, other] = profilesOf(makePolicy({ file, transitions }, { file, transitions, policy }));
    if (one === undefined || other === undefined) throw new Error("nothing was read");
    const found = compareProfiles(one, other).filter((difference) => difference.class === "network");
    expect(found.every(({ change }) => change === "lost")).toBe(true);
    const create = found.filter(({ permissions }) => permissions.includes("create"));
    expect(create.flatMap(({ witness, furtherWitnesses }) => [witness, ...furtherWitnesses])).not.toContainEqual(
      expect.objectContaining({ fields: { family: "inet", type: "stream" } }),
    );
  });
});
