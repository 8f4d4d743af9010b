import type { PeerWish } from "@hauberk/core/design";
import type { PeerDraft } from "@hauberk/core/edit";
import { type PeerProtocolName, peerProtocolNamed, peerProtocols } from "@hauberk/core/vocabulary";
import { useState } from "react";

import { Button, Select, TextField } from "../../ui/index.ts";
import { peerProblems, portOf } from "./peer-words.ts";
import styles from "./Peers.module.css";

/** What stands in the fields. */
export interface PeerFields {
  readonly direction: PeerWish["direction"];
  readonly protocol: PeerProtocolName;
  readonly address: string;
  readonly port: string;
  readonly interfaceName: string;
  readonly note: string;
}

/** The fields for a wish that there is, or for a new one. */
export function peerFields(wish: PeerWish | null): PeerFields {
  return {
    direction: wish?.direction ?? "connect",
    protocol: wish?.protocol ?? "tcp",
    address: wish?.address ?? "",
    port: String(wish?.port ?? ""),
    interfaceName: wish?.interface ?? "",
    note: wish?.note ?? "",
  };
}

interface PeerFormProps {
  readonly initial: PeerWish | null;
  readonly fields: PeerFields;
  readonly onChange: (part: Partial<PeerFields>) => void;
  /** It was opened by the person just now: the address takes the keys. */
  readonly autoFocus: boolean;
  readonly onSave: (draft: Omit<PeerDraft, "profile">) => void;
  readonly onCancel: () => void;
}

const directions = [
  { value: "connect", label: "connects to", hint: "The program begins" },
  { value: "listen", label: "listens on", hint: "The others begin" },
  { value: "both", label: "both", hint: "Either side begins" },
] as const;

const addressHints = {
  connect: "Whom it reaches: 10.0.0.7, 10.0.0.0/24, db.example, or a word.",
  listen: "Who may come: 10.0.0.7, 10.0.0.0/24, a host name, or a word.",
  both: "The other side: 10.0.0.7, 10.0.0.0/24, a host name, or a word.",
} as const;

const portLabels = { connect: "Their port", listen: "Own port", both: "Port on both sides" } as const;

const words = ["any", "loopback", "localnet", "link-local", "multicast"];

/** A wish to write or to change. Problems are told once it is sent. */
export function PeerForm({ initial, fields, onChange, autoFocus, onSave, onCancel }: PeerFormProps) {
  const { direction, protocol, address, port, interfaceName, note } = fields;
  const [sent, setSent] = useState(false);
  const { hasPorts } = peerProtocolNamed(protocol);
  const problems = peerProblems({ protocol, address, port: hasPorts ? port : "", interfaceName });
  const save = () => {
    setSent(true);
    if (Object.keys(problems).length > 0) return;
    const by = interfaceName.trim();
    onSave({
      direction,
      protocol,
      address: address.trim(),
      port: hasPorts ? portOf(port) : null,
      interface: by === "" ? undefined : by,
      note: note.trim() === "" ? undefined : note.trim(),
    });
  };
  const told = (problem: string | undefined) => (sent ? (problem ?? null) : null);
  return (
    <form
      className={styles.form}
      aria-label={initial === null ? "New peer" : `Peer ${initial.address}`}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Select
        label="Direction"
        value={direction}
        options={directions}
        onChange={(next) => onChange({ direction: next })}
        size="s"
      />
      <Select
        label="Protocol"
        value={protocol}
        options={peerProtocols.map(({ name, label }) => ({ value: name, label }))}
        onChange={(next) => onChange({ protocol: next })}
        size="s"
      />
      <div className={styles.addressField}>
        <TextField
          label="Address, range or name"
          mono
          size="s"
          autoFocus={autoFocus}
          value={address}
          onChange={(text) => onChange({ address: text })}
          placeholder="127.0.0.53"
          suggestions={words}
          hint={addressHints[direction]}
          error={told(problems.address)}
        />
      </div>
      {hasPorts && (
        <div className={styles.portField}>
          <TextField
            label={portLabels[direction]}
            mono
            size="s"
            value={port}
            onChange={(text) => onChange({ port: text })}
            placeholder="any"
            error={told(problems.port)}
          />
        </div>
      )}
      <div className={styles.portField}>
        <TextField
          label="Interface"
          mono
          size="s"
          value={interfaceName}
          onChange={(text) => onChange({ interfaceName: text })}
          placeholder="any"
          error={told(problems.interfaceName)}
        />
      </div>
      <div className={styles.noteField}>
        <TextField
          label="Note"
          size="s"
          value={note}
          onChange={(text) => onChange({ note: text })}
          placeholder="What it is for"
        />
      </div>
      <p className={styles.formWords}>
        <code>loopback</code> is this machine, <code>localnet</code> the private networks (10.0.0.0/8, 172.16.0.0/12,
        192.168.0.0/16, fc00::/7). A host name is looked up when the companion is loaded, and every five minutes.
      </p>
      <div className={styles.formButtons}>
        <Button size="s" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary">
          {initial === null ? "Add" : "Save"}
        </Button>
      </div>
    </form>
  );
}
