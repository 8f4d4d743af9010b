import { useQuery } from "@tanstack/react-query";
import { workspacesQuery } from "../../api-client/accounts/index.ts";
import { Select } from "../../ui/index.ts";

interface WorkspaceFieldProps {
  /** Null: nobody's workspace. */
  readonly value: string | null;
  readonly onChange: (workspace: string | null) => void;
}

/** To which workspace a new design shall belong. Nothing where the account is a member of none. */
export function WorkspaceField({ value, onChange }: WorkspaceFieldProps) {
  const workspaces = useQuery(workspacesQuery).data ?? [];
  if (workspaces.length === 0) return null;
  return (
    <Select
      label="Workspace"
      value={value ?? ""}
      options={[
        { value: "", label: "None", hint: "The owner’s key and links open it, nothing else." },
        ...workspaces.map(({ id, name }) => ({
          value: id,
          label: name,
          hint: "Its members open it too, each by their role.",
        })),
      ]}
      onChange={(workspace) => onChange(workspace === "" ? null : workspace)}
    />
  );
}
