import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = join(process.env["XDG_CACHE_HOME"] ?? join(process.env["HOME"] ?? "/root", ".cache"), "hauberk");

/** Where the packaged profiles of Debian 12 lie, unpacked and never installed. */
export const packagedProfiles = join(cache, "corpus/debian-12/etc/apparmor.d");

/** The kernel features that Debian 12's parser is judged with. */
const features = fileURLToPath(new URL("../toolchains/features/6.1", import.meta.url));

/** A downloaded archive, unpacked by the system's own tools into a folder of its own. */
export class UnpackedBundle {
  /** The folder inside the archive that holds all. */
  readonly folder: string;
  readonly #work: string;

  private constructor(work: string, folder: string) {
    this.#work = work;
    this.folder = folder;
  }

  /** Unpacks with tar or unzip. */
  static unpack(archive: string, format: "tar.gz" | "zip"): UnpackedBundle {
    const work = mkdtempSync(join(tmpdir(), "hauberk-bundle-"));
    if (format === "zip") execFileSync("unzip", ["-q", archive, "-d", work]);
    else execFileSync("tar", ["-xzf", archive, "-C", work]);
    const [only] = readdirSync(work);
    if (only === undefined) throw new Error("the archive is empty");
    return new UnpackedBundle(work, join(work, only));
  }

  /**
   * Lays the files of `targets/debian-12` into a copy of Debian 12's own root and has its real parser compile the
   * profile with that release's kernel features, outside of Hauberk's own code. Throws with the parser's words.
   */
  compileOnDebian12(profile: string): Buffer {
    const root = join(this.#work, "root");
    cpSync(join(cache, "toolchains/debian-12/root"), root, { recursive: true, verbatimSymlinks: true });
    cpSync(join(this.folder, "targets/debian-12"), root, { recursive: true });
    cpSync(features, join(root, "features"));
    return execFileSync(
      "bwrap",
      [
        ["--ro-bind", root, "/", "--unshare-all", "--uid", "65534", "--gid", "65534", "--die-with-parent", "--"],
        ["/usr/sbin/apparmor_parser", "-S", "-K", "-T", "--kernel-features=/features", `/etc/apparmor.d/${profile}`],
      ].flat(),
      { maxBuffer: 64 * 1024 * 1024 },
    );
  }

  /** Takes everything away again. */
  remove(): void {
    rmSync(this.#work, { recursive: true, force: true });
  }
}
