import {
  compareProfiles,
  fileAllowed,
  isSameMeaning,
  readCompiledPolicy,
  type AccessDifference,
  type CompiledProfile,
} from "@hauberk/core/compiled";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileForKernel, profilesForKernel } from "./compile-for-kernel.ts";

/** One rule more than `base`, and what comparing must say of it: class, change, a permission, and fields of the witness. */
const planted = [
  ["/etc/shadow r,", "file", "gained", "read", { path: "/etc/shadow" }],
  ["deny /etc/passwd r,", "file", "lost", "read", { path: "/etc/passwd" }],
  ["audit /etc/passwd r,", "file", "gained", "read", { path: "/etc/passwd" }],
  ["link /l -> /t,", "link", "gained", "link", { path: "/l", target: "/t" }],
  ["change_profile -> other,", "change_profile", "gained", "change_profile", { path: "other" }],
  ["network inet6 dgram,", "network", "gained", "create", { family: "inet6", type: "dgram" }],
  ["signal send set=hup peer=p,", "signal", "gained", "send", { signal: "hup", peer: "p" }],
  ["ptrace read peer=p,", "ptrace", "gained", "read", { peer: "p" }],
  ["umount /u/,", "mount", "gained", "umount", { mountpoint: "/u/" }],
  ["mount options=(ro,noatime) /d -> /m/,", "mount", "gained", "mount", { mountpoint: "/m/", source: "/d" }],
  ["capability net_raw,", "capability", "gained", "net_raw", { capability: "net_raw" }],
  ["set rlimit nofile <= 10,", "rlimit", "gained", "nofile", { before: "none", after: "10" }],
] as const;

const base = "/etc/passwd r,";
const text = [`profile base { ${base} }`, ...planted.map(([rule], at) => `profile p${at} { ${base} ${rule} }`)].join(
  "\n",
);
const settings = [
  { target: "debian-12", kernel: "6.1", abi: null },
  { target: "debian-13", kernel: "6.12", abi: null },
  { target: "debian-sid", kernel: "7.2", abi: null },
] as const;

function named(profiles: ReadonlyMap<string, CompiledProfile>, name: string): CompiledProfile {
  const profile = profiles.get(name);
  if (profile === undefined) throw new Error(`there is no ${name}`);
  return profile;
}

/** Walks a witness of files in both profiles: the second must allow what was gained, and the first must not. */
function isTrue(first: CompiledProfile, second: CompiledProfile, found: AccessDifference): boolean {
  const path = String(found.witness.fields["path"]);
  return [true, false].every((owner) => {
    const [before, after] = [fileAllowed(first, path, { owner }), fileAllowed(second, path, { owner })];
    const [has, lacks] = found.change === "gained" ? [after, before] : [before, after];
    const aspect = found.aspect === "audited" ? "audited" : found.aspect === "quiet" ? "quiet" : "allowed";
    return found.permissions.every((name) => has[aspect].includes(name) && !lacks[aspect].includes(name));
  });
}

describe.each(settings)("rules planted for $target on $kernel", (how) => {
  it("are found, each with a true witness", async () => {
    const profiles = await profilesForKernel(how, text);
    const before = named(profiles, "base");
    for (const [at, [, kind, change, permission, fields]] of planted.entries()) {
      const after = named(profiles, `p${at}`);
      expect(isSameMeaning(before, after)).toBe(false);
      const found = compareProfiles(before, after);
      expect(found).toContainEqual(
        expect.objectContaining({
          class: kind,
          change,
          permissions: expect.arrayContaining([permission]),
          witness: expect.objectContaining({ fields: expect.objectContaining(fields) }),
        }),
      );
      const ofFiles = found.filter((difference) => difference.class === "file" && difference.subject === "anyone");
      expect(ofFiles.filter((difference) => !isTrue(before, after, difference))).toEqual([]);
    }
  });
});

describe("a hole of parser 4.1.0", () => {
  it("is seen in what it compiled: on 7.2 `owner` binds nobody", async () => {
    const holes: string[] = [];
    for (const target of ["debian-12", "debian-13", "debian-sid"]) {
      const profiles = await profilesForKernel({ target, kernel: "7.2", abi: null }, "profile p { owner /h/** rw, }");
      const { allowed } = fileAllowed(named(profiles, "p"), "/h/x", { owner: false });
      if (allowed.includes("write")) holes.push(target);
    }
    expect(holes).toEqual(["debian-13"]);
  });
});

describe("real policies that somebody meddled with", () => {
  it("are answered, and what is still read can be asked and compared", async () => {
    const policy = await compileForKernel({ target: "debian-sid", kernel: "7.2", abi: null }, text);
    const whole = readCompiledPolicy(policy);
    if (!whole.ok) throw new Error(whole.why);
    const first = whole.profiles[0];
    if (first === undefined) throw new Error("nothing was read");
    // One profile is enough, and quicker.
    const bytes = policy.subarray(first.range.start, first.range.end);
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), fc.nat(bytes.length), (changes, length) => {
        const meddled = bytes.slice();
        for (const [at, byte] of changes) meddled[at] = byte;
        expect(readCompiledPolicy(meddled.subarray(0, Math.min(length, bytes.length - 1))).ok).toBe(false);
        const reading = readCompiledPolicy(meddled);
        for (const profile of reading.ok ? reading.profiles : []) {
          fileAllowed(profile, "/etc/passwd", { owner: true });
          compareProfiles(first, profile);
        }
      }),
      { numRuns: 150 },
    );
  });
});
