import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { targetsQuery } from "../../api-client/index.ts";
import { useConfig } from "../../store/index.ts";
import type { TargetParser } from "./parser-notes.ts";

const standardTargets: readonly string[] = ["debian-12"];

/** The targets of the design with their parsers and kernels, as far as the service has told. */
export function useTargetParsers(): readonly TargetParser[] {
  const config = useConfig();
  const { data } = useQuery(targetsQuery());
  const named = config?.ok === true ? config.config.targets : standardTargets;
  return useMemo(
    () =>
      named.map((id) => {
        const status = data?.find((target) => target.id === id);
        // What was measured is of releases' own kernels: of another one nothing is known by its number.
        const kernel = status?.kind === "release" ? status.kernel : null;
        return { label: status?.label ?? id, parser: status?.parser ?? null, kernel };
      }),
    [named, data],
  );
}
