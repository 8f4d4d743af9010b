import { EmptyState } from "../ui/index.ts";

/** What a panel shows where the chosen file holds no profile. */
export function NoProfile({ what }: { readonly what: string }) {
  return (
    <EmptyState title="No profile in this file">
      <p>
        {what} belong to a profile. Choose a file that holds one at the left, or write <code>profile name {"{ }"}</code>{" "}
        into the text.
      </p>
    </EmptyState>
  );
}
