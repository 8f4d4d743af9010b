import type { Probe, ProbeFeatures } from "@hauberk/core/standing";
import { featuresInRoot } from "../toolchain/obtain.ts";

/** A probe in a file: the name that it has there, and its lines, 1-based, both included. */
export interface PlacedProbe {
  readonly probe: Probe;
  readonly name: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** A file of probes with one preamble. */
export interface ProbeFile {
  /** The name of the file, which is also what it is installed as. */
  readonly name: string;
  readonly text: string;
  readonly probes: readonly PlacedProbe[];
}

/** Plain probes that share a file at most. */
const mostTogether = 200;

const profilePrefix = "hauberk_probe_";

/** Names of our profiles, which no person wrote and none should read. */
export const profileNames = new RegExp(`${profilePrefix}\\d+`, "g");

/** What asks for all features of the kernel, in place of an abi line of a text. */
const kernelAbi = `abi "${featuresInRoot}",`;

/** Whether a probe under the kernel's features may be run among others: only an abi line is before it, and it is replaced. */
export function mayAskForKernel({ features, preamble }: Probe): boolean {
  return features === "kernel" && /^(?:abi\s[^\n,]*,)?$/u.test(preamble);
}

/** Lays probes into files and names their profiles; no name is used twice. */
export class ProbeFiler {
  readonly #features: ProbeFeatures;
  #files = 0;
  #profiles = 0;

  /** `features`: what the run of the files goes by. Probes that go by the kernel's in a run that does not ask for them by a line. */
  constructor(features: ProbeFeatures) {
    this.#features = features;
  }

  /** Plain probes of one preamble share files; each other one has its own, for it may be refused and spoil the rest. */
  file(probes: readonly Probe[]): ProbeFile[] {
    const plain = Map.groupBy(
      probes.filter((probe) => probe.plain),
      (probe) => this.#preamble(probe),
    );
    const shared = [...plain.values()].flatMap((alike) =>
      Array.from({ length: Math.ceil(alike.length / mostTogether) }, (_, index) =>
        this.together(alike.slice(index * mostTogether, (index + 1) * mostTogether)),
      ),
    );
    return [...shared, ...probes.filter((probe) => !probe.plain).map((probe) => this.together([probe]))];
  }

  /** One file of probes that have one preamble. */
  together(probes: readonly Probe[]): ProbeFile {
    const [first] = probes;
    const preamble = first === undefined ? "" : this.#preamble(first);
    const parts = preamble === "" ? [] : [preamble];
    let line = preamble === "" ? 1 : 1 + linesOf(preamble);
    const placed = probes.map((probe): PlacedProbe => {
      const name = `${profilePrefix}${String(this.#profiles++).padStart(6, "0")}`;
      const head = probe.head === "" ? name : `${name} ${probe.head}`;
      const text = `profile ${head} {\n  ${probe.body}\n}`;
      const firstLine = line;
      line += linesOf(text);
      parts.push(text);
      return { probe, name, firstLine, lastLine: line - 1 };
    });
    const name = `hauberk-standing-${String(this.#files++).padStart(6, "0")}`;
    return { name, text: `${parts.join("\n")}\n`, probes: placed };
  }

  #preamble({ features, preamble }: Probe): string {
    return features === this.#features ? preamble : kernelAbi;
  }
}

function linesOf(text: string): number {
  return text.split("\n").length;
}
