import {
  compareProfiles,
  differAtPath,
  isSameMeaning,
  readCompiledPolicy,
  type CompiledProfile,
} from "../compiled/index.ts";

const readings = new WeakMap<Uint8Array, CompiledProfile | null>();

/** The profile of a compiled policy; null where the bytes are none. Read once for the same bytes. */
export function profileIn(policy: Uint8Array): CompiledProfile | null {
  const known = readings.get(policy);
  if (known !== undefined) return known;
  const reading = readCompiledPolicy(policy);
  const profile = reading.ok ? (reading.profiles[0] ?? null) : null;
  readings.set(policy, profile);
  return profile;
}

/**
 * True where the kernel can't tell two compiled profiles apart. A path at which they may differ saves the whole comparison
 * where they do. Two that are too large to be compared to the end count as different: their bytes are, and parsers write
 * what means the same in the same way.
 */
export function isSamePolicy(first: Uint8Array, second: Uint8Array, path: string | null = null): boolean {
  if (isSameBytes(first, second)) return true;
  const [a, b] = [profileIn(first), profileIn(second)];
  if (a === null || b === null) return false;
  return (path === null || !differAtPath(a, b, path)) && isSameMeaning(a, b);
}

/** True where the second of two profiles refuses something that the first allows. */
export function closesSomething(first: Uint8Array, second: Uint8Array): boolean {
  return hasChange(first, second, "lost");
}

/** True where the second of two profiles allows something that the first refuses. */
export function opensSomething(first: Uint8Array, second: Uint8Array): boolean {
  return hasChange(first, second, "gained");
}

function hasChange(first: Uint8Array, second: Uint8Array, change: "lost" | "gained"): boolean {
  if (isSameBytes(first, second)) return false;
  const [a, b] = [profileIn(first), profileIn(second)];
  if (a === null || b === null) return true;
  return compareProfiles(a, b).some(
    (one) => one.change === "undecided" || (one.change === change && one.aspect === "allowed"),
  );
}

/** True where two profiles attach to the same programs. */
export function isSameAttachment(first: Uint8Array, second: Uint8Array): boolean {
  const [a, b] = [profileIn(first)?.attachment, profileIn(second)?.attachment];
  if (a === undefined || b === undefined) return false;
  const [own, other] = [a.database?.automaton.bytes, b.database?.automaton.bytes];
  const isSameAutomaton = own === undefined || other === undefined ? own === other : isSameBytes(own, other);
  return isSameAutomaton && JSON.stringify(a.xattrs) === JSON.stringify(b.xattrs);
}

/** True where two compiled policies are the same to the byte. */
export function isSameBytes(first: Uint8Array, second: Uint8Array): boolean {
  if (first.length !== second.length) return false;
  for (let at = 0; at < first.length; at++) if (first[at] !== second[at]) return false;
  return true;
}
