import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Compiled scripts, kept from call to call: half of a short call is spent on them. */
const compiled = fileURLToPath(new URL("../../../node_modules/.cache/hauberk-cli", import.meta.url));

/** What a call of the command line came to. */
export interface CliRun {
  readonly status: number | null;
  readonly out: string;
  readonly errors: string;
}

/** How a call is made, beside its arguments. */
export interface CliSetting {
  readonly input?: string | Uint8Array;
  readonly env?: Record<string, string>;
}

/** A folder of a person's own, in which the real command line is called as a program. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "hauberk-cli-"));

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  run(args: readonly string[], setting: CliSetting = {}): CliRun {
    const env = { ...plainEnvironment(), ...setting.env };
    const result = spawnSync(process.execPath, [main, ...args], {
      cwd: this.folder,
      env,
      input: setting.input ?? "",
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status: result.status, out: result.stdout.toString(), errors: result.stderr.toString() };
  }

  /** Runs with `--json` and gives the rows of the answer beside the exit status. */
  rows(args: readonly string[], setting: CliSetting = {}): { status: number | null; rows: unknown[]; errors: string } {
    const { status, out, errors } = this.run([...args, "--json"], setting);
    const answer: unknown = JSON.parse(out);
    if (typeof answer !== "object" || answer === null || !("format" in answer) || !("results" in answer)) {
      throw new Error(`not an answer: ${out}`);
    }
    if (answer.format !== 1 || !Array.isArray(answer.results)) throw new Error(`not an answer: ${out}`);
    return { status, rows: answer.results, errors };
  }

  /** Runs a pipeline of the shell in which `hauberk` is the command line. */
  shell(script: string): CliRun {
    const call = `hauberk() { "${process.execPath}" "${main}" "$@"; }\n${script}`;
    const result = spawnSync("bash", ["-c", call], {
      cwd: this.folder,
      env: plainEnvironment(),
      encoding: "utf8",
      timeout: 60_000,
    });
    return { status: result.status, out: result.stdout, errors: result.stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Ours, without what npm and terminals add. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { INIT_CWD: _, FORCE_COLOR: __, ...rest } = process.env;
  return { ...rest, NO_COLOR: "1", NODE_COMPILE_CACHE: compiled };
}

/** A whole and right profile. */
export const goodProfile =
  "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile rustnet /usr/bin/rustnet {\n" +
  "  include <abstractions/base>\n  capability net_raw,\n  network packet raw,\n  include if exists <local/rustnet>\n}\n";
