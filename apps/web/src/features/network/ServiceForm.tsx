import { type CompanionKind, companionKinds, type ServiceSettings } from "@hauberk/core/design";

import { Button, Checkbox, TextField } from "../../ui/index.ts";
import styles from "./Peers.module.css";

/** What stands in the fields. */
export interface ServiceFields {
  readonly unit: string;
  readonly user: string;
  readonly cgroup: string;
  readonly kinds: readonly CompanionKind[];
}

/** The fields for what is said of a service already, or for nothing. */
export function serviceFields(settings: ServiceSettings | null): ServiceFields {
  return {
    unit: settings?.unit ?? "",
    user: settings?.user ?? "",
    cgroup: settings?.cgroup ?? "",
    kinds: settings?.companions ?? companionKinds,
  };
}

interface ServiceFormProps {
  readonly profile: string;
  readonly fields: ServiceFields;
  readonly onChange: (part: Partial<ServiceFields>) => void;
  /** It was opened by the person just now: the unit takes the keys. */
  readonly autoFocus: boolean;
  readonly onSave: (service: ServiceSettings) => void;
  readonly onCancel: () => void;
}

const kindLabels: Readonly<Record<CompanionKind, string>> = {
  systemd: "Drop-in of systemd",
  nftables: "Table of nftables",
};

/** Which service runs under a profile, and which kinds of companion shall be made for it. */
export function ServiceForm({ profile, fields, onChange, autoFocus, onSave, onCancel }: ServiceFormProps) {
  const { unit, user, cgroup, kinds } = fields;
  return (
    <form
      className={styles.form}
      aria-label="Service"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({
          profile,
          unit: said(unit),
          user: said(user),
          cgroup: said(cgroup),
          companions: companionKinds.filter((kind) => kinds.includes(kind)),
        });
      }}
    >
      <div className={styles.noteField}>
        <TextField
          label="Unit"
          mono
          size="s"
          autoFocus={autoFocus}
          value={unit}
          onChange={(text) => onChange({ unit: text })}
          placeholder="my-agent.service"
          hint="The surest: its control group tells its packets from all others."
        />
      </div>
      <div className={styles.noteField}>
        <TextField
          label="User"
          mono
          size="s"
          value={user}
          onChange={(text) => onChange({ user: text })}
          placeholder="my-agent"
          hint="Used where no unit is given: holds for all programs of the user."
        />
      </div>
      <div className={styles.noteField}>
        <TextField
          label="Control group"
          mono
          size="s"
          value={cgroup}
          onChange={(text) => onChange({ cgroup: text })}
          placeholder="system.slice/my-agent.service"
          hint="Only where the unit is a template's or has a Slice= of its own."
        />
      </div>
      <div className={styles.kinds} role="group" aria-label="What is made">
        {companionKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={kindLabels[kind]}
            checked={kinds.includes(kind)}
            onChange={(on) => onChange({ kinds: on ? [...kinds, kind] : kinds.filter((each) => each !== kind) })}
          />
        ))}
      </div>
      <div className={styles.formButtons}>
        <Button size="s" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary">
          Save
        </Button>
      </div>
    </form>
  );
}

/** What was typed; undefined for nothing. */
function said(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}
