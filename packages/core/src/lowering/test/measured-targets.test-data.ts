import { readFileSync } from "node:fs";
import type { LoweringTarget } from "../target.ts";

/** The features that tests need of each abi: what Debian's abi files name of the kinds that came and went, in our own words. */
const sockets = "network {af_unix {yes\n}\n}\nnetwork_v8 {af_mask {inet\n}\n}\n";
const older = `dbus {mask {send\n}\n}\nmount {mask {mount\n}\n}\nptrace {mask {read\n}\n}\nsignal {mask {hup\n}\n}\n${sockets}`;
const userns = "ipc {posix_mqueue {open\n}\n}\nnamespaces {mask {userns_create\n}\n}\n";
const newer = "io_uring {mask {sqpoll\n}\n}\nnetwork_v8 {af_inet {yes\n}\n}\nnetwork_v9 {af_unix {yes\n}\n}\n";

const abis: Readonly<Record<string, string>> = {
  "abi/3.0": older,
  "abi/4.0": older + userns,
  "abi/5.0": older.replace("network_v8", "network_v7") + userns + newer,
  "abi/kernel-5.4-vanilla": "signal {mask {hup\n}\n}\n",
};

const tunables = {
  "tunables/global":
    "@{HOMEDIRS} = /home/\n@{HOME} = @{HOMEDIRS}/*/ /root/\n@{PROC} = /proc/\n@{run} = /run/ /var/run/\n",
  "abstractions/base": "/etc/ld.so.cache mr,\nunix (send, receive) peer=(label=unconfined),\n",
  "abstractions/nameservice": "network inet stream,\nnetwork inet dgram,\nnetwork inet6 dgram,\n",
};

function targetOf(
  id: string,
  parserVersion: string,
  kernelVersion: string,
  shipped: readonly string[],
): LoweringTarget {
  const features = readFileSync(
    new URL(`../../../../../toolchains/features/${kernelVersion}`, import.meta.url),
    "utf8",
  );
  const files = new Map(Object.entries(tunables));
  for (const path of shipped) files.set(path, abis[path] ?? "");
  return { id, parserVersion, kernelVersion, features, policy: { target: id, files } };
}

/** The three measured pairs of parser and kernel, each with a small policy tree of our own. */
export const measuredTargets: readonly LoweringTarget[] = [
  targetOf("debian-12", "3.0.8", "6.1", ["abi/3.0", "abi/kernel-5.4-vanilla"]),
  targetOf("debian-13", "4.1.0", "6.12", ["abi/3.0", "abi/4.0", "abi/kernel-5.4-vanilla"]),
  targetOf("debian-sid", "5.0.2", "7.2", ["abi/3.0", "abi/4.0", "abi/5.0", "abi/kernel-5.4-vanilla"]),
];
