import type { Workspace } from "@hauberk/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import {
  accountsKey,
  createWorkspace,
  workspaceDesignsQuery,
  workspacesQuery,
} from "../../api-client/accounts/index.ts";
import { failureWords } from "../../api-client/saved/index.ts";
import { useWorkbench } from "../../store/index.ts";
import { Banner, Button, Dialog, Select, TextField } from "../../ui/index.ts";
import { Members } from "./Members.tsx";
import styles from "./Workspaces.module.css";

/** The workspaces of the account: the designs and members of one, and a new one. */
export function WorkspacesDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const workspaces = useQuery(workspacesQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const all = workspaces.data ?? [];
  const shown = all.find(({ id }) => id === chosen) ?? all[0];
  return (
    <Dialog
      open
      onClose={close}
      width={680}
      title="Workspaces"
      description="A workspace owns designs. Its members open them with their accounts, each by their role."
      footer={<Button onClick={close}>Done</Button>}
    >
      {workspaces.error !== null && (
        <Banner tone="bad" title="The workspaces can’t be listed">
          {failureWords(workspaces.error)}
        </Banner>
      )}
      {shown !== undefined && (
        <>
          <Select
            label="Workspace"
            value={shown.id}
            options={all.map(({ id, name, role }) => ({
              value: id,
              label: name,
              hint: role === "admin" ? "You administer it." : "You are a member.",
            }))}
            onChange={setChosen}
          />
          <Designs workspace={shown} />
          <Members key={shown.id} workspace={shown} />
        </>
      )}
      <NewWorkspace onMade={setChosen} />
    </Dialog>
  );
}

function Designs({ workspace }: { readonly workspace: Workspace }) {
  const { data = [], isSuccess } = useQuery(workspaceDesignsQuery(workspace.id));
  return (
    <section aria-labelledby="workspace-designs">
      <h3 id="workspace-designs">Designs</h3>
      {isSuccess && data.length === 0 && (
        <p className={styles.soft}>None yet: choose the workspace where you save a design for the first time.</p>
      )}
      <ul className={styles.rows} hidden={data.length === 0}>
        {data.map(({ id, name, changed }) => (
          <li key={id}>
            <a href={`/review/${id}`}>{name}</a>{" "}
            <span className={styles.soft}>
              changed {new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(Date.parse(changed))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewWorkspace({ onMade }: { readonly onMade: (workspace: string) => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    setFailure(null);
    try {
      const { id } = await createWorkspace(name.trim());
      await queries.invalidateQueries({ queryKey: accountsKey });
      setName("");
      onMade(id);
    } catch (error) {
      setFailure(failureWords(error));
    }
  };
  return (
    <form className={styles.form} aria-label="New workspace" onSubmit={(event) => void make(event)}>
      <TextField label="New workspace" value={name} onChange={setName} placeholder="Packagers" />
      <Button type="submit" icon="add" disabled={name.trim() === ""}>
        Make a workspace
      </Button>
      {failure !== null && (
        <Banner tone="bad" live>
          {failure}
        </Banner>
      )}
    </form>
  );
}
