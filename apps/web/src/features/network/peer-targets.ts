import { apparmorHold, type Hold } from "@hauberk/core/companion";
import type { PeerWish } from "@hauberk/core/design";

import { useTargetParsers } from "../../panel/rule-form/use-target-parsers.ts";
import { shortLabel } from "../../panel/standing-words.ts";

/** A target as the table of peers shows it: a column. */
export interface PeerColumn {
  readonly id: string;
  readonly label: string;
  /** What AppArmor can hold of a peer there. */
  readonly hold: (wish: PeerWish) => Hold;
}

/** The design's targets, each with what its AppArmor can hold of a peer: by its parser, and by what its kernel mediates. */
export function usePeerColumns(): readonly PeerColumn[] {
  return useTargetParsers().map(({ id, label, parser, addresses }) => ({
    id,
    label: shortLabel(label),
    hold: (wish) => apparmorHold(wish, { parser, mediatesAddresses: addresses }),
  }));
}
