import { resolveApproximateTarget } from "./approximate-target.ts";
import { resolveBorrowedTarget } from "./borrowed-target.ts";
import { resolveHostTarget, type HostPlaces } from "./host-target.ts";
import { loadCatalogue, type CatalogueEntry } from "./target-data.ts";
import { resolveToolchainTarget } from "./toolchain-target.ts";
import type { ResolvedTarget } from "./usable-target.ts";

/** Where the catalogue finds its targets. */
export interface CataloguePlaces {
  /** The folder of the data files. */
  readonly targets: string;
  /** Where toolchains lie. */
  readonly cache: string;
  readonly host: HostPlaces;
}

/** The targets that are known here: this machine, and one for each data file. */
export class Catalogue {
  readonly #places: CataloguePlaces;
  #entries: Promise<CatalogueEntry[]> | undefined;

  constructor(places: CataloguePlaces) {
    this.#places = places;
  }

  /** All of them as they stand now, `host` first, the others sorted by id. */
  async resolveAll(): Promise<ResolvedTarget[]> {
    const entries = await this.#loaded();
    return Promise.all([this.#host(), ...entries.map((entry) => this.#resolveEntry(entry))]);
  }

  /** One by its id as it stands now; one that nobody knows is unusable, with the names of those that there are. */
  async resolve(id: string): Promise<ResolvedTarget> {
    if (id === "host") return this.#host();
    const entries = await this.#loaded();
    const found = entries.find((entry) => entry.data.id === id);
    if (found) return this.#resolveEntry(found);
    const known = ["host", ...entries.map((entry) => entry.data.id)].map((name) => `\`${name}\``).join(", ");
    const why = `it is not in the catalogue; there are ${known}`;
    const about = { id, label: `\`${id}\``, kind: "release", parserVersion: null, kernelVersion: null } as const;
    return { usable: false, target: { ...about, reason: "unknown_target", why } };
  }

  #resolveEntry(entry: CatalogueEntry): Promise<ResolvedTarget> {
    const { cache } = this.#places;
    switch (entry.form) {
      case "release":
        return resolveToolchainTarget(entry.own, cache);
      case "borrowed":
        return resolveBorrowedTarget(entry, cache);
      case "approximation":
        return resolveApproximateTarget(entry, cache);
    }
  }

  #host(): Promise<ResolvedTarget> {
    return resolveHostTarget(this.#places.cache, this.#places.host);
  }

  /** The data files are part of this program, read once. */
  #loaded(): Promise<CatalogueEntry[]> {
    this.#entries ??= loadCatalogue(this.#places.targets);
    return this.#entries;
  }
}
