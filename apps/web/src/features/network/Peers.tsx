import type { PeerWish } from "@hauberk/core/design";
import { addPeer, changePeer, type PeerDraft, removePeer } from "@hauberk/core/edit";
import { type ReactNode, useState } from "react";

import { keptState } from "../../panel/kept-state.ts";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { useConfig } from "../../store/index.ts";
import { Banner, Button } from "../../ui/index.ts";
import { changeConfig } from "./config-edits.ts";
import { CompanionSection } from "./CompanionSection.tsx";
import type { NetworkView } from "./network-model.ts";
import { type PeerColumn, usePeerColumns } from "./peer-targets.ts";
import { type PeerFields, peerFields, PeerForm } from "./PeerForm.tsx";
import { PeerRow } from "./PeerRow.tsx";
import type { CoarseOffer } from "./peer-words.ts";
import styles from "./Peers.module.css";
import { usePeerReports } from "./use-companion.ts";

/** The form that is open: of a wish by its id, or of a new one. */
interface OpenPeer {
  readonly id: string | null;
  readonly fields: PeerFields;
}

const useOpenPeer = keptState<OpenPeer | null>(null);

interface PeersProps {
  readonly profileName: string;
  readonly network: NetworkView;
  /** Ticks the cell of an offer. */
  readonly onAllow: (offer: CoarseOffer) => void;
}

/** Peers that the program shall speak with: wishes, kept beside the profile, each with who holds it. */
export function Peers({ profileName, network, onAllow }: PeersProps) {
  const config = useConfig();
  const editing = useEdit();
  const columns = usePeerColumns();
  const reports = usePeerReports(profileName);
  const [open, change] = useOpenPeer("peers");
  // A form that comes back with the panel leaves the keys where they are.
  const [opened, setOpened] = useState(false);
  const begin = (wish: PeerWish | null) => {
    setOpened(true);
    change(() => ({ id: wish?.id ?? null, fields: peerFields(wish) }));
  };
  const close = () => change(() => null);
  const save = (draft: Omit<PeerDraft, "profile">, id: string | null) => {
    const wish = { ...draft, profile: profileName };
    const done = changeConfig(editing, "peers", (file) =>
      id === null ? addPeer(file, wish) : changePeer(file, id, wish),
    );
    if (done) close();
  };
  const form = (wish: PeerWish | null, { fields }: OpenPeer) => (
    <PeerForm
      initial={wish}
      fields={fields}
      onChange={(part) =>
        change((before) => (before === null ? null : { ...before, fields: { ...before.fields, ...part } }))
      }
      autoFocus={opened}
      onSave={(draft) => save(draft, wish?.id ?? null)}
      onCancel={close}
    />
  );
  return (
    <>
      <section className={panel.section} aria-label="Peers">
        <div className={panel.heading}>
          <h3>Peers</h3>
          <span className={panel.count}>{reports.length}</span>
          <span className={styles.grow} />
          {open?.id !== null && (
            <Button size="s" icon="add" onClick={() => begin(null)}>
              Add a peer
            </Button>
          )}
        </div>
        <p className={styles.hint}>
          Whom the program shall speak with. Kept as wishes in <code>hauberk.json</code>: no Debian kernel lets AppArmor
          hold a program to an address or a port, so a wish changes no rule by itself. The companion below holds it.
        </p>
        {config !== null && !config.ok && (
          <Banner tone="bad" title="hauberk.json can't be read">
            <p>{config.errors[0]?.message ?? "Mend it to see and change the peers."}</p>
          </Banner>
        )}
        <RefusalNote reason={editing.refusedAt("peers")} onDismiss={editing.forget} />
        {open !== null && open.id === null && form(null, open)}
        {reports.length > 0 && (
          <PeerTable columns={columns}>
            {reports.map((report) =>
              open?.id === report.wish.id ? (
                <tbody key={report.wish.id}>
                  <tr>
                    <td colSpan={columns.length + 4}>
                      <div className={styles.inSight}>{form(report.wish, open)}</div>
                    </td>
                  </tr>
                </tbody>
              ) : (
                <PeerRow
                  key={report.wish.id}
                  report={report}
                  columns={columns}
                  network={network}
                  onAllow={onAllow}
                  onEdit={() => begin(report.wish)}
                  onRemove={() => changeConfig(editing, "peers", (file) => removePeer(file, report.wish.id))}
                />
              ),
            )}
          </PeerTable>
        )}
      </section>
      <CompanionSection profileName={profileName} hasPeers={reports.length > 0} />
    </>
  );
}

function PeerTable({ columns, children }: { readonly columns: readonly PeerColumn[]; readonly children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Peers and who holds them">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Peer
            </th>
            {columns.length > 0 && (
              <th scope="colgroup" colSpan={columns.length}>
                AppArmor
              </th>
            )}
            <th scope="colgroup" colSpan={2}>
              Companion
            </th>
            <th scope="col" rowSpan={2}>
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
          <tr>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">systemd</th>
            <th scope="col">nftables</th>
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}
