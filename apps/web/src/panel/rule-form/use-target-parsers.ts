import { mediatesAddresses } from "@hauberk/core/lowering";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { targetsQuery } from "../../api-client/index.ts";
import { useConfig } from "../../store/index.ts";
import type { TargetParser } from "./parser-notes.ts";

const standardTargets: readonly string[] = ["debian-12"];

/** A target of the design, with what forms and tables must know of it. */
interface DesignTarget extends TargetParser {
  readonly id: string;
  /** Its kernel can tell a peer's address from another; null while nobody has said. */
  readonly addresses: boolean | null;
}

/** The targets of the design with their parsers and kernels, as far as the service has told. */
export function useTargetParsers(): readonly DesignTarget[] {
  const config = useConfig();
  const { data } = useQuery(targetsQuery());
  const named = config?.ok === true ? config.config.targets : standardTargets;
  return useMemo(
    () =>
      named.map((id) => {
        const status = data?.find((target) => target.id === id);
        // What was measured is of releases' own kernels: of another one nothing is known by its number.
        const kernel = status?.kind === "release" ? status.kernel : null;
        const features = status?.features ?? null;
        return {
          id,
          label: status?.label ?? id,
          parser: status?.parser ?? null,
          kernel,
          addresses: features === null ? null : mediatesAddresses(features),
        };
      }),
    [named, data],
  );
}
