import { createHash } from "node:crypto";
import { cp, readdir, readFile, stat } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { findProgram } from "../confinement/find-tools.ts";
import { ToolchainError } from "../toolchain/apt-session.ts";
import { makeMinimalRoot } from "../toolchain/minimal-root.ts";
import { featuresInRoot, makeInPlace } from "../toolchain/obtain.ts";
import { runProgram } from "../toolchain/program.ts";
import { kernelFeatures, knowsUnixSockets } from "./kernel-features.ts";
import { readPolicyTree } from "./policy-tree.ts";
import type { ResolvedTarget, UnusableTarget } from "./usable-target.ts";

/** Where this machine keeps what its own AppArmor consists of. */
export interface HostPlaces {
  /** The running kernel's features, a folder of securityfs. */
  readonly features: string;
  readonly policy: string;
  readonly configuration: string;
  /** Where the parser is looked for. */
  readonly searchPath: string;
}

/** The places of an ordinary machine. */
export const hostPlaces: HostPlaces = {
  features: "/sys/kernel/security/apparmor/features",
  policy: "/etc/apparmor.d",
  configuration: "/etc/apparmor",
  searchPath: "/usr/sbin:/sbin:/usr/bin:/bin",
};

const label = "This machine";

/** The machine's own parser, policy tree and running kernel, as a target. Usable only where that kernel has AppArmor. */
export async function resolveHostTarget(cache: string, places: HostPlaces = hostPlaces): Promise<ResolvedTarget> {
  const kernelVersion = release();
  const unusable = (why: string, parserVersion: string | null = null): ResolvedTarget => {
    const target: UnusableTarget = {
      id: "host",
      label,
      kind: "release",
      parserVersion,
      kernelVersion,
      reason: "target_unusable",
      why,
    };
    return { usable: false, target };
  };
  const program = await findProgram("apparmor_parser", places.searchPath);
  if (!program) return unusable("apparmor_parser is not installed on this machine; install the package apparmor");
  const parserVersion = await versionOf(program);
  const features = await featureFiles(places.features);
  if (features.length === 0) {
    return unusable(
      "the running kernel has no AppArmor (or hides it from here), so there are no features to judge with; " +
        "choose the release that the profile is for instead",
      parserVersion,
    );
  }
  if (parserVersion === null) return unusable(`${program} does not say its version`);
  const policy = await readPolicyTree(places.policy, await ownerlessFiles()).catch(() => undefined);
  if (!policy) return unusable(`${places.policy} can't be read`, parserVersion);
  try {
    const keep = [places.configuration, "/usr/share/apparmor-features"];
    const key = await contentKey(program, [...features, ...(await filesBelow(places.configuration))]);
    const root = await hostRoot(join(cache, "host", key), { program, keep, features: places.features });
    const kernel = await kernelFeatures(join(root, featuresInRoot));
    return {
      usable: true,
      target: {
        id: "host",
        label,
        kind: "release",
        notes: [],
        parserVersion,
        kernelVersion,
        root,
        program,
        policy,
        policyFolder: places.policy,
        isThisMachine: true,
        features: kernel,
        featuresFile: null,
        knowsUnixSockets: knowsUnixSockets(kernel),
        key: `host ${key} ${await treeState(places.policy)}`,
      },
    };
  } catch (error) {
    if (error instanceof ToolchainError) return unusable(error.message, parserVersion);
    throw error;
  }
}

/** What was asked of programs of the machine, by what the answer depends on. */
const asked = new Map<string, Promise<string>>();

async function askOnce(key: string, program: string, args: readonly string[]): Promise<string> {
  const answer = asked.get(key) ?? runProgram(program, args).then(({ code, output }) => (code === 0 ? output : ""));
  asked.set(key, answer);
  return answer;
}

async function versionOf(program: string): Promise<string | null> {
  const { size, mtimeMs } = await stat(program);
  const said = await askOnce(`${program} ${size} ${mtimeMs}`, program, ["--version"]);
  return /version (\d[\w.~-]*)/.exec(said)?.[1] ?? null;
}

async function featureFiles(folder: string): Promise<string[]> {
  const files = await filesBelow(folder);
  return files.toSorted();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Hash of the parser's identity and of the files' paths and bytes. */
async function contentKey(program: string, files: readonly string[]): Promise<string> {
  const { size, mtimeMs } = await stat(program);
  const hash = createHash("sha256").update(`2 ${program} ${size} ${mtimeMs}\n`);
  for (const file of files) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    hash.update(`${JSON.stringify(file)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex").slice(0, 32);
}

/** The policy tree's state by size and time of each file: the machine's own tree may change under us. */
async function treeState(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await filesBelow(folder)).toSorted()) {
    const { size, mtimeMs, ctimeMs } = await stat(file);
    hash.update(`${JSON.stringify(file)} ${size} ${mtimeMs} ${ctimeMs}\n`);
  }
  return hash.digest("hex");
}

interface HostRoot {
  readonly program: string;
  readonly keep: readonly string[];
  readonly features: string;
}

/** Roots being made right now, by their place: two that ask at once share one. */
const beingMade = new Map<string, Promise<string>>();

/** The root of the machine's own parser, copied once for each state of it: a run never sees the machine itself. */
function hostRoot(place: string, parts: HostRoot): Promise<string> {
  const root = beingMade.get(place) ?? makeHostRoot(place, parts).finally(() => beingMade.delete(place));
  beingMade.set(place, root);
  return root;
}

async function makeHostRoot(place: string, { program, keep, features }: HostRoot): Promise<string> {
  const root = join(place, "root");
  const isThere = await stat(root).catch(() => undefined);
  if (isThere) return root;
  await makeInPlace(place, async (partial) => {
    const made = join(partial, "root");
    await makeMinimalRoot({ source: "/", root: made, program, keep });
    await cp(features, join(made, featuresInRoot), { recursive: true });
  });
  return root;
}

/**
 * Tells files of `/etc/apparmor.d` that no Debian package ships. Where dpkg can't be asked, none is: better to refuse
 * than to hide a file that the machine relies on.
 */
async function ownerlessFiles(): Promise<(path: string) => boolean> {
  const database = await stat("/var/lib/dpkg/status").catch(() => undefined);
  if (!database) return () => false;
  const args = ["--show", "--showformat=${Conffiles}\\n"];
  const said = await askOnce(`conffiles ${database.mtimeMs}`, "dpkg-query", args).catch(() => "");
  if (said === "") return () => false;
  const owned = new Set(said.split("\n").map((line) => line.trim().split(" ")[0]));
  return (path) => !owned.has(`/etc/apparmor.d/${path}`);
}
