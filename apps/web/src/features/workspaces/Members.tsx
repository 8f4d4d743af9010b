import {
  type DesignRole,
  designRoles,
  type Member,
  type Workspace,
  type WorkspaceRole,
  workspaceRoles,
} from "@hauberk/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { accountsKey, membersQuery, removeMember, setMember } from "../../api-client/accounts/index.ts";
import { failureWords } from "../../api-client/saved/index.ts";
import { Banner, Button, Select, TextField } from "../../ui/index.ts";
import styles from "./Workspaces.module.css";

const roleOptions = workspaceRoles.map((value) => ({
  value,
  label: value === "admin" ? "administers" : "member",
  hint: value === "admin" ? "Lets others in, and takes them out." : "Opens the workspace’s designs.",
}));

const designWords: Readonly<Record<DesignRole, string>> = {
  viewer: "reads designs",
  commenter: "comments",
  approver: "approves",
  editor: "edits",
  owner: "owns designs",
};

const designOptions = designRoles.map((value) => ({ value, label: designWords[value] }));

/** The members of a workspace; whoever administers it changes them here. */
export function Members({ workspace }: { readonly workspace: Workspace }) {
  const queries = useQueryClient();
  const { data = [], error } = useQuery(membersQuery(workspace.id));
  const [failure, setFailure] = useState<string | null>(null);
  const admin = workspace.role === "admin";
  const act = async (deed: () => Promise<void>): Promise<boolean> => {
    setFailure(null);
    try {
      await deed();
      await queries.invalidateQueries({ queryKey: accountsKey });
      return true;
    } catch (thrown) {
      setFailure(failureWords(thrown));
      return false;
    }
  };
  return (
    <section aria-labelledby="workspace-members">
      <h3 id="workspace-members">Members</h3>
      <ul className={styles.rows} aria-label="Members">
        {data.map((member) =>
          admin ? (
            <MemberRow
              key={member.email}
              member={member}
              onChange={(role, designs) => void act(() => setMember(workspace.id, member.email, { role, designs }))}
              onRemove={() => void act(() => removeMember(workspace.id, member.email))}
            />
          ) : (
            <li key={member.email}>
              <Who member={member} />{" "}
              <span className={styles.soft}>
                {member.role === "admin" && "administers, "}
                {designWords[member.designs]}
              </span>
            </li>
          ),
        )}
      </ul>
      {(failure ?? error) !== null && (
        <Banner tone="bad" live>
          {failure ?? failureWords(error)}
        </Banner>
      )}
      {admin && (
        <NewMember onAdd={(email, designs) => act(() => setMember(workspace.id, email, { role: "member", designs }))} />
      )}
    </section>
  );
}

function Who({ member: { email, name } }: { readonly member: Member }) {
  return (
    <span className={styles.who}>
      {name ?? email}
      {name !== null && name !== email && <span className={styles.soft}> {email}</span>}
      {name === null && <span className={styles.soft}> has not signed in yet</span>}
    </span>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly onChange: (role: WorkspaceRole, designs: DesignRole) => void;
  readonly onRemove: () => void;
}

function MemberRow({ member, onChange, onRemove }: MemberRowProps) {
  const { email, role, designs } = member;
  return (
    <li className={styles.member}>
      <Who member={member} />
      <Select
        hideLabel
        size="s"
        label={`Role of ${email}`}
        value={role}
        options={roleOptions}
        onChange={(next) => onChange(next, designs)}
      />
      <Select
        hideLabel
        size="s"
        label={`What ${email} does with designs`}
        value={designs}
        options={designOptions}
        onChange={(next) => onChange(role, next)}
      />
      <Button size="s" variant="danger" aria-label={`Remove ${email}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}

function NewMember({ onAdd }: { readonly onAdd: (email: string, designs: DesignRole) => Promise<boolean> }) {
  const [email, setEmail] = useState("");
  const [designs, setDesigns] = useState<DesignRole>("commenter");
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await onAdd(email.trim(), designs)) setEmail("");
  };
  return (
    <form className={styles.form} aria-label="New member" onSubmit={(event) => void add(event)}>
      <TextField
        label="E-mail address"
        value={email}
        onChange={setEmail}
        placeholder="grace@example.org"
        hint="As the accounts have it. Nobody is written to."
      />
      <Select label="With designs" value={designs} options={designOptions} onChange={setDesigns} />
      <Button type="submit" icon="add" disabled={!/^[^\s@]+@[^\s@]+$/.test(email.trim())}>
        Let them in
      </Button>
    </form>
  );
}
