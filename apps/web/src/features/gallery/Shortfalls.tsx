import type { PeerWish } from "@hauberk/core/design";
import type { Shortfall } from "@hauberk/core/gallery";
import { WithCode } from "../../ui/index.ts";
import styles from "./Shortfalls.module.css";

interface ShortfallsProps {
  readonly shortfalls: readonly Shortfall[];
  /** The peers of the design as it is now; those of a wish are named beside it. */
  readonly peers: readonly PeerWish[];
}

/** What AppArmor can't do for a design, why, and what can. */
export function Shortfalls({ shortfalls, peers }: ShortfallsProps) {
  return (
    <ul className={styles.list}>
      {shortfalls.map(({ wish, why, instead, peers: ids }) => {
        const kept = peers.filter(({ id }) => ids.includes(id));
        return (
          <li key={wish} className={styles.item}>
            <h3 className={styles.wish}>
              <WithCode text={wish} />
            </h3>
            <p>
              <WithCode text={why} />
            </p>
            <p>
              <span className={styles.lead}>Instead: </span>
              <WithCode text={instead} />
            </p>
            {kept.length > 0 && (
              <p className={styles.peers}>
                Kept as a wish: <WithCode text={kept.map(peerWords).join(", ")} />
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** `listen tcp 8080, any`. */
function peerWords({ direction, protocol, port, address }: PeerWish): string {
  const way = direction === "both" ? "to and from" : direction === "listen" ? "from" : "to";
  return `\`${protocol}${port === null ? "" : ` ${port}`} ${way} ${address}\``;
}
