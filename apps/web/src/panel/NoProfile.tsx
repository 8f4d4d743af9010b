import { configPath, useActiveFile, useDesign, workbenchStore } from "../store/index.ts";
import { Button, EmptyState } from "../ui/index.ts";
import { isAbstraction, LooseRules } from "./LooseRules.tsx";

/** What a panel shows where the chosen file holds no profile. */
export function NoProfile({ what }: { readonly what: string }) {
  const isConfig = useDesign((state) => state.activePath === configPath);
  const file = useActiveFile();
  if (isConfig) {
    return (
      <EmptyState title="What AppArmor can’t say">
        <p>
          This file keeps the targets, the peers and the notes of the design. {what} belong to a profile: choose one at
          the left.
        </p>
      </EmptyState>
    );
  }
  if (file !== null && isAbstraction(file)) return <LooseRules file={file} />;
  if (file !== null && file.profiles.length === 0 && file.variables.length > 0) {
    return (
      <EmptyState
        title="A file of variables"
        actions={
          <Button icon="includes" onClick={() => workbenchStore.getState().setPanel("includes")}>
            Change its variables
          </Button>
        }
      >
        <p>
          {what} belong to a profile: choose a file that holds one at the left. This one sets variables for profiles.
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No profile in this file">
      <p>
        {what} belong to a profile. Choose a file that holds one at the left, or write{" "}
        <code style={{ whiteSpace: "nowrap" }}>profile name {"{ }"}</code> into the text.
      </p>
    </EmptyState>
  );
}
