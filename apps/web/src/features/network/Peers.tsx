import type { DesignFile, PeerWish } from "@hauberk/core/design";
import { addPeer, changePeer, type PeerDraft, removePeer } from "@hauberk/core/edit";
import { useState } from "react";

import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { type Editing, useEdit } from "../../panel/use-edit.ts";
import { configPath, designStore, useConfig } from "../../store/index.ts";
import { Badge, Banner, Button, IconButton, WithCode } from "../../ui/index.ts";
import type { NetworkView } from "./network-model.ts";
import styles from "./NetworkPanel.module.css";
import { PeerForm } from "./PeerForm.tsx";
import { type CoarseOffer, coarseOffers, wishWords } from "./peer-words.ts";

interface PeersProps {
  readonly profileName: string;
  readonly network: NetworkView;
  /** Ticks the cell of an offer. */
  readonly onAllow: (offer: CoarseOffer) => void;
}

/** `hauberk.json` as it is now. */
function configFile(): DesignFile | null {
  const text = designStore.getState().texts.get(configPath);
  return text === undefined ? null : { path: configPath, text };
}

/** Makes a change of `hauberk.json`, or says why not. */
function withConfig(editing: Editing, change: (file: DesignFile) => ReturnType<typeof addPeer>): boolean {
  const file = configFile();
  if (file === null) {
    editing.refuse("peers", "The design has no `hauberk.json` to keep peers in.");
    return false;
  }
  return editing.perform("peers", change(file));
}

const directionWords = { connect: "connects to", listen: "listens on", both: "connects to and listens on" } as const;

/** Peers that the program shall speak with: wishes, kept beside the profile, each with what AppArmor can do for it. */
export function Peers({ profileName, network, onAllow }: PeersProps) {
  const config = useConfig();
  const editing = useEdit();
  const [editId, setEditId] = useState<string | null>(null);
  const peers =
    config !== null && config.ok ? config.config.peers.filter(({ profile }) => profile === profileName) : [];
  const save = (draft: Omit<PeerDraft, "profile">, id: string | null) => {
    const wish = { ...draft, profile: profileName };
    const done = withConfig(editing, (file) => (id === null ? addPeer(file, wish) : changePeer(file, id, wish)));
    if (done) setEditId(null);
  };
  return (
    <section className={panel.section} aria-label="Peers">
      <div className={panel.heading}>
        <h3>Peers</h3>
        <span className={panel.count}>{peers.length}</span>
        <span className={styles.grow} />
        {editId !== "new" && (
          <Button size="s" icon="add" onClick={() => setEditId("new")}>
            Add a peer
          </Button>
        )}
      </div>
      <p className={styles.hint}>
        Whom the program shall speak with. Kept as wishes in <code>hauberk.json</code>: no Debian kernel lets AppArmor
        hold a program to an address or a port, so a wish changes no rule by itself.
      </p>
      {config !== null && !config.ok && (
        <Banner tone="bad" title="hauberk.json can't be read">
          <p>{config.errors[0]?.message ?? "Mend it to see and change the peers."}</p>
        </Banner>
      )}
      <RefusalNote reason={editing.refusedAt("peers")} onDismiss={editing.forget} />
      {editId === "new" && (
        <PeerForm initial={null} onSave={(draft) => save(draft, null)} onCancel={() => setEditId(null)} />
      )}
      {peers.length > 0 && (
        <div className={styles.peerFrame}>
          <table className={styles.peers}>
            <thead>
              <tr>
                <th scope="col">Wish</th>
                <th scope="col">Address</th>
                <th scope="col">Port</th>
                <th scope="col">Note</th>
                <th scope="col">
                  <span className="visually-hidden">Change</span>
                </th>
              </tr>
            </thead>
            {peers.map((peer) =>
              editId === peer.id ? (
                <tbody key={peer.id}>
                  <tr>
                    <td colSpan={5}>
                      <PeerForm
                        initial={peer}
                        onSave={(draft) => save(draft, peer.id)}
                        onCancel={() => setEditId(null)}
                      />
                    </td>
                  </tr>
                </tbody>
              ) : (
                <PeerRow
                  key={peer.id}
                  peer={peer}
                  network={network}
                  onAllow={onAllow}
                  onEdit={() => setEditId(peer.id)}
                  onRemove={() => withConfig(editing, (file) => removePeer(file, peer.id))}
                />
              ),
            )}
          </table>
        </div>
      )}
    </section>
  );
}

interface PeerRowProps {
  readonly peer: PeerWish;
  readonly network: NetworkView;
  readonly onAllow: (offer: CoarseOffer) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function PeerRow({ peer, network, onAllow, onEdit, onRemove }: PeerRowProps) {
  const name = `${peer.address}${peer.port === null ? "" : ` port ${peer.port}`}`;
  return (
    <tbody>
      <tr className={styles.peer}>
        <td>
          {directionWords[peer.direction]}
          <span className={styles.protocol}>{peer.protocol.toUpperCase()}</span>
        </td>
        <th scope="row">
          <code>{peer.address}</code>
        </th>
        <td>{peer.port === null ? <span className={styles.hint}>any</span> : <code>{peer.port}</code>}</td>
        <td className={styles.peerNote}>{peer.note}</td>
        <td className={styles.peerButtons}>
          <IconButton label={`Edit the peer ${name}`} icon="edit" size="s" onClick={onEdit} />
          <IconButton label={`Remove the peer ${name}`} icon="trash" size="s" onClick={onRemove} />
        </td>
      </tr>
      <tr className={styles.peerWords}>
        <td colSpan={5}>
          <p>
            <WithCode text={wishWords(peer)} />
          </p>
          <ul className={styles.offers}>
            {coarseOffers(peer).map((offer) => (
              <Offer key={offer.domain} offer={offer} network={network} onAllow={onAllow} />
            ))}
          </ul>
        </td>
      </tr>
    </tbody>
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
