import { readCompiledPolicy } from "@hauberk/core/compiled";

/** Begins every profile in a stream of compiled policy: the tagged name `profile`, a struct, and a string to come. */
const profileTag = Buffer.from("\x04\x08\x00profile\x00\x07\x05", "latin1");
/** Stands before the first profile, of older parsers before each one: the tagged name `version` and four bytes of it. */
const versionTag = Buffer.from("\x04\x08\x00version\x00\x02", "latin1");
const versionLength = versionTag.length + 4;

/** What stands in for every name. */
const nameSign = "p".charCodeAt(0);

/**
 * The profiles of a stream of compiled policy by their names, each a policy of its own in which the name does not tell them
 * apart: names of one length, as ours are, give equal bytes for equal meanings. The stream may end in the middle of a
 * profile, as a crash leaves it: that one is left out.
 */
export function compiledProfiles(stream: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const header = bytes.subarray(0, versionLength);
  const profiles = new Map<string, Uint8Array>();
  let start = bytes.indexOf(profileTag);
  while (start !== -1) {
    const next = bytes.indexOf(profileTag, start + profileTag.length);
    const end = withoutVersion(bytes, next === -1 ? bytes.length : next);
    const named = withoutName(Buffer.concat([header, bytes.subarray(start, end)]), header.length + profileTag.length);
    if (named !== null && (next !== -1 || readCompiledPolicy(named.policy).ok)) profiles.set(named.name, named.policy);
    start = next;
  }
  return profiles;
}

/** A string is two bytes of length, its end included, and the text with its end. */
function withoutName(policy: Buffer, at: number): { readonly name: string; readonly policy: Uint8Array } | null {
  if (at + 2 > policy.length) return null;
  const end = at + 2 + policy.readUInt16LE(at) - 1;
  if (end > policy.length || end < at + 2) return null;
  const name = policy.toString("utf8", at + 2, end);
  policy.fill(nameSign, at + 2, end);
  return { name, policy: new Uint8Array(policy) };
}

function withoutVersion(bytes: Buffer, end: number): number {
  const version = end - versionLength;
  const isVersion = version >= 0 && bytes.subarray(version, version + versionTag.length).equals(versionTag);
  return isVersion ? version : end;
}
