import type {
  Attachment,
  CapabilitySets,
  CompiledMode,
  CompiledPolicyReading,
  CompiledProfile,
  OldFamily,
  SecmarkRule,
} from "./compiled-profile.ts";
import type { PolicyDatabase } from "./policy-database.ts";
import { readDatabase } from "./read-policy-database.ts";
import { rlimitNames } from "./kernel-numbers.ts";
import { TaggedValues } from "./tagged-values.ts";
import { Unreadable } from "./unreadable.ts";

/** The version of the language is in the lowest bits of a policy's version; above it is a flag that forces complain mode. */
const versionMask = 0x3ff;
const forcedComplain = 0x800;
const hatFlag = 1;

/** By number in the flags of a profile. */
const modes: readonly CompiledMode[] = ["enforce", "complain", "kill", "unconfined", "prompt"];

/**
 * Reads what `apparmor_parser -S` wrote: profiles one after another. The bytes may be anybody's: whatever they are, the
 * answer is a value, and no number in them is followed out of their bounds.
 */
export function readCompiledPolicy(bytes: Uint8Array): CompiledPolicyReading {
  const values = new TaggedValues(bytes);
  const profiles: CompiledProfile[] = [];
  try {
    if (values.isAtEnd) values.fail("it is empty");
    let before: Header | null = null;
    while (!values.isAtEnd) {
      before = readHeader(values, before);
      profiles.push(readProfile(values, before));
    }
    return { ok: true, profiles };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message, offset: error.offset };
    throw error;
  }
}

interface Header {
  readonly start: number;
  readonly version: number;
  readonly forcesComplain: boolean;
  readonly namespace: string | null;
}

/** What stands before a profile; without one the header of the profile before it holds on. */
function readHeader(values: TaggedValues, before: Header | null): Header {
  const start = values.offset;
  const word = values.optionalU32("version");
  if (word === null && before === null) values.fail("it has no version");
  const version = word === null ? (before?.version ?? 0) : word & versionMask;
  if (version < 5 || version > 9) throw new Unreadable(`it has version ${version}; 5 to 9 are known here`, start);
  const namespace = values.optionalText("namespace") ?? before?.namespace ?? null;
  return {
    start,
    version,
    forcesComplain: word === null ? (before?.forcesComplain ?? false) : (word & forcedComplain) !== 0,
    namespace,
  };
}

function readProfile(values: TaggedValues, header: Header): CompiledProfile {
  values.struct("profile");
  const name = splitName(values.text("the name of a profile"));
  if (name.name === "") values.fail("a profile has no name");
  const rename = values.optionalText("rename");
  const attach = readAttachment(values, header.version);
  const disconnectedPath = values.optionalText("disconnected");
  const killSignal = values.optionalU32("kill");
  const flags = readFlags(values, header);
  const pathFlags = values.optionalU32("path_flags");
  const capabilities = readCapabilities(values);
  const xattrs = readXattrs(values);
  const rlimits = readRlimits(values);
  const oldNetwork = readOldNetwork(values);
  const secmark = readSecmark(values);
  const policy = readClasses(values, header.version);
  const file = readDatabase(values, "file", header.version);
  const data = readData(values);
  values.structEnd("a profile");
  return {
    name: name.name,
    namespace: name.namespace ?? header.namespace,
    version: header.version,
    rename,
    attachment: { ...attach, xattrs },
    ...flags,
    pathFlags,
    disconnectedPath,
    killSignal,
    capabilities,
    rlimits,
    secmark,
    oldNetwork,
    policy,
    file,
    data,
    range: { start: header.start, end: values.offset },
  };
}

/** `:namespace:name` or `:namespace://name`. */
function splitName(full: string): { readonly namespace: string | null; readonly name: string } {
  const [, namespace, name] = /^:([^:]+):(?:\/\/)?(.*)$/su.exec(full) ?? [];
  return namespace === undefined ? { namespace: null, name: full } : { namespace, name: name ?? "" };
}

function readAttachment(values: TaggedValues, version: number): Omit<Attachment, "xattrs"> {
  const pattern = values.optionalText("attach");
  const database = readDatabase(values, "attachment", version);
  return { pattern, database, length: database === null ? 0 : values.u32("the length of an attachment") };
}

