import type { PeerWish } from "@hauberk/core/design";
import type { PeerDraft } from "@hauberk/core/edit";
import { useState } from "react";

import { Button, Select, TextField } from "../../ui/index.ts";
import styles from "./NetworkPanel.module.css";
import { wishProblems } from "./peer-words.ts";

interface PeerFormProps {
  readonly initial: PeerWish | null;
  readonly onSave: (draft: Omit<PeerDraft, "profile">) => void;
  readonly onCancel: () => void;
}

const directions = [
  { value: "connect", label: "connects to" },
  { value: "listen", label: "listens on" },
  { value: "both", label: "both" },
] as const;
const protocols = [
  { value: "tcp", label: "TCP" },
  { value: "udp", label: "UDP" },
] as const;

/** What was typed as a port: a number, a range as text, or null for any. */
function portOf(text: string): number | string | null {
  const plain = text.trim();
  if (plain === "") return null;
  return /^\d+$/.test(plain) ? Number(plain) : plain;
}

/** A wish to write or to change. Problems are told once it is sent. */
export function PeerForm({ initial, onSave, onCancel }: PeerFormProps) {
  const [direction, setDirection] = useState<PeerWish["direction"]>(initial?.direction ?? "connect");
  const [protocol, setProtocol] = useState<PeerWish["protocol"]>(initial?.protocol ?? "tcp");
  const [address, setAddress] = useState(initial?.address ?? "");
  const [port, setPort] = useState(initial?.port === null || initial === null ? "" : String(initial.port));
  const [note, setNote] = useState(initial?.note ?? "");
  const [sent, setSent] = useState(false);
  const problems = wishProblems({ address, port });
  const save = () => {
    setSent(true);
    if (problems.address !== undefined || problems.port !== undefined) return;
    const said = note.trim() === "" ? (initial?.note === undefined ? {} : { note: undefined }) : { note: note.trim() };
    onSave({ direction, protocol, address: address.trim(), port: portOf(port), ...said });
  };
  return (
    <form
      className={styles.peerForm}
      aria-label={initial === null ? "New peer" : `Peer ${initial.address}`}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Select label="Direction" value={direction} options={directions} onChange={setDirection} size="s" />
      <Select label="Protocol" value={protocol} options={protocols} onChange={setProtocol} size="s" />
      <div className={styles.addressField}>
        <TextField
          label="Address, range or name"
          mono
          size="s"
          autoFocus
          value={address}
          onChange={setAddress}
          placeholder="127.0.0.53"
          error={sent ? (problems.address ?? null) : null}
        />
      </div>
      <div className={styles.portField}>
        <TextField
          label="Port"
          mono
          size="s"
          value={port}
          onChange={setPort}
          placeholder="any"
          error={sent ? (problems.port ?? null) : null}
        />
      </div>
      <div className={styles.noteField}>
        <TextField label="Note" size="s" value={note} onChange={setNote} placeholder="What it is for" />
      </div>
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
