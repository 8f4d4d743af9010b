import type { PeerReport } from "@hauberk/core/companion";
import { IconButton, WithCode, Badge, Button, Disclosure } from "../../ui/index.ts";
import { apparmorWords, companionWords, HoldMark } from "./HoldMark.tsx";
import type { NetworkView } from "./network-model.ts";
import type { PeerColumn } from "./peer-targets.ts";
import { type CoarseOffer, coarseOffers, nameOfPeer, socketOf, wayOf } from "./peer-words.ts";
import styles from "./Peers.module.css";

interface PeerRowProps {
  readonly report: PeerReport;
  readonly columns: readonly PeerColumn[];
  readonly network: NetworkView;
  readonly onAllow: (offer: CoarseOffer) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** A peer: who holds it, in marks; and on request what each of them holds, in words. */
export function PeerRow({ report, columns, network, onAllow, onEdit, onRemove }: PeerRowProps) {
  const { wish, holds, unsound, risk } = report;
  const name = nameOfPeer(wish);
  return (
    <tbody className={styles.peer}>
      <tr>
        <th scope="row">
          <span className={styles.way}>{wayOf(wish)}</span> <code>{wish.address}</code>
          <span className={styles.socket}>
            {socketOf(wish)}
            {wish.interface !== undefined && (
              <>
                {" by "}
                <code>{wish.interface}</code>
              </>
            )}
          </span>
        </th>
        {columns.map(({ id, hold }) => (
          <td key={id}>
            <HoldMark hold={hold(wish)} words={apparmorWords} />
          </td>
        ))}
        <td>
          <HoldMark hold={holds.systemd} words={companionWords} />
        </td>
        <td>
          <HoldMark hold={holds.nftables} words={companionWords} />
        </td>
        <td className={styles.buttons}>
          <IconButton label={`Edit the peer ${name}`} icon="edit" size="s" onClick={onEdit} />
          <IconButton label={`Remove the peer ${name}`} icon="trash" size="s" onClick={onRemove} />
        </td>
      </tr>
      <tr>
        <td colSpan={columns.length + 4} className={styles.words}>
          <div className={styles.inSight}>
            {wish.note !== undefined && <p className={styles.note}>{wish.note}</p>}
            {unsound === null ? (
              <p>
                <WithCode text={risk} />
              </p>
            ) : (
              <p className={styles.bad}>
                <WithCode text={`This peer can't be read: ${unsound}.`} />
              </p>
            )}
            {unsound === null && (
              <Disclosure summary="Who holds what">
                <dl className={styles.holders}>
                  {columns.map(({ id, label, hold }) => (
                    <Holder key={id} who={`AppArmor, ${label}`} words={hold(wish).words} />
                  ))}
                  <Holder who="systemd" words={holds.systemd.words} />
                  <Holder who="nftables" words={holds.nftables.words} />
                </dl>
                <Rules report={report} />
                <ul className={styles.offers}>
                  {coarseOffers(wish).map((offer) => (
                    <Offer key={`${offer.domain} ${offer.type}`} offer={offer} network={network} onAllow={onAllow} />
                  ))}
                </ul>
              </Disclosure>
            )}
          </div>
        </td>
      </tr>
    </tbody>
  );
}

function Holder({ who, words }: { readonly who: string; readonly words: string }) {
  return (
    <>
      <dt>{who}</dt>
      <dd>
        <WithCode text={words} />
      </dd>
    </>
  );
}

/** The rules that say the wish, from what every parser reads to what only a kernel that mediates addresses holds. */
function Rules({ report: { apparmor } }: { readonly report: PeerReport }) {
  return (
    <>
      <p className={styles.rulesHead}>Rules for parsers from 4.0, who begins included:</p>
      <pre className={styles.rules}>{apparmor.byOperation.join("\n")}</pre>
      <p className={styles.rulesHead}>
        The nearest rules there are, held only by a kernel that mediates addresses
        {apparmor.unsaid.length > 0 &&
          ` (they can't say ${apparmor.unsaid.map((each) => each.replaceAll("`", "")).join("; ")})`}
        :
      </p>
      <pre className={styles.rules}>{apparmor.fine.join("\n")}</pre>
    </>
  );
}

function Offer({
  offer,
  network,
  onAllow,
}: {
  readonly offer: CoarseOffer;
  readonly network: NetworkView;
  readonly onAllow: (offer: CoarseOffer) => void;
}) {
  const { effective, sources } = network.cell(offer.domain, offer.type);
  const rule = `network ${offer.domain} ${offer.type},`;
  const source = sources.find(({ access }) => access === effective);
  if (effective === "allow") {
    return (
      <li>
        <Badge tone="good">open</Badge>{" "}
        <WithCode text={`\`${rule}\` holds already, by line ${source?.line ?? "?"}. ${offer.opens}`} />
      </li>
    );
  }
  if (effective === "deny") {
    return (
      <li>
        <Badge tone="bad">closed</Badge>{" "}
        <WithCode text={`\`${rule}\` is denied on line ${source?.line ?? "?"}: the wish can't come true.`} />
      </li>
    );
  }
  return (
    <li>
      <Button size="s" onClick={() => onAllow(offer)}>
        <span>
          <WithCode text={offer.title} />
        </span>
      </Button>{" "}
      {offer.opens}
    </li>
  );
}
