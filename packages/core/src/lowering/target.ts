import type { PolicyTree } from "../analysis/index.ts";
import type { FileView } from "../design/index.ts";
import { measuredParser, type ParserVersion } from "../vocabulary/index.ts";

/** What lowering must know of a release: facts that the service and the command line get alike. */
export interface LoweringTarget {
  readonly id: string;
  /** The parser's version: `3.0.8`. */
  readonly parserVersion: string;
  /** The kernel whose features count: `6.1`. */
  readonly kernelVersion: string;
  /** The text of the feature file read on that kernel. */
  readonly features: string;
  /** What lies in the target's `/etc/apparmor.d`; `abi/…` among it. */
  readonly policy: PolicyTree;
}

/** The names in a feature file, nested: `network_v9 {af_unix {yes }}` has `af_unix` in `network_v9`. */
export interface Features {
  readonly names: ReadonlyMap<string, Features>;
}

const none: Features = { names: new Map() };

/** Deeper than any feature file is. */
const deepest = 32;

/** Reads a feature file, as the kernel shows it and parsers keep it: words and `{ … }`. Whatever the text is, the answer is a value. */
export function readFeatures(text: string): Features {
  const words = text.match(/[{}]|[^\s{}]+/gu) ?? [];
  let at = 0;
  const read = (depth: number): Features => {
    const names = new Map<string, Features>();
    for (let last = ""; at < words.length; at += 1) {
      const word = words[at] ?? "";
      if (word === "}") break;
      if (word !== "{") {
        names.set(word, none);
        last = word;
      } else if (depth < deepest) {
        at += 1;
        names.set(last, read(depth + 1));
      }
    }
    return { names };
  };
  return read(0);
}

/** True where the path of names is in the features. */
export function hasFeature(features: Features, ...path: readonly string[]): boolean {
  let here: Features | undefined = features;
  for (const name of path) here = here?.names.get(name);
  return here !== undefined;
}

/** The kinds of access that a kernel may mediate or not. */
export type Mediated =
  | "network"
  | "network by address"
  | "network by interface"
  | "unix by address"
  | "dbus"
  | "io_uring"
  | "mount"
  | "mqueue"
  | "ptrace"
  | "signal"
  | "userns";

const places: Readonly<Record<Mediated, readonly (readonly string[])[]>> = {
  network: [["network"], ["network_v8"], ["network_v9"]],
  "network by address": [["network_v8", "af_inet"]],
  "network by interface": [["network_v9_skb", "iface"]],
  "unix by address": [
    ["network", "af_unix"],
    ["network_v9", "af_unix"],
  ],
  dbus: [["dbus"]],
  io_uring: [["io_uring"]],
  mount: [["mount"]],
  mqueue: [["ipc", "posix_mqueue"]],
  ptrace: [["ptrace"]],
  signal: [["signal"]],
  userns: [
    ["namespaces", "mask", "userns_create"],
    ["namespaces", "userns_create"],
  ],
};

/** True where a kernel with these features can tell one address of a peer from another; under an abi that asks for it. */
export function mediatesAddresses(features: string): boolean {
  const read = readFeatures(features);
  return places["network by address"].some((path) => hasFeature(read, ...path));
}

/** Which of two feature sets has a kind: the one place or another. */
function offers(features: Features, kind: Mediated, parser: ParserVersion): boolean {
  return places[kind].some((path) =>
    path[0]?.startsWith("network_v9") && parser !== "5.0.2" ? false : hasFeature(features, ...path),
  );
}

/** What a file's rules come to on a target: what its kernel and the abi that the file states both have. */
export interface Mediation {
  readonly parser: ParserVersion;
  /** The kernel has it, whatever the abi says. */
  readonly kernelHas: (kind: Mediated) => boolean;
  readonly mediates: (kind: Mediated) => boolean;
}

/**
 * What is mediated under an abi of the target; null stands for no abi line, where the parser's own configuration decides: Debian's
 * pins about what its kernel has. Unix sockets are told apart by address only where kernel and abi name them in the same place.
 */
export function mediationOf(target: LoweringTarget, abi: Features | null): Mediation {
  const parser = measuredParser(target.parserVersion);
  const kernel = readFeatures(target.features);
  const both = (kind: Mediated): boolean => {
    if (abi === null) return offers(kernel, kind, parser);
    if (kind === "unix by address") {
      return places[kind].some(
        (path) =>
          hasFeature(kernel, ...path) && hasFeature(abi, ...path) && (path[0] !== "network_v9" || parser === "5.0.2"),
      );
    }
    return offers(kernel, kind, parser) && offers(abi, kind, parser);
  };
  return { parser, kernelHas: (kind) => offers(kernel, kind, parser), mediates: both };
}

/** The text of the abi that a file states, in the target's tree or in the design; undefined where there is none. */
export function abiText(
  target: LoweringTarget,
  abi: NonNullable<FileView["abi"]>,
  design: ReadonlyMap<string, string>,
): string | undefined {
  const path = abi.path.replace(/^\/etc\/apparmor\.d\//u, "");
  return target.policy.files.get(path) ?? design.get(`apparmor.d/${path}`);
}

/** The numbered abis that the target ships (`abi/3.0`), oldest first; those named after a kernel mediate less and are left out. */
export function shippedAbis(target: LoweringTarget): string[] {
  return [...target.policy.files.keys()]
    .filter((path) => /^abi\/\d+\.\d+$/u.test(path))
    .toSorted((a, b) => abiNumber(a) - abiNumber(b));
}

/** `abi/4.0` → 4; not a number for other names. */
export function abiNumber(path: string): number {
  return Number(/^abi\/(\d+(?:\.\d+)?)/u.exec(path)?.[1] ?? Number.NaN);
}
