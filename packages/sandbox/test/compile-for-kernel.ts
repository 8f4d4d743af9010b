import { readCompiledPolicy, type CompiledProfile } from "@hauberk/core/compiled";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toolchainFolder } from "../src/index.ts";
import { featuresInRoot } from "../src/toolchain/obtain.ts";

/** A parser by the target that brings it, for the kernel whose feature file this is. */
export interface ForKernel {
  readonly target: string;
  readonly kernel: string;
  /** A file of the target's `abi` folder; null for what the kernel has, as `abi <kernel>,` says it. */
  readonly abi: string | null;
}

const featureFiles = fileURLToPath(new URL("../../../toolchains/features", import.meta.url));
/** An empty folder of every toolchain, in which its policy tree is mounted otherwise. */
const textFolder = "/policy";
const treeFolder = "/etc/apparmor.d";

/**
 * The policy that a parser makes of a text for another kernel than its target's too: what the sandbox never does for
 * users. No network, no rights, the toolchain read-only.
 */
export async function compileForKernel({ target, kernel, abi }: ForKernel, text: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "hauberk-compile-"));
  try {
    await writeFile(join(folder, "text"), abi === null ? text : `abi <abi/${abi}>,\n${text}`);
    const policy = abi === null ? [`--policy-features=${featuresInRoot}`] : [];
    return await compile(target, kernel, `--ro-bind ${folder} ${textFolder}`, [...policy, `${textFolder}/text`]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A policy tree in place of the target's own, and which of its files are compiled. */
export interface CompiledTree {
  readonly target: string;
  readonly kernel: string;
  readonly tree: string;
  readonly files: readonly string[];
}

/** The policy of many files in one run, with the configuration of the target. */
export function compileTree({ target, kernel, tree, files }: CompiledTree): Promise<Uint8Array> {
  const paths = files.map((file) => `${treeFolder}/${file}`);
  return compile(target, kernel, `--ro-bind ${tree} ${treeFolder}`, paths);
}

function compile(target: string, kernel: string, mount: string, more: readonly string[]): Promise<Uint8Array> {
  const root = join(toolchainFolder(target), "root");
  const features = `--ro-bind ${join(featureFiles, kernel)} ${featuresInRoot}`;
  const parser = `/usr/sbin/apparmor_parser -q -S -j0 -K -T -Q --kernel-features=${featuresInRoot}`;
  const line = `--ro-bind ${root} / ${mount} ${features} --unshare-all --die-with-parent --uid 65534 ${parser}`;
  return output("bwrap", [...line.split(" "), ...more]);
}

/** The profiles of such a policy by name. */
export async function profilesForKernel(how: ForKernel, text: string): Promise<ReadonlyMap<string, CompiledProfile>> {
  const reading = readCompiledPolicy(await compileForKernel(how, text));
  if (!reading.ok) throw new Error(`${JSON.stringify(how)}: ${reading.why} at ${reading.offset}`);
  return new Map(reading.profiles.map((profile) => [profile.name, profile]));
}

function output(program: string, given: readonly string[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const run = spawn(program, given, { stdio: ["ignore", "pipe", "pipe"] });
    const parts: Buffer[] = [];
    const words: Buffer[] = [];
    run.stdout.on("data", (part: Buffer) => parts.push(part));
    run.stderr.on("data", (part: Buffer) => words.push(part));
    run.on("error", reject);
    run.on("close", (code) => {
      if (code === 0) resolve(new Uint8Array(Buffer.concat(parts)));
      else reject(new Error(Buffer.concat(words).toString("utf8")));
    });
  });
}
