import type { PeerRuleValue } from "@hauberk/core/rules";

import { Toggle } from "../../ui/index.ts";
import { plainWords } from "../sentence.ts";
import { permissionWords } from "./peer-fields.ts";
import styles from "./rule-form.module.css";
import { withTick } from "./value-list.ts";

interface PermissionTicksProps {
  readonly value: PeerRuleValue;
  /** The rule's text, for who can't see which row the ticks are in. */
  readonly of: string;
  readonly onChange: (to: PeerRuleValue) => void;
}

/** The permissions of a rule as ticks in its row: each press is one edit. The last one can't be unticked, for none means all. */
export function PermissionTicks({ value, of, onChange }: PermissionTicksProps) {
  const words = permissionWords(value.kind, value.permissions);
  const all = value.permissions.length === 0;
  return (
    <div className={styles.inlineTicks} role="group" aria-label={`Permissions of ${of}`}>
      {words.map((word) => {
        const on = value.permissions.includes(word.name);
        const last = on && value.permissions.length === 1;
        return (
          <Toggle
            key={word.name}
            mono
            label={`${word.name}: ${plainWords(word.sentence)}`}
            pressed={on || all}
            disabled={last}
            onChange={() => {
              const before = all ? words.map(({ name }) => name) : value.permissions;
              onChange({ ...value, permissions: withTick(before, word, !(on || all)) });
            }}
          >
            {word.name}
          </Toggle>
        );
      })}
    </div>
  );
}
