import { type Companion, companionsOf, type PeerReport, serviceOf } from "@hauberk/core/companion";
import type { ServiceSettings } from "@hauberk/core/design";
import { useMemo } from "react";

import { useConfig, useFileViews } from "../../store/index.ts";

function useCompanions() {
  const reading = useConfig();
  const views = useFileViews();
  return useMemo(() => (reading?.ok === true ? companionsOf(reading.config, views) : null), [reading, views]);
}

/** What becomes of each peer of a profile, in the order of `hauberk.json`. */
export function usePeerReports(profile: string): readonly PeerReport[] {
  const all = useCompanions();
  const reading = useConfig();
  return useMemo(() => {
    if (all === null || reading?.ok !== true) return [];
    const reports = [...all.companions.flatMap(({ peers }) => peers), ...all.unserved];
    return reading.config.peers.flatMap(({ id, profile: of }) =>
      of === profile ? reports.filter(({ wish }) => wish.id === id) : [],
    );
  }, [all, reading, profile]);
}

/** The companion that holds a profile's peers, and whose service it is; null where nobody has said. */
export function useCompanion(profile: string): Companion | null {
  const all = useCompanions();
  const service: ServiceSettings | undefined = serviceOf(all?.companions.map((each) => each.service) ?? [], profile);
  return all?.companions.find((each) => each.service === service) ?? null;
}
