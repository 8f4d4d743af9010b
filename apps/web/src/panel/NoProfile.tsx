import { configPath, useDesign } from "../store/index.ts";
import { EmptyState } from "../ui/index.ts";

/** What a panel shows where the chosen file holds no profile. */
export function NoProfile({ what }: { readonly what: string }) {
  const isConfig = useDesign((state) => state.activePath === configPath);
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
  return (
    <EmptyState title="No profile in this file">
      <p>
        {what} belong to a profile. Choose a file that holds one at the left, or write{" "}
        <code style={{ whiteSpace: "nowrap" }}>profile name {"{ }"}</code> into the text.
      </p>
    </EmptyState>
  );
}
