import type { ParserVersion } from "./word.ts";

/** A feature ABI that a policy can state: what of it is mediated, whatever the kernel could do. */
export interface FeatureAbi {
  /** As in `abi <…>,`. */
  readonly path: string;
  readonly since: ParserVersion;
  /** What it holds of the kinds that came and went. */
  readonly mediates: readonly string[];
  readonly leavesOut: readonly string[];
}

/** The feature ABIs that come with the parsers. A rule of a kind that the ABI leaves out is not enforced. */
export const featureAbis: readonly FeatureAbi[] = [
  {
    path: "abi/3.0",
    since: "3.0.8",
    mediates: [
      "file",
      "capability",
      "network by family and type",
      "unix",
      "signal",
      "ptrace",
      "mount",
      "dbus",
      "rlimit",
    ],
    leavesOut: ["userns", "io_uring", "mqueue", "network by address"],
  },
  {
    path: "abi/4.0",
    since: "4.1.0",
    mediates: [
      "file",
      "capability",
      "network by family and type",
      "unix",
      "signal",
      "ptrace",
      "mount",
      "dbus",
      "rlimit",
      "userns",
      "mqueue",
    ],
    leavesOut: ["io_uring", "network by address"],
  },
  {
    path: "abi/5.0",
    since: "5.0.2",
    mediates: [
      "file",
      "capability",
      "network by family and type",
      "unix with addresses",
      "signal",
      "ptrace",
      "mount",
      "dbus",
      "rlimit",
      "userns",
      "mqueue",
      "io_uring",
    ],
    leavesOut: ["network by address, until a kernel offers it"],
  },
];
