import { gzipSync, strToU8 } from "fflate";
import { packTar } from "modern-tar";
import { makeElf } from "./made-elf.test-data.ts";

/** A file, folder or link of a package made for a test. */
export interface MadeFile {
  readonly path: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
  /** Makes it a symbolic link. */
  readonly target?: string;
}

/** A package made for a test. */
export interface MadePackage {
  readonly name?: string;
  readonly version?: string;
  readonly summary?: string;
  readonly files: readonly MadeFile[];
  /** Maintainer scripts and conffiles by their names. */
  readonly control?: Readonly<Record<string, string>>;
  /** How the archives in it are packed; gzip by default. */
  readonly pack?: (bytes: Uint8Array) => Uint8Array;
  /** What stands behind `.tar` in the names of the members. */
  readonly ending?: string;
}

/** The bytes of a `.deb`, written without any program of Debian. */
export async function makePackage(made: MadePackage): Promise<Uint8Array> {
  const { name = "larder", version = "1.2-3", summary = "keeps what is brought", control = {} } = made;
  const pack = made.pack ?? ((bytes: Uint8Array) => gzipSync(bytes, { mtime: 0 }));
  const fields = `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\nDescription: ${summary}\n more of it\n`;
  const controlFiles = Object.entries({ control: fields, ...control }).map(([path, content]) => ({ path, content }));
  const ending = made.ending ?? ".gz";
  return writeAr([
    ["debian-binary", strToU8("2.0\n")],
    [`control.tar${ending}`, pack(await writeTar(controlFiles))],
    [`data.tar${ending}`, pack(await writeTar(made.files))],
  ]);
}

/** A `tar` archive with names as they are given, however odd. */
export function writeTar(files: readonly MadeFile[]): Promise<Uint8Array> {
  return packTar(
    files.map(({ path, content, mode, target }) => {
      const common = { mtime: new Date(0), uname: "root", gname: "root" };
      if (target !== undefined) {
        return { header: { ...common, name: path, type: "symlink" as const, size: 0, linkname: target } };
      }
      if (path.endsWith("/")) {
        return { header: { ...common, name: path, type: "directory" as const, size: 0, mode: mode ?? 0o755 } };
      }
      const body = typeof content === "string" ? strToU8(content) : (content ?? new Uint8Array());
      return { header: { ...common, name: path, type: "file" as const, size: body.length, mode: mode ?? 0o644 }, body };
    }),
  );
}

/** An `ar` archive. */
export function writeAr(members: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const parts: Uint8Array[] = [strToU8("!<arch>\n")];
  for (const [name, bytes] of members) {
    const head = `${name.padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}`;
    parts.push(strToU8(`${head}${String(bytes.length).padEnd(10)}\`\n`), bytes);
    if (bytes.length % 2 === 1) parts.push(strToU8("\n"));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A small daemon as a package would ship it: unit, program, client, settings, log rotation, user. */
export const larder: MadePackage = {
  files: [
    { path: "./usr/sbin/" },
    {
      path: "./usr/sbin/larderd",
      mode: 0o755,
      content: makeElf({
        needed: ["libssl.so.3", "libsystemd.so.0", "libc.so.6"],
        imports: ["socket", "bind", "getaddrinfo", "getpwnam", "setuid", "setgid", "chown", "sd_notify", "popen"],
        texts: ["/etc/larder/larder.conf", "/dev/shelf%d", "/var/cache/pantry/index", "/run/larder/control.sock"],
      }),
    },
    { path: "./usr/bin/larderctl", mode: 0o755, content: makeElf({ imports: ["socket", "connect"] }) },
    {
      path: "./usr/libexec/larder/tidy",
      mode: 0o755,
      content: "#!/bin/sh\n# tidies up\nfind /var/lib/larder -name '*.old' | xargs rm\n/usr/bin/larderctl reload\n",
    },
    {
      path: "./lib/systemd/system/larder.service",
      content: `[Unit]
Description=Larder

[Service]
Type=notify
ExecStart=/usr/sbin/larderd --config \\
  /etc/larder/larder.conf $OPTIONS
EnvironmentFile=-/etc/default/larder
PIDFile=/run/larder/larderd.pid
RuntimeDirectory=larder
StateDirectory=larder
PrivateTmp=yes
LimitNOFILE=4096
CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_CHOWN CAP_NET_BIND_SERVICE
DeviceAllow=char-rtc r

[Install]
WantedBy=multi-user.target
`,
    },
    { path: "./etc/larder/" },
    {
      path: "./etc/larder/larder.conf",
      content: "# where things are kept\nstore /var/lib/larder/store\nlogfile /var/log/larder/larder.log\n",
    },
    { path: "./etc/default/larder", content: 'OPTIONS="-u larder"\n' },
    { path: "./etc/logrotate.d/larder", content: "/var/log/larder/*.log {\n  weekly\n}\n" },
    { path: "./usr/share/larder/recipes.txt", content: "soup\n" },
    { path: "./usr/share/doc/larder/copyright", content: "free\n" },
  ],
  control: {
    conffiles: "/etc/larder/larder.conf\n/etc/default/larder\n",
    postinst:
      '#!/bin/sh\nset -e\nif [ "$1" = configure ]; then\n  adduser --system --group --home /var/lib/larder larder\n' +
      "  mkdir -p /var/log/larder\n  chown larder:larder /var/log/larder\nfi\n",
  },
};
