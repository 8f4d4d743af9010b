import { Banner, IconButton, WithCode } from "../ui/index.ts";
import { sentence } from "./sentence.ts";

/** Why a wish could not be fulfilled, at the place where it was made; nothing while there is no refusal. */
export function RefusalNote({ reason, onDismiss }: { readonly reason: string | null; readonly onDismiss: () => void }) {
  if (reason === null) return null;
  return (
    <Banner tone="warn" live actions={<IconButton label="Dismiss" icon="close" size="s" onClick={onDismiss} />}>
      <p>
        <WithCode text={sentence(reason)} />
      </p>
    </Banner>
  );
}