function readFlags(
  values: TaggedValues,
  { forcesComplain }: Header,
): Pick<CompiledProfile, "flags" | "isHat" | "mode" | "audit"> {
  values.struct("flags");
  const flags = values.u32("the flags of a profile");
  const mode = modes[values.u32("the mode of a profile")];
  if (mode === undefined) values.fail("a profile has a mode that is not known here");
  const audit = values.u32("the audit flag of a profile") !== 0;
  values.structEnd("the flags of a profile");
  return { flags, isHat: (flags & hatFlag) !== 0, mode: forcesComplain ? "complain" : mode, audit };
}

const capabilityHalves = ["allow", "audit", "quiet", "mentioned"] as const;

function readCapabilities(values: TaggedValues): CapabilitySets {
  const sets = { allow: 0n, audit: 0n, quiet: 0n, mentioned: 0n, extended: 0n };
  for (const half of capabilityHalves) sets[half] = BigInt(values.u32("the capabilities of a profile"));
  if (values.optionalStruct("caps64")) {
    for (const half of capabilityHalves) sets[half] |= BigInt(values.u32("the capabilities of a profile")) << 32n;
    values.structEnd("the capabilities of a profile");
  }
  if (values.optionalStruct("capsx")) {
    sets.extended = BigInt(values.u32("the extended capabilities of a profile"));
    sets.extended |= BigInt(values.u32("the extended capabilities of a profile")) << 32n;
    values.structEnd("the extended capabilities of a profile");
  }
  return sets;
}

function readXattrs(values: TaggedValues): string[] {
  if (!values.optionalStruct("xattrs")) return [];
  const count = values.array("extended attributes");
  const names: string[] = [];
  for (let index = 0; index < count; index++) names.push(values.text("an extended attribute"));
  values.arrayEnd("extended attributes");
  values.structEnd("extended attributes");
  return names;
}

function readRlimits(values: TaggedValues): Map<string, bigint> {
  const limits = new Map<string, bigint>();
  if (!values.optionalStruct("rlimits")) return limits;
  const mask = values.u32("the set of limits");
  const count = values.array("limits");
  if (count > rlimitNames.length) values.fail("there are more limits than are known here");
  for (let index = 0; index < count; index++) {
    const limit = values.u64("a limit");
    const name = rlimitNames[index];
    if (name && (mask & (1 << index)) !== 0) limits.set(name, limit);
  }
  values.arrayEnd("limits");
  values.structEnd("limits");
  return limits;
}

function readOldNetwork(values: TaggedValues): OldFamily[] | null {
  const count = values.optionalArray("net_allowed_af");
  if (count === null) return null;
  const families: OldFamily[] = [];
  for (let index = 0; index < count; index++) {
    const what = "the sockets of a family";
    families.push({ allow: values.u16(what), audit: values.u16(what), quiet: values.u16(what) });
  }
  values.arrayEnd("the sockets of families");
  return families;
}

function readSecmark(values: TaggedValues): SecmarkRule[] {
  const rules: SecmarkRule[] = [];
  if (!values.optionalStruct("secmark")) return rules;
  const count = values.array("rules of secmark");
  for (let index = 0; index < count; index++) {
    const audit = values.u8("a rule of secmark") !== 0;
    const deny = values.u8("a rule of secmark") !== 0;
    rules.push({ audit, deny, label: values.text("a rule of secmark") });
  }
  values.arrayEnd("rules of secmark");
  values.structEnd("rules of secmark");
  return rules;
}

function readClasses(values: TaggedValues, version: number): PolicyDatabase | null {
  if (!values.optionalStruct("policydb")) return null;
  const database = readDatabase(values, "classes", version);
  if (database === null) values.fail("the rules of a profile have no automaton");
  values.structEnd("the rules of a profile");
  return database;
}

function readData(values: TaggedValues): Map<string, Uint8Array> {
  const data = new Map<string, Uint8Array>();
  if (!values.optionalStruct("data")) return data;
  for (let key = values.optionalText(null); key !== null; key = values.optionalText(null)) {
    if (data.has(key)) values.fail("data has a key twice");
    const { start, end } = values.blob("the data of a key");
    data.set(key, values.bytes.subarray(start, end));
  }
  values.structEnd("data");
  return data;
}
