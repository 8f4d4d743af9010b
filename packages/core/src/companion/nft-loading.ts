import type { ServiceSettings } from "../design/index.ts";
import type { CompanionFile } from "./companion.ts";
import { commentText } from "./companion-names.ts";
import { nameSets, type NftTable } from "./nft-table.ts";

/** Where the tables and what belongs to them lie. */
const folder = "etc/hauberk/nftables";

/** The path of a table's file, without the leading `/`. */
export function nftPath(stem: string): string {
  return `${folder}/${stem}.nft`;
}

/**
 * What loads a table when it is needed. A control group is known to the kernel by its number, and each start of a service
 * makes a new one: so the service itself loads the table, before its program starts. A table by user is loaded at boot.
 */
export function nftLoading(table: NftTable, service: ServiceSettings, stem: string): CompanionFile[] {
  const names = nameSets(table.matches).length > 0;
  return [
    ...(service.unit === undefined
      ? table.owner.kind === "user"
        ? [bootUnit(table, stem, names)]
        : []
      : [loadingDropIn(table, service.unit, stem, names)]),
    ...(names ? nameFiles(table, stem) : []),
  ];
}

function loadingDropIn({ profile, table }: NftTable, unit: string, stem: string, names: boolean): CompanionFile {
  const lines = [
    `# Made by Hauberk for the profile ${commentText(profile)}: loads the table ${table} before each start.`,
    "# Where it can't be loaded, the service does not start. The + has it done by root, outside of the profile.",
    "[Unit]",
    "After=nftables.service",
    "",
    "[Service]",
    `ExecStartPre=+/usr/sbin/nft -f /${nftPath(stem)}`,
    ...(names ? [`ExecStartPre=-+/bin/sh /${folder}/${stem}-names.sh`] : []),
  ];
  return {
    kind: "nftables",
    path: `etc/systemd/system/${unit}.d/51-hauberk-nftables.conf`,
    text: `${lines.join("\n")}\n`,
    about: "A drop-in: the service loads the table before its program starts, and does not start without it.",
  };
}

function bootUnit({ profile, table }: NftTable, stem: string, names: boolean): CompanionFile {
  const lines = [
    `# Made by Hauberk for the profile ${commentText(profile)}: loads the table ${table} when the machine starts.`,
    "[Unit]",
    `Description=Network peers of ${stem}, held by nftables`,
    "DefaultDependencies=no",
    "After=local-fs.target nftables.service",
    "Before=network-pre.target shutdown.target",
    "Wants=network-pre.target",
    "Conflicts=shutdown.target",
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    `ExecStart=/usr/sbin/nft -f /${nftPath(stem)}`,
    `ExecReload=/usr/sbin/nft -f /${nftPath(stem)}`,
    ...(names ? ["# The names themselves are looked up by the timer beside this unit, when there is a network."] : []),
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ];
  return {
    kind: "nftables",
    path: `etc/systemd/system/hauberk-nftables-${stem}.service`,
    text: `${lines.join("\n")}\n`,
    about: `A unit that loads the table at boot: \`systemctl enable --now hauberk-nftables-${stem}.service\`.`,
  };
}

/** nft itself looks a name up once, when it loads, and takes none with several addresses: so a timer fills sets. */
function nameFiles(of: NftTable, stem: string): CompanionFile[] {
  const unit = `hauberk-names-${stem}`;
  const script = `/${folder}/${stem}-names.sh`;
  return [
    {
      kind: "nftables",
      path: `${folder}/${stem}-names.sh`,
      text: namesScript(of),
      about: "Looks the host names up and puts their addresses into the table; each stays for an hour.",
    },
    {
      kind: "nftables",
      path: `etc/systemd/system/${unit}.service`,
      text: `[Unit]\nDescription=Addresses of the peers of ${stem}\n\n[Service]\nType=oneshot\nExecStart=/bin/sh ${script}\n`,
      about: "Runs the script once; its timer starts it.",
    },
    {
      kind: "nftables",
      path: `etc/systemd/system/${unit}.timer`,
      text: `[Unit]\nDescription=Looks up the peers of ${stem} again\n\n[Timer]\nOnBootSec=30\nOnUnitActiveSec=5min\n\n[Install]\nWantedBy=timers.target\n`,
      about: `Every five minutes: \`systemctl enable --now ${unit}.timer\`.`,
    },
  ];
}

function namesScript({ profile, table, matches }: NftTable): string {
  const calls = nameSets(matches).map(({ name, v4, v6 }) => `look_up '${name}' ${v4} ${v6}`);
  return `${String.raw`#!/bin/sh
# Made by Hauberk for the profile ${commentText(profile)}: the addresses that its peers' names have now.
# Exit status: 0 all found, 1 a name has no address or the table is not loaded.
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin
table=${table}
status=0

# An address that is there already is taken out and put in again, in one step, so that its hour begins anew.
look_up() {
  found=$(getent ahosts "$1" | awk '{ print $1 }' | sort -u)
  [ -n "$found" ] || {
    echo "$table: $1 has no address now" >&2
    status=1
  }
  for address in $found; do
    case $address in
      *[!0-9a-f.:]*) continue ;;
      *:*) set=$3 ;;
      *) set=$2 ;;
    esac
    for verb in add delete add; do
      echo "$verb element inet $table $set { $address }"
    done | nft -f - || status=1
  done
}
`}
${calls.join("\n")}
exit "$status"
`;
}
