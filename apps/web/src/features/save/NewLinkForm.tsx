import { type LinkRole, linkRoles, type NewLinkBody } from "@hauberk/contract";
import { type SubmitEvent, useState } from "react";
import { Button, Checkbox, Select, TextField } from "../../ui/index.ts";
import { roleWords } from "./role-words.ts";
import styles from "./Save.module.css";

/** What a new link shall be. */
export type NewLinkWish = NewLinkBody;

const lives = [
  { value: "never", label: "Until revoked", days: null },
  { value: "day", label: "A day", days: 1 },
  { value: "week", label: "A week", days: 7 },
  { value: "month", label: "30 days", days: 30 },
] as const;

type Life = (typeof lives)[number]["value"];

const millisecondsOfDay = 86_400_000;

interface NewLinkFormProps {
  /** The design belongs to a workspace, so a link can be for its members alone. */
  readonly withMembers: boolean;
  readonly onCreate: (wish: NewLinkWish) => Promise<boolean>;
}

/** Asks for whom a link is, what it lets do, for how long, and whether a passphrase goes with it. */
export function NewLinkForm({ withMembers, onCreate }: NewLinkFormProps) {
  const [role, setRole] = useState<LinkRole>("commenter");
  const [label, setLabel] = useState("");
  const [life, setLife] = useState<Life>("never");
  const [passphrase, setPassphrase] = useState("");
  const [membersOnly, setMembersOnly] = useState(false);
  const [busy, setBusy] = useState(false);
  const short = passphrase !== "" && passphrase.length < 8;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || label.trim() === "" || short) return;
    setBusy(true);
    const days = lives.find(({ value }) => value === life)?.days ?? null;
    // The next one may be typed while this one is made.
    setLabel("");
    setPassphrase("");
    const made = await onCreate({
      role,
      label: label.trim().slice(0, 80),
      expires: days === null ? null : new Date(Date.now() + days * millisecondsOfDay).toISOString(),
      passphrase: passphrase === "" ? null : passphrase,
      membersOnly: withMembers && membersOnly,
    });
    setBusy(false);
    if (made) return;
    setLabel(label);
    setPassphrase(passphrase);
  };

  return (
    <form className={styles.form} aria-label="New link" onSubmit={(event) => void submit(event)}>
      <TextField
        label="For whom"
        value={label}
        onChange={setLabel}
        placeholder="Grace, security team"
        hint="Only you see it."
      />
      <Select
        label="May"
        value={role}
        options={linkRoles.map((value) => ({ value, label: roleWords[value].does, hint: roleWords[value].hint }))}
        onChange={setRole}
      />
      <Select
        label="Lives"
        value={life}
        options={lives.map(({ value, label: words }) => ({ value, label: words }))}
        onChange={setLife}
      />
      <TextField
        label="Passphrase, if wanted"
        value={passphrase}
        onChange={setPassphrase}
        error={short ? "A passphrase has at least 8 characters." : null}
        hint="Tell it by another way than the link."
      />
      {withMembers && (
        <div className={styles.wide}>
          <Checkbox
            label="Members only"
            checked={membersOnly}
            onChange={setMembersOnly}
            hint="Only who is signed in and a member of the design’s workspace gets in by it."
          />
        </div>
      )}
      <div className={styles.wide}>
        <Button type="submit" variant="primary" icon="link" disabled={busy || label.trim() === "" || short}>
          Make a link
        </Button>
      </div>
    </form>
  );
}
