import { apparmorHold, type Hold } from "@hauberk/core/companion";
import type { PeerWish } from "@hauberk/core/design";

import { useTargetParsers } from "../../panel/rule-form/use-target-parsers.ts";

/** A target as the table of peers shows it: a column. */
export interface PeerColumn {
  readonly label: string;
  /** What AppArmor can hold of a peer there. */
  readonly hold: (wish: PeerWish) => Hold;
}

/** The design's targets, each with what its AppArmor can hold of a peer: by its parser, on a kernel without addresses. */
export function usePeerColumns(): readonly PeerColumn[] {
  return useTargetParsers().map(({ label, parser }) => ({
    label: label.replace(/ \(.*\)$/, ""),
    hold: (wish) => apparmorHold(wish, { parser, mediatesAddresses: false }),
  }));
}
