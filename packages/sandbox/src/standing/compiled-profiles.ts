/** Begins every profile in a stream of compiled policy: the tagged name `profile`, a struct, a string. */
const profileTag = Buffer.from("\x04\x08\x00profile\x00\x07\x05", "latin1");
/** What stands between two profiles: the tagged name `version` and four bytes of it. */
const versionTag = Buffer.from("\x04\x08\x00version\x00\x02", "latin1");
const versionLength = versionTag.length + 4;

/**
 * The profiles of a stream of compiled policy by their names, each as bytes without its name, so that two profiles of one
 * meaning are alike.
 */
export function compiledProfiles(stream: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const profiles = new Map<string, Uint8Array>();
  let at = bytes.indexOf(profileTag);
  while (at !== -1) {
    const start = at + profileTag.length;
    at = bytes.indexOf(profileTag, start);
    const end = endOf(bytes, at === -1 ? bytes.length : at);
    const length = start + 2 <= end ? bytes.readUInt16LE(start) : 0;
    const name = bytes.toString("utf8", start + 2, start + 2 + Math.max(0, length - 1));
    profiles.set(name, new Uint8Array(bytes.subarray(start + 2 + length, end)));
  }
  return profiles;
}

function endOf(bytes: Buffer, end: number): number {
  const version = end - versionLength;
  const isVersion = version >= 0 && bytes.subarray(version, version + versionTag.length).equals(versionTag);
  return isVersion ? version : end;
}
