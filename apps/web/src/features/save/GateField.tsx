import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  changeDesign,
  type DesignAccess,
  designKey,
  savedDesignQuery,
  failureWords,
} from "../../api-client/saved/index.ts";
import { Select } from "../../ui/index.ts";
import styles from "./Save.module.css";

const choices = [0, 1, 2, 3, 4, 5];

/** How many people must approve a revision before a bundle of it is made. */
export function GateField({ access }: { readonly access: DesignAccess }) {
  const queries = useQueryClient();
  const design = useQuery(savedDesignQuery(access));
  const [failure, setFailure] = useState<string | null>(null);
  const required = design.data?.gate.required;
  if (required === undefined) return null;
  const values = choices.includes(required) ? choices : [...choices, required];
  const set = async (approvals: number) => {
    setFailure(null);
    try {
      await changeDesign(access, { approvals });
      await queries.invalidateQueries({ queryKey: designKey(access) });
    } catch (error) {
      setFailure(failureWords(error));
    }
  };
  return (
    <section aria-labelledby="gate-head">
      <h3 id="gate-head" className={styles.head}>
        Gate
      </h3>
      <Select
        label="A bundle needs"
        value={String(required)}
        options={values.map((count) => ({
          value: String(count),
          label: count === 0 ? "No approval" : count === 1 ? "1 approval" : `${count} approvals`,
        }))}
        onChange={(value) => void set(Number(value))}
      />
      <p className={styles.soft}>
        Approvals hold for the very bytes that were read: a new revision with other bytes needs new ones.
      </p>
      {failure !== null && <p role="alert">{failure}</p>}
    </section>
  );
}
