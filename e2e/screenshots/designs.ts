/** The texts that the pictures show: profiles as people have them, whole and broken. */

/** A finished profile for rustnet with a note of each kind. */
export const rustnet = `abi <abi/3.0>,

include <tunables/global>

# Where rustnet keeps its logs.
@{RUSTNET_LOG_DIR} = /var/log/rustnet

profile rustnet /usr/bin/rustnet flags=(complain) {
  include <abstractions/base>
  include <abstractions/nameservice>

  # Packets are read from the wire.
  capability net_raw,
  capability bpf,
  capability perfmon,

  network packet raw,
  network packet dgram,
  network netlink raw,

  /usr/bin/rustnet mr,
  /usr/bin/wl-copy ix,
  @{PROC}/ r,
  @{PROC}/[0-9]*/** r,
  /usr/share/rustnet-monitor/services r,
  /usr/share/GeoIP/** r,
  /usr/local/share/GeoIP/** r,
  /var/lib/GeoIP/** r,
  owner @{HOME}/.config/rustnet/config.yml r,
  owner @{HOME}/.local/share/rustnet/geoip/** r,
  @{RUSTNET_LOG_DIR}/ rw,
  @{RUSTNET_LOG_DIR}/** rwk,
  deny @{HOME}/.ssh/** mrwkl,

  include if exists <local/usr.bin.rustnet>
}
`;

/** What stands beside it: the peers as wishes. */
export const rustnetConfig = `${JSON.stringify(
  {
    format: 1,
    name: "rustnet",
    targets: ["debian-12"],
    peers: [
      {
        id: "resolver",
        profile: "rustnet",
        direction: "connect",
        protocol: "udp",
        address: "127.0.0.53",
        port: 53,
        note: "The names of captured addresses",
      },
      { id: "metrics", profile: "rustnet", direction: "listen", protocol: "tcp", address: "::1", port: "9100-9110" },
      {
        id: "geoip",
        profile: "rustnet",
        direction: "connect",
        protocol: "tcp",
        address: "updates.example.org",
        port: 443,
        interface: "eth0",
      },
    ],
    services: [{ profile: "rustnet", unit: "rustnet.service", companions: ["systemd", "nftables"] }],
  },
  null,
  2,
)}\n`;

/** The same wishes as an issue asks for them, impossible as written. */
export const naiveRustnet = `include <tunables/global>

profile rustnet /usr/bin/rustnet {
  include <abstractions/base>
  include <abstractions/nameservice>

  capability net_raw,

  network inet dgram peer=(addr=127.0.0.53),
  deny network,

  ./config.yml r,
  ./logs/ rw,
  ./logs/rustnet_*.log rw,
  owner @{HOME}/** rwk,
  /tmp/** rw,
  /usr/bin/wl-copy Px,
}
`;

/** A comma is missing on line 8. */
export const broken = `abi <abi/3.0>,

include <tunables/global>

profile broken /usr/bin/broken {
  include <abstractions/base>

  /etc/hosts r
  /etc/passwd r,

  include if exists <local/usr.bin.broken>
}
`;

/** A profile without any rule. */
export const empty = `abi <abi/3.0>,

profile empty /usr/bin/empty {
}
`;

const manyPaths = Array.from({ length: 300 }, (_, index) => {
  const folder = ["/usr/share/app", "/var/lib/app", "owner @{HOME}/.cache/app", "/etc/app"][index % 4] ?? "/srv";
  return `  ${folder}/part-${String(index + 1).padStart(3, "0")}/** ${["r", "rw", "rwk", "mr"][index % 4] ?? "r"},`;
}).join("\n");

/** Three hundred file rules. */
export const many = `abi <abi/3.0>,

include <tunables/global>

profile many /usr/bin/many {
  include <abstractions/base>

${manyPaths}

  include if exists <local/usr.bin.many>
}
`;

const longWord = "a-very-long-name-that-somebody-chose-because-a-tool-made-it";

/** Names, paths and values longer than any column. */
export const long = `abi <abi/3.0>,

include <tunables/global>

@{${longWord.replaceAll("-", "_").toUpperCase()}} = /srv/${longWord}/${longWord} /opt/${longWord}

profile ${longWord} /opt/${longWord}/${longWord}/bin/${longWord} flags=(complain,attach_disconnected,mediate_deleted) {
  include <abstractions/base>

  capability dac_read_search,

  /opt/${longWord}/${longWord}/lib/{plugins,modules,extensions}/[a-z0-9]*/${longWord}.so{,.[0-9]*} mr,
  owner @{HOME}/.local/share/${longWord}/${longWord}/${longWord}/**/index-[0-9a-f][0-9a-f].sqlite{,-journal,-wal} rwk,
  /opt/${longWord}/bin/helper Px -> ${longWord}//${longWord},

  include if exists <local/opt.${longWord}>
}
`;

/** The ends of its lines differ. */
export const mixedLineEnds = rustnet
  .split("\n")
  .reduce((text, line, at) => `${text}${at % 3 === 1 ? "\r\n" : "\n"}${line}`);

/** Lines for the dialog that takes many at once: good ones, one to be mended, one that is no path. */
export const manyLines = `/etc/app/*.conf r
owner @{HOME}/.config/app/** rw
/usr/share/app/**
/var/log/app/*.log a
./relative/path r
deny /etc/shadow r
/usr/bin/app-helper ix
/srv/app/** rwq
`;
