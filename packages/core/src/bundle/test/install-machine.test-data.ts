import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Bundle } from "../bundle-file.ts";

/**
 * Stands in for loading: a kernel made of files, because the tests' kernel may have no AppArmor and must never get
 * policy loaded. Everything else goes to the real parser.
 */
const parserStandIn = `#!/bin/sh
kernel=/sys/kernel/security/apparmor
for file; do :; done
case $1 in
  -r)
    [ ! -e "$kernel/refuse" ] || ! grep -q "$(cat "$kernel/refuse")" "$file" || { echo "no room in the kernel" >&2; exit 1; }
    mode=enforce; ! grep -q complain "$file" || mode=complain
    /usr/sbin/apparmor_parser -N -K "$file" 2>/dev/null >"$kernel/names" || exit 1
    [ ! -e "$kernel/deaf" ] || exit 0
    while IFS= read -r name; do
      grep -Fv "$name (" "$kernel/profiles" >"$kernel/rest"
      { cat "$kernel/rest"; printf '%s (%s)\\n' "$name" "$mode"; } >"$kernel/profiles"
    done <"$kernel/names" ;;
  -R)
    /usr/sbin/apparmor_parser -N -K "$file" 2>/dev/null >"$kernel/names" || exit 1
    while IFS= read -r name; do
      grep -Fv "$name (" "$kernel/profiles" >"$kernel/rest"
      cat "$kernel/rest" >"$kernel/profiles"
    done <"$kernel/names" ;;
  *) exec /usr/sbin/apparmor_parser "$@" ;;
esac
`;

/** What the scripts write into `.remove` takes effect before the list is read, and `sed` is what reads it. */
const sedStandIn = `#!/bin/sh
kernel=/sys/kernel/security/apparmor
if [ -s "$kernel/.remove" ]; then
  /bin/grep -Fv "$(cat "$kernel/.remove") (" "$kernel/profiles" >"$kernel/rest"
  cat "$kernel/rest" >"$kernel/profiles"
  : >"$kernel/.remove"
fi
exec /bin/sed "$@"
`;

const policyFolders = ["abi", "abstractions", "tunables"].map((each) => `/etc/apparmor.d/${each}`);

/** What a script did. */
export interface ScriptRun {
  readonly status: number | null;
  readonly out: string;
  readonly errors: string;
}

/**
 * A machine to install on: a bubblewrap root that sees this machine read-only, with its own `/etc`, `/var/lib` and
 * `/tmp`, and, if wanted, a kernel made of files.
 */
export class TestMachine {
  readonly folder = mkdtempSync(join(tmpdir(), "hauberk-machine-"));

  constructor(system: { readonly osRelease?: string; readonly kernel?: boolean } = {}) {
    const parts = ["/etc/alternatives/awk", "/etc/ld.so.cache", "/etc/apparmor", ...policyFolders].filter(existsSync);
    for (const each of ["etc/apparmor.d/local", "lib", "kernel", "bin", "work"]) {
      mkdirSync(join(this.folder, each), { recursive: true });
    }
    spawnSync("cp", ["-a", "--parents", ...parts, this.folder]);
    this.write("etc/os-release", system.osRelease ?? 'ID=debian\nVERSION_ID="12"\n');
    this.write("enabled", "Y\n");
    for (const name of ["profiles", ".remove"]) this.write(`kernel/${name}`, "");
    this.#kernel = system.kernel ?? false;
    if (this.#kernel) {
      this.write("bin/apparmor_parser", parserStandIn, 0o755);
      this.write("bin/sed", sedStandIn, 0o755);
    }
  }

  readonly #kernel: boolean;

  /** Writes a file of the machine; paths are relative to its folder: `etc/…`, `kernel/profiles`, `work/…`. */
  write(path: string, content: string | Uint8Array, mode = 0o644): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
    chmodSync(join(this.folder, path), mode);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Unpacks a bundle into `work/NAME`, in place of what was there. */
  unpack(bundle: Bundle, as = bundle.name): void {
    rmSync(join(this.folder, "work", as), { recursive: true, force: true });
    for (const file of bundle.files) this.write(`work/${as}/${file.path}`, file.bytes, file.mode);
  }

  /** Every file below `etc/apparmor.d` and `lib` with its content, to compare before and after. */
  snapshot(): string {
    return spawnSync(
      "sh",
      ["-c", "find etc/apparmor.d lib kernel/profiles -type f -exec sha256sum {} + -o -type d -print | sort"],
      {
        cwd: this.folder,
        encoding: "utf8",
      },
    ).stdout;
  }

  /** Runs a command line in the machine, in `/tmp/work`, as its root. */
  run(...command: string[]): ScriptRun {
    return this.runAs(0, ...command);
  }

  /** Runs a command line in the machine, in `/tmp/work`, as the user with the number. */
  runAs(user: number, ...command: string[]): ScriptRun {
    const at = (path: string) => join(this.folder, path);
    const kernel = this.#kernel
      ? ["--dir", "/sys/kernel/security/apparmor", "--bind", at("kernel"), "/sys/kernel/security/apparmor"].concat(
          "--dir",
          "/sys/module/apparmor/parameters",
          "--ro-bind",
          at("enabled"),
          "/sys/module/apparmor/parameters/enabled",
        )
      : [];
    const result = spawnSync(
      "bwrap",
      [
        "--unshare-all",
        "--uid",
        `${user}`,
        "--gid",
        `${user}`,
        "--die-with-parent",
        "--new-session",
        "--ro-bind",
        "/",
        "/",
      ].concat(
        ["--tmpfs", "/sys", ...kernel, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"],
        [
          "--bind",
          at("etc"),
          "/etc",
          "--bind",
          at("lib"),
          "/var/lib",
          "--dir",
          "/tmp/work",
          "--bind",
          at("work"),
          "/tmp/work",
        ],
        [
          "--ro-bind",
          at("bin"),
          "/tmp/bin",
          "--setenv",
          "PATH",
          "/tmp/bin:/usr/bin:/bin",
          "--chdir",
          "/tmp/work",
          "--",
          ...command,
        ],
      ),
      { encoding: "utf8", timeout: 60_000 },
    );
    return { status: result.status, out: result.stdout, errors: result.stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
